// One ticket: what was asked and shown, today's answer beside it, and what the staff make of it.
import { Refused, call, fill, h, notice } from "./dom.js";
import { settleBox } from "./settle.js";
import { endedSession } from "./sign-in.js";
import { chinaDay } from "./times.js";
import { has, say } from "./words.js";

export function drawTicket(place, ticket, { caller, back, settled }) {
  const today = { answer: null };
  const beside = h("div", { class: "jb-ticket-now", "aria-live": "polite" });
  const box = ticket.state === "open" ? settleBox(ticket, { caller, today, settled }) : null;
  const told = () => box && box.renew();
  const again = h("button", { type: "button", class: "jb-quiet jb-again" }, say("askNow"));
  again.addEventListener("click", () => askAgain(ticket, { beside, button: again, today, told }));
  fill(
    place,
    h("button", { type: "button", class: "jb-quiet jb-back", onclick: back }, say("backToQueue")),
    h("p", { class: "jb-soft jb-small" }, [ticket.ticket, ticket.region, ticket.as_of].filter(Boolean).join(" · ")),
    h("h3", { class: "jb-ticket-question" }, ticket.question),
    part("askedBefore", ticket.history && ticket.history.length ? h("ol", { class: "jb-history" }, ticket.history.map((one) => h("li", {}, one))) : null),
    part("theirReason", ticket.reason),
    part("theirExpected", ticket.expected),
    h("div", { class: "jb-ticket-answers" }, part("shownAnswer", ticket.answer || say("noAnswerThen")), h("div", {}, again, beside)),
    box ? box.element : settledLine(ticket),
  );
}

function part(key, content) {
  return content ? h("div", { class: "jb-part" }, h("h4", {}, say(key)), typeof content === "string" ? h("p", { class: "jb-said" }, content) : content) : null;
}

function settledLine(ticket) {
  const how = has(`settle.${ticket.settled_as}`) ? say(`settle.${ticket.settled_as}`) : String(ticket.settled_as);
  const day = ticket.settled_at ? chinaDay(new Date(ticket.settled_at)) : "";
  return h("div", { class: "jb-part" }, h("p", {}, say("settledBy", { how, name: ticket.settled_by || "", day })), ticket.note ? h("p", { class: "jb-said" }, ticket.note) : null);
}

async function askAgain(ticket, { beside, button, today, told }) {
  button.disabled = true;
  fill(beside, notice(say("asking")));
  try {
    today.answer = await call("/api/ask", { method: "POST", body: { question: ticket.question, history: ticket.history || [], region: ticket.region || null } });
    fill(beside, part("answerNow", today.answer.answer), quotes(today.answer.citations));
    told();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!endedSession(error)) fill(beside, notice(error.message, error.hint));
  } finally {
    button.disabled = false;
  }
}

function quotes(citations) {
  if (!citations.length) return null;
  return h(
    "ul",
    { class: "jb-quotes jb-small" },
    citations.map((one) => h("li", {}, h("a", { href: `#library?${new URLSearchParams({ document: one.document, at: String(one.start) })}` }, `[${one.marker}] ${one.title} ${one.locator}`), h("blockquote", {}, one.quote))),
  );
}
