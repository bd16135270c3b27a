// The queue of the staff: tickets newest first, walked through by keyboard, each opened beside the list.
import { Refused, call, fill, h, notice } from "./dom.js";
import { endedSession } from "./sign-in.js";
import { drawTicket } from "./ticket.js";
import { clockTime } from "./times.js";
import { has, say } from "./words.js";

const PAGE = 50;
const VERDICTS = ["wrong", "down", "unanswered", "up"];
const TONES = { wrong: "jb-bad", down: "jb-warn", unanswered: "jb-warn", up: "jb-good" };
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export function drawQueue(place, state, caller) {
  const view = { state, caller, verdict: "", tickets: [], now: 0 };
  view.count = h("span", { class: "jb-soft jb-small", role: "status", "aria-live": "polite" });
  view.list = h("ol", { class: "jb-queue-list" });
  view.more = h("div", {});
  view.detail = h("section", { class: "jb-ticket", "aria-label": say("asked"), tabindex: "-1" });
  view.frame = h(
    "div",
    { class: "jb-queue" },
    h("section", { class: "jb-queue-side", "aria-label": say("queue") }, filter(view), h("p", { class: "jb-soft jb-small jb-queue-keys" }, say("queueKeys")), view.list, view.more),
    view.detail,
  );
  view.list.addEventListener("keydown", (event) => walk(view, event));
  fill(place, view.frame);
  return load(view);
}

function filter(view) {
  const select = h("select", {}, h("option", { value: "" }, say("anyVerdict")), VERDICTS.map((name) => h("option", { value: name }, say(`verdict.${name}`))));
  select.addEventListener("change", () => {
    view.verdict = select.value;
    load(view);
  });
  return h("div", { class: "jb-row" }, h("label", { class: "jb-field" }, say("verdictOf"), select), view.count);
}

// Read the first page, or the one after the last ticket listed.
async function load(view, more = false) {
  const asked = new URLSearchParams({ state: view.state, limit: String(PAGE) });
  if (view.verdict) asked.set("verdict", view.verdict);
  if (more) asked.set("before", String(view.next));
  if (!more) fill(view.detail, h("p", { class: "jb-soft" }, say("pickTicket")));
  try {
    const page = await call(`/api/feedback?${asked}`);
    view.tickets = more ? [...view.tickets, ...page.items] : page.items;
    view.next = page.next_before;
    view.now = more ? view.now : 0;
    drawTickets(view);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!endedSession(error)) fill(view.list, h("li", {}, notice(error.message, error.hint)));
  }
}

function drawTickets(view) {
  view.count.textContent = say("queueCount", { count: view.tickets.length });
  fill(view.list, view.tickets.length ? view.tickets.map((ticket, number) => entry(view, ticket, number)) : h("li", {}, notice(say("queueNone"))));
  fill(view.more, view.next ? h("button", { type: "button", class: "jb-quiet", onclick: () => load(view, true) }, say("older")) : null);
}

function entry(view, ticket, number) {
  const kind = has(`verdict.${ticket.verdict}`) ? say(`verdict.${ticket.verdict}`) : ticket.verdict;
  const button = h(
    "button",
    { type: "button", class: "jb-queue-entry", tabindex: number === view.now ? "0" : "-1", "aria-current": number === view.opened ? "true" : null, onclick: () => openTicket(view, number) },
    h("span", { class: "jb-row" }, h("span", { class: `jb-badge ${TONES[ticket.verdict] || ""}` }, kind), ticket.times > 1 ? h("strong", { class: "jb-small" }, say("times", { count: ticket.times })) : null, h("span", { class: "jb-soft jb-small" }, clockTime(ticket.at))),
    h("span", { class: "jb-queue-question" }, ticket.question),
  );
  return h("li", {}, button);
}

function walk(view, event) {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || !view.tickets.length) return;
  event.preventDefault();
  const buttons = [...view.list.querySelectorAll(".jb-queue-entry")];
  buttons[view.now].tabIndex = -1;
  view.now = Math.min(Math.max(view.now + step, 0), buttons.length - 1);
  buttons[view.now].tabIndex = 0;
  buttons[view.now].focus();
}

function openTicket(view, number) {
  view.now = number;
  view.opened = number;
  drawTickets(view);
  view.frame.classList.add("jb-opened");
  const back = () => {
    view.frame.classList.remove("jb-opened");
    view.list.querySelectorAll(".jb-queue-entry")[view.now]?.focus();
  };
  const settled = () => {
    view.opened = undefined;
    view.frame.classList.remove("jb-opened");
    return load(view);
  };
  drawTicket(view.detail, view.tickets[number], { caller: view.caller, back, settled });
  view.detail.focus({ preventScroll: true });
  view.detail.scrollIntoView({ block: "nearest" });
}
