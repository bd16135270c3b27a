// What a right answer holds, as the evaluation asks for it; filled in from today's answer, to be mended by the staff.
import { h } from "./dom.js";
import { say } from "./words.js";

const STATUSES = ["answered", "needs_clarification", "not_found"];
const QUOTE_CHARACTERS = 19; // a longer stretch is wording, which stands in the documents alone

// → { element, fields }
export function caseFields(answer) {
  const held = answer && STATUSES.includes(answer.status) ? answer : null;
  const cited = held && held.status === "answered" ? held.citations[0] : null;
  const status = (held && held.status) || "answered";
  const fields = {
    status: h("select", {}, STATUSES.map((name) => h("option", { value: name, selected: name === status }, say(`gold.${name}`)))),
    yuan: text(held ? held.amounts.map((amount) => amount.yuan).join(" ") : ""),
    kind: h("select", {}, ["", "exact", "cap"].map((name) => h("option", { value: name, selected: name === kindOf(held) }, say(`gold.kind.${name || "none"}`)))),
    document: text(cited ? cited.document : ""),
    quote: text(cited ? short(cited.quote) : ""),
    must: text(""),
  };
  const labelled = (name) => h("label", { class: "jb-field" }, say(`gold.${name}`), fields[name]);
  return {
    element: h("fieldset", { class: "jb-case" }, h("legend", {}, say("gold.legend")), Object.keys(fields).map(labelled)),
    fields,
  };
}

export function readCase(fields) {
  const words = (name) => fields[name].value.split(/[\s,，、;；]+/).filter(Boolean);
  const answered = fields.status.value === "answered";
  return {
    status: fields.status.value,
    yuan: words("yuan"),
    kind: fields.kind.value || null,
    must: words("must"),
    document: answered ? fields.document.value.trim() || null : null,
    quote: answered ? fields.quote.value.split(/[;；]/).map((one) => one.trim()).filter(Boolean) : [],
  };
}

function text(value) {
  return h("input", { value, maxlength: "500" });
}

function kindOf(answer) {
  const kinds = new Set(answer ? answer.amounts.map((amount) => amount.kind) : []);
  return kinds.size === 1 ? [...kinds][0] : "";
}

function short(quote) {
  return [...quote.replace(/\s+/g, "")].slice(0, QUOTE_CHARACTERS).join("");
}
