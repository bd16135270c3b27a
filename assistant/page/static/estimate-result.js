// What a claim comes to, as a sheet: the total, the items, the steps, what is still to prove, the clauses.
import { badge, copyButton, fill, h, money } from "./dom.js";
import { documentLink, standingBadge, today } from "./ledger.js";
import { readable } from "./turn.js";
import { has, say } from "./words.js";

const TONES = { expired: "bad", source_anomaly: "bad" };
const NUMBERS = new Set(["estimate.each", "estimate.counted", "estimate.sum", "sum"]);
const BEFORE = new Set(["role", "level", "act"]); // 国家级 + 标准化试点; other kinds follow the words

// on: { link() → address of this claim, rename(place, what) }
export function drawReport(place, report, facts, on) {
  const standings = new Map(facts.map((fact) => [fact.document, fact]));
  fill(
    place,
    h("header", { class: "jb-sheet-head" }, h("h2", {}, say("estimate.sheet")), actions(on)),
    h("p", { class: "jb-soft" }, `${report.region} · ${say("asOf")} ${report.as_of}`),
    total(report),
    warnings(report.warnings),
    lines(report, on),
    steps(report),
    toProve(report, facts),
    citations(report, standings),
    whole(report),
    h("p", { class: "jb-foot" }, h("span", {}, say("disclaimer")), h("span", {}, say("estimate.madeOn", { day: today() }))),
  );
}

function actions(on) {
  const print = h("button", { type: "button", class: "jb-quiet", onclick: () => window.print() }, say("print"));
  return h("div", { class: "jb-row jb-sheet-actions" }, copyButton(say("estimate.link"), on.link), print);
}

function total(report) {
  if (!report.total) {
    const why = h("p", {}, say("estimate.why"));
    return h("div", { class: "jb-total jb-total-none" }, h("strong", {}, say("estimate.undetermined")), why);
  }
  const cap = report.total.kind === "cap";
  return h(
    "div",
    { class: "jb-total" },
    h("span", { class: "jb-soft" }, say("estimate.total")),
    h("strong", {}, sum(report.total)),
    cap ? [badge({ tone: "warn", label: say("ceiling") }), h("span", { class: "jb-soft" }, say("estimate.ceilingNote"))] : null,
  );
}

function sum(one) {
  if (!one) return "";
  return one.kind === "range" && one.low !== null ? `${money(one.low)} – ${money(one.yuan)}` : money(one.yuan);
}

function sumCell(one, label) {
  return h("td", { class: "jb-number", "data-label": say(label) }, sum(one) || null, one && one.kind === "cap" ? [" ", badge({ tone: "warn", label: say("ceiling") })] : null);
}

function warnings(list) {
  const row = ({ code, message }) => {
    const label = say(has(`warning.${code}`) ? `warning.${code}` : "warning.other");
    return h("li", {}, badge({ tone: TONES[code] || "warn", label }), h("span", {}, message));
  };
  return list.length ? h("ul", { class: "jb-warnings" }, list.map(row)) : null;
}

function framed(caption, heads, rows) {
  const head = h("tr", {}, heads.map((key) => h("th", { scope: "col", class: NUMBERS.has(key) ? "jb-number" : null }, say(key))));
  const table = h("table", { role: "table" }, h("caption", {}, say(caption)), h("thead", {}, head), h("tbody", {}, rows));
  for (const row of table.rows) {
    row.setAttribute("role", "row"); // on a phone the rows are laid out as blocks, which would take their roles away
    for (const one of row.cells) one.setAttribute("role", one.tagName === "TD" ? "cell" : one.scope === "col" ? "columnheader" : "rowheader");
  }
  return h("div", { class: "jb-table-frame", tabindex: "0", role: "region", "aria-label": say(caption) }, table);
}

function lines(report, on) {
  const row = (line, place) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, line.what, choices(line, place, on)),
      sumCell(line.each, "estimate.each"),
      h("td", { class: "jb-number", "data-label": say("estimate.counted") }, line.each ? String(line.counted) : null),
      sumCell(line.total, "estimate.sum"),
      h("td", { class: "jb-line-note" }, line.note || null),
    );
  const noted = report.lines.some((line) => line.note);
  const heads = ["estimate.what", "estimate.each", "estimate.counted", "estimate.sum", ...(noted ? ["estimate.note"] : [])];
  const rows = report.lines.map(row);
  if (!noted) rows.forEach((one) => one.lastElementChild.remove());
  const element = framed("estimate.lines", heads, rows);
  element.classList.add("jb-lines");
  return element;
}

function choices(line, place, on) {
  if (!line.clarification) return null;
  const [kind] = line.clarification.missing;
  const button = (option) => {
    const what = named(line.what, option, kind);
    const label = say("estimate.choose", { number: place + 1, what });
    return h("button", { type: "button", class: "jb-choice jb-follow", "aria-label": label, onclick: () => on.rename(place, what) }, option);
  };
  return h("div", { class: "jb-choices" }, line.clarification.options.map(button));
}

// 制定标准 with the choice 国家标准 → 制定国家标准; with the choice 主导 → 主导制定标准.
function named(what, option, kind) {
  if (option.includes(what)) return option;
  if (kind === "standard" && what.includes("标准")) return what.replace("标准", option);
  return BEFORE.has(kind) ? option + what : what + option;
}

function steps(report) {
  if (!report.calculation.length) return null;
  const row = (step) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, step.step),
      h("td", { class: "jb-expression" }, readable(step.expression)),
      h("td", { class: "jb-number" }, money(step.yuan)),
      h("td", {}, step.citation === null ? null : h("a", { href: `#${clauseId(step.citation)}`, onclick: toClause }, `[${step.citation}]`)),
    );
  const element = framed("steps", ["step", "expression", "sum", "basis"], report.calculation.map(row));
  element.classList.add("jb-steps");
  return element;
}

function clauseId(marker) {
  return `jb-estimate-clause-${marker}`;
}

// The address belongs to the tab; a marker only moves there.
function toClause(event) {
  event.preventDefault();
  const clause = document.getElementById(event.currentTarget.hash.slice(1));
  clause?.scrollIntoView({ block: "center" });
  clause?.focus({ preventScroll: true });
}

function toProve(report, facts) {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const asked = (fact) => [...fact.conditions, ...(fact.ranks.length ? [say("lookup.ranks", { ranks: fact.ranks.join("、") })] : [])];
  const row = (line) => {
    const conditions = new Set(line.facts.flatMap((id) => (known.has(id) ? asked(known.get(id)) : [])));
    return conditions.size ? h("li", {}, h("strong", {}, line.what), `：${[...conditions].join("；")}`) : null;
  };
  const rows = report.lines.map(row).filter(Boolean);
  if (!rows.length) return null;
  return h("section", { class: "jb-prove" }, h("h3", {}, say("estimate.prove")), h("ul", {}, rows), h("p", { class: "jb-soft jb-small" }, say("estimate.proveNote")));
}

function citations(report, standings) {
  if (!report.citations.length) return null;
  const one = (citation) => {
    const fact = standings.get(citation.document);
    const number = fact?.document_number ? ` · ${fact.document_number}` : "";
    return h(
      "li",
      { id: clauseId(citation.marker), tabIndex: -1 },
      h("p", { class: "jb-row" }, h("span", { class: "jb-marker" }, `[${citation.marker}]`), h("strong", {}, citation.title), fact ? badge(standingBadge(fact)) : null),
      h("p", { class: "jb-soft jb-small" }, `${citation.region} · ${citation.locator}${number}`),
      h("blockquote", {}, citation.quote),
      h("a", { href: documentLink(citation), target: "_blank", rel: "noopener", class: "jb-small" }, say("fullText"), h("span", { class: "jb-hidden" }, say("newWindow"))),
    );
  };
  return h("section", { class: "jb-clauses" }, h("h3", {}, say("estimate.citations")), h("ol", {}, report.citations.map(one)));
}

function whole(report) {
  return h(
    "details",
    { class: "jb-whole" },
    h("summary", {}, say("estimate.text")),
    h("p", { class: "jb-text" }, report.text),
    copyButton(say("copy"), () => `${report.text}\n\n${say("disclaimer")}`),
  );
}
