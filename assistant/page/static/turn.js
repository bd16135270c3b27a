// One turn of the talk: the question, the figures, the answer, its steps, what may come next.
import { badge, h, money } from "./dom.js";
import { feedbackRow } from "./feedback.js";
import { say } from "./words.js";

const MARKER = /\[(\d{1,3})\]/;
const BASIS = /^(?:根据|另见)[^。]{0,30}《/; // a paragraph that quotes; the evidence beside it shows the same in its place

// on: { ask(question), mark(turn, marker) }
export function drawTurn(turn, on) {
  const body = turn.answer ? answerParts(turn, on) : [waiting(turn, on)];
  return h(
    "article",
    { class: "jb-turn", id: `jb-turn-${turn.id}`, "aria-busy": turn.state === "asking" ? "true" : "false" },
    h("div", { class: "jb-question" }, h("span", { class: "jb-hidden" }, `${say("you")}：`), turn.question),
    h("div", { class: "jb-answer" }, h("h2", { class: "jb-hidden" }, say("answer")), body, h("div", { class: "jb-inline-evidence" })),
  );
}

function waiting(turn, on) {
  if (turn.state === "asking") return turn.text ? h("div", { class: "jb-text" }, turn.text) : h("p", { class: "jb-pending" }, say("pending"));
  const again = h("button", { type: "button", class: "jb-choice", onclick: () => on.ask(turn.question) }, say("again"));
  return h("div", { class: "jb-notice" }, h("p", { role: "alert" }, turn.text || say("noReply")), again);
}

function answerParts(turn, on) {
  const answer = turn.answer;
  return [
    answer.status === "answered" ? null : h("p", { class: "jb-status" }, badge({ tone: "plain", label: say(`status.${answer.status}`) })),
    reviewed(answer.reviewed),
    amounts(answer.amounts),
    h("div", { class: "jb-text" }, paragraphs(answer.text, turn, on)),
    choices(answer.clarification, on),
    warnings(answer.warnings),
    steps(answer, turn, on),
    followUps(answer.follow_ups, on),
    h("p", { class: "jb-foot" }, h("span", {}, answer.label), h("span", {}, `${say("asOf")} ${answer.as_of}`)),
    feedbackRow(turn),
  ];
}

function reviewed(one) {
  if (!one) return null;
  const head = say("reviewed", { reviewer: one.reviewer, day: one.reviewed_on });
  return h("section", { class: "jb-reviewed" }, h("h3", {}, head), h("p", { class: "jb-text" }, one.answer));
}

function amounts(list) {
  if (!list.length) return null;
  const row = (one) =>
    h(
      "div",
      { class: "jb-amount" },
      h("dt", {}, one.label),
      h("dd", {}, h("strong", {}, money(one.yuan)), one.kind === "cap" ? badge({ tone: "warn", label: say("ceiling") }) : null),
    );
  return h("dl", { class: "jb-amounts" }, list.map(row));
}

function paragraphs(text, turn, on) {
  const drawn = (paragraph) => h("p", { class: BASIS.test(paragraph) ? "jb-basis" : null }, withMarkers(paragraph, turn, on));
  return text.split("\n\n").map(drawn);
}

// "…50万元[1]" → text with a button for each marker that an evidence stands behind.
export function withMarkers(text, turn, on) {
  const known = new Set(turn.answer.evidence.map((one) => one.marker));
  return text.split(MARKER).map((piece, place) => {
    if (place % 2 === 0) return piece;
    return known.has(Number(piece)) ? marker(Number(piece), turn, on) : `[${piece}]`;
  });
}

function marker(number, turn, on) {
  const open = () => on.mark(turn, number);
  return h("button", { type: "button", class: "jb-cite", "aria-label": `${say("basis")} ${number}`, onclick: open }, `[${number}]`);
}

function choices(clarification, on) {
  if (!clarification || !clarification.options.length) return null;
  return [h("p", { class: "jb-hint" }, say("choose")), buttons(clarification.options, on)];
}

function followUps(questions, on) {
  return questions.length ? [h("p", { class: "jb-hint" }, say("followUps")), buttons(questions, on, "jb-follow")] : null;
}

export function buttons(questions, on, kind = "") {
  const one = (question) => h("button", { type: "button", class: `jb-choice ${kind}`, onclick: () => on.ask(question) }, question);
  return h("div", { class: "jb-choices" }, questions.map(one));
}

function warnings(list) {
  const row = (one) => h("li", {}, badge(one.badge), h("span", {}, one.message));
  return list.length ? h("ul", { class: "jb-warnings" }, list.map(row)) : null;
}

function steps(answer, turn, on) {
  if (!answer.calculation.length) return null;
  const known = new Set(answer.evidence.map((one) => one.marker));
  const row = (step) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, step.step),
      h("td", { class: "jb-expression" }, readable(step.expression)),
      h("td", { class: "jb-number" }, money(step.yuan)),
      h("td", {}, known.has(step.citation) ? marker(step.citation, turn, on) : null),
    );
  const heads = ["step", "expression", "sum", "basis"].map((key) => h("th", { scope: "col", class: key === "sum" ? "jb-number" : null }, say(key)));
  return h(
    "div",
    { class: "jb-table-frame", tabindex: "0", role: "region", "aria-label": say("steps") },
    h("table", { class: "jb-steps" }, h("caption", {}, say("steps")), h("thead", {}, h("tr", {}, heads)), h("tbody", {}, answer.calculation.map(row))),
  );
}

// "min(500000 * 2, 1000000)" → "取低（500,000 × 2，1,000,000）"
export function readable(expression) {
  return expression
    .replace(/\d+(?:\.\d+)?/g, (number) => number.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ","))
    .replace(/\bmin\(([^)]*)\)/g, (whole, inside) => `${say("lowerOf")}（${inside.replace(/, /g, "；")}）`)
    .replace(/\bmax\(([^)]*)\)/g, (whole, inside) => `${say("higherOf")}（${inside.replace(/, /g, "；")}）`)
    .replaceAll("*", "×")
    .replaceAll("/", "÷")
    .replaceAll(" - ", " − ");
}

// The answer with its sources as plain text, the label of whose words these are included.
export function asText(turn) {
  const answer = turn.answer;
  const source = (one) => `[${one.marker}] ${one.region} · ${one.title}${one.number ? ` · ${one.number}` : ""} · ${one.locator}（${one.badge ? one.badge.label : ""}）\n“${one.quote}”`;
  const parts = [turn.question, answer.answer, ...answer.warnings.map((one) => `⚠ ${one.message}`)];
  if (answer.reviewed) parts.splice(1, 0, `${say("reviewed", { reviewer: answer.reviewed.reviewer, day: answer.reviewed.reviewed_on })}：${answer.reviewed.answer}`);
  if (answer.evidence.length) parts.push([say("sources"), ...answer.evidence.map(source)].join("\n"));
  return [...parts, say("copiedFrom", { day: answer.as_of, label: answer.label })].join("\n\n");
}

export function redraw(turn, on) {
  const before = document.getElementById(`jb-turn-${turn.id}`);
  const now = drawTurn(turn, on);
  if (before) before.replaceWith(now);
  return now;
}

export function drawExamples(examples, on) {
  return h("section", { class: "jb-examples" }, h("h2", {}, say("examples")), buttons(examples, on));
}

