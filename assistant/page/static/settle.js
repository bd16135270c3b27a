// What the staff make of a ticket: dealt with, a case for the evaluation, or a reviewed answer.
import { caseFields, readCase } from "./case-form.js";
import { Refused, call, fill, h, notice } from "./dom.js";
import { endedSession } from "./sign-in.js";
import { chinaDay } from "./times.js";
import { say } from "./words.js";

const WAYS = ["noted", "case", "reviewed"];
const NOTE_CHARACTERS = 500;
const ANSWER_CHARACTERS = 2000;
const FIGURE = /\d[\d,，]*(?:\.\d+)?\s*(?:[万亿]?元|%|％)?/g;

// → { element, renew }: `renew` takes today's answer up, when it is there.
export function settleBox(ticket, { caller, today, settled }) {
  const form = h("form", { class: "jb-settle" });
  const said = h("div", { "aria-live": "polite" });
  const box = { way: "noted", fields: {}, warn: h("p", { class: "jb-figures", role: "status" }), check: () => check(box, today) };
  box.renew = () => (box.way === "case" ? choose("case") : box.check());
  const buttons = WAYS.map((way) => h("button", { type: "button", class: "jb-quiet", "data-way": way, onclick: () => choose(way) }, say(`settle.${way}`)));
  const choose = (way) => {
    box.way = way;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.way === way)));
    fill(form, fieldsOf(box, ticket, caller, today), h("div", { class: "jb-row" }, h("button", { class: "jb-main-button" }, say("submit"))), said);
    fill(said);
    box.check();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await submit(ticket, box, { said, settled, today });
  });
  choose("noted");
  box.element = h("section", { class: "jb-part" }, h("h4", {}, say("settleAs")), h("div", { class: "jb-switch", role: "group", "aria-label": say("settleAs") }, buttons), form);
  return box;
}

function fieldsOf(box, ticket, caller, today) {
  const area = (limit, value = "") => h("textarea", { rows: 3, maxlength: String(limit) }, value);
  box.fields = { note: area(NOTE_CHARACTERS) };
  const note = h("label", { class: "jb-field" }, say("noteField"), box.fields.note);
  if (box.way === "case") {
    box.fields.expected = area(NOTE_CHARACTERS, ticket.expected || "");
    box.gold = caseFields(today.answer);
    return [h("label", { class: "jb-field" }, say("expectedField"), box.fields.expected), box.gold.element, note];
  }
  if (box.way === "noted") return note;
  box.fields.answer = area(ANSWER_CHARACTERS);
  box.fields.answer.required = true;
  box.fields.answer.addEventListener("input", box.check);
  return [
    h("label", { class: "jb-field" }, say("answerField"), box.fields.answer),
    h("p", { class: "jb-soft jb-small" }, say("reviewerIs", { name: caller.name, day: chinaDay() })),
    box.warn,
    note,
  ];
}

// A figure in a reviewed answer that neither today's answer nor its quotes hold is pointed out, not forbidden.
function check(box, today) {
  if (!box.fields.answer) return;
  const written = box.fields.answer.value;
  if (!today.answer) {
    box.warn.textContent = figures(written).length ? say("askFirst") : "";
    return;
  }
  const held = new Set(figures([today.answer.answer, ...today.answer.citations.map((one) => one.quote)].join("\n")));
  const unheld = figures(written).filter((figure) => !held.has(figure));
  box.warn.textContent = unheld.length ? say("figureWarning", { figures: [...new Set(unheld)].join("、") }) : "";
}

// The figures of a text, each in one way of writing: without blanks and thousands' commas.
export function figures(text) {
  return (text.match(FIGURE) || []).map((figure) => figure.replace(/[\s,，]/g, "").replace("％", "%"));
}

async function submit(ticket, box, { said, settled, today }) {
  const body = { as: box.way, ...Object.fromEntries(Object.entries(box.fields).map(([name, area]) => [name, area.value.trim()])) };
  if (box.way === "case") body.gold = readCase(box.gold.fields);
  if (box.way === "reviewed") body.documents = [...new Set((today.answer ? today.answer.citations : []).map((one) => one.document))];
  try {
    await call(`/api/feedback/${encodeURIComponent(ticket.ticket)}/settle`, { method: "POST", body });
    await settled();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!endedSession(error)) fill(said, notice(error.message, error.hint));
  }
}
