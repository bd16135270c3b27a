// Rows picked, or one subject in several regions, side by side: a table and bars. Nothing is added up or converted.
import { badge, fill, h } from "./dom.js";
import { labels, matching, regionsOf, standingBadge, sumBadges, sumText, TOPICS } from "./ledger.js";
import { say } from "./words.js";

export const MAX_COMPARED = 6;
const MAX_ROWS = 60;
const PAST = new Set(["expired", "draft", "not_in_force_yet"]); // a document without dates may hold: it is not paled

// on: { change(regions), open(fact), back() }
export function drawCompare(on) {
  const element = h("section", { class: "jb-compare", "aria-label": say("compare.head") });
  return { element, show: (given) => fill(element, head(on), content(given, on)) };
}

function head(on) {
  return h(
    "header",
    { class: "jb-compare-head" },
    h("h2", {}, say("compare.head")),
    h("button", { type: "button", class: "jb-quiet", onclick: on.back }, say("compare.back")),
  );
}

function content({ facts, wanted, picked, regions }, on) {
  if (picked.size > 1) return drawn(facts.filter((fact) => picked.has(fact.id)), on);
  const chooser = regionChooser(facts, regions, on);
  const hasTopic = wanted.text || TOPICS.some((kind) => wanted[kind]);
  if (!hasTopic) return [chooser, told("compare.needTopic")];
  if (regions.length < 2) return [chooser, told("compare.needRegions")];
  const found = matching(facts, { ...wanted, region: "" }).filter((fact) => regions.includes(fact.region));
  if (found.length > MAX_ROWS) return [chooser, told("compare.tooMany", { count: found.length })];
  return [chooser, found.length ? drawn(found, on, regions) : told("nothing")];
}

function told(key, values) {
  return h("p", { class: "jb-lookup-none", role: "status" }, say(key, values));
}

function regionChooser(facts, regions, on) {
  const known = regionsOf(facts);
  const box = h("input", { list: "jb-lookup-regions", id: "jb-compare-region", maxlength: "60", autocomplete: "off" });
  const trouble = h("span", { role: "alert", class: "jb-compare-trouble" });
  const add = (event) => {
    event.preventDefault();
    const typed = box.value.trim();
    const name = known.includes(typed) ? typed : onlyOne(known.filter((one) => typed && one.includes(typed)));
    if (!name) trouble.textContent = typed ? say("compare.unknown", { name: typed }) : "";
    else if (regions.length >= MAX_COMPARED) trouble.textContent = say("compare.full", { max: MAX_COMPARED });
    else on.change([...new Set([...regions, name])]);
    document.getElementById("jb-compare-region")?.focus();
  };
  const chip = (name) => {
    const drop = () => on.change(regions.filter((one) => one !== name));
    return h("li", {}, name, h("button", { type: "button", class: "jb-quiet", "aria-label": say("compare.remove", { name }), onclick: drop }, "×"));
  };
  return h(
    "form",
    { class: "jb-compare-regions", onsubmit: add },
    h("label", { class: "jb-field" }, say("compare.region"), box),
    h("button", { class: "jb-quiet" }, say("compare.add")),
    h("ul", { class: "jb-chips" }, regions.map(chip)),
    trouble,
  );
}

function onlyOne(list) {
  return list.length === 1 ? list[0] : "";
}

function drawn(facts, on, regions = [...new Set(facts.map((fact) => fact.region))]) {
  const rows = grouped([...facts].sort((a, b) => regions.indexOf(a.region) - regions.indexOf(b.region)));
  return [table(rows, regions, on), chart(rows)];
}

function grouped(facts) {
  const rows = new Map();
  for (const fact of facts) rows.set(subjectOf(fact), [...(rows.get(subjectOf(fact)) || []), fact]);
  return rows;
}

// The same award in different words is one row: its labels tell; where there are none, its own words.
function subjectOf(fact) {
  return labels(fact).join(" · ") || fact.name;
}

function table(rows, regions, on) {
  const cell = (facts) => h("td", {}, facts.length ? facts.map((fact) => one(fact, on)) : h("span", { class: "jb-soft" }, say("compare.absent")));
  const line = ([subject, facts]) =>
    h("tr", {}, h("th", { scope: "row" }, subject), regions.map((region) => cell(facts.filter((fact) => fact.region === region))));
  return h(
    "div",
    { class: "jb-table-frame", tabindex: "0", role: "region", "aria-label": say("compare.head") },
    h(
      "table",
      { class: "jb-side", style: `min-width:${130 + 150 * regions.length}px` },
      h("caption", { class: "jb-hidden" }, say("compare.head")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("compare.subject")), regions.map((region) => h("th", { scope: "col" }, region)))),
      h("tbody", {}, [...rows].map(line)),
    ),
  );
}

function one(fact, on) {
  const clause = h("button", { type: "button", class: "jb-cite", onclick: () => on.open(fact) }, fact.locator);
  return h(
    "div",
    { class: "jb-side-one" },
    h("div", { class: "jb-row" }, h("strong", {}, sumText(fact)), sumBadges(fact).map(badge), badge(standingBadge(fact))),
    h("p", { class: "jb-small" }, [fact.name, fact.budget].filter(Boolean).join(" · ")),
    clause,
  );
}

// Bars share one scale. A ceiling is hatched; what is not in force is pale; a rate or range is told in words.
function chart(rows) {
  const all = [...rows.values()].flat();
  const most = Math.max(...all.filter(isDrawn).map((fact) => Number(fact.yuan)), 1); // for lengths only
  const group = ([subject, facts]) => h("li", {}, h("h4", {}, subject), h("ul", {}, facts.map((fact) => bar(fact, most))));
  return h("section", { class: "jb-chart" }, h("h3", {}, say("compare.chart")), legend(all), h("ol", {}, [...rows].map(group)));
}

function isDrawn(fact) {
  return (fact.kind === "exact" || fact.kind === "cap") && fact.yuan !== null;
}

function kindOf(fact) {
  const past = PAST.has(fact.standing.code) ? " jb-bar-past" : "";
  return `jb-bar${fact.kind === "cap" ? " jb-bar-cap" : ""}${past}`;
}

function bar(fact, most) {
  const label = h("span", { class: "jb-bar-label" }, fact.region, fact.budget ? ` · ${fact.budget}` : "");
  const standing = fact.standing.code === "in_force" ? null : badge(standingBadge(fact));
  if (!isDrawn(fact)) return h("li", { class: "jb-bar-row jb-bar-words" }, label, h("span", {}, say("compare.inWords"), fact.sum), standing);
  const length = Math.max((Number(fact.yuan) / most) * 100, 0.6);
  const track = h("span", { class: "jb-bar-track", "aria-hidden": "true" }, h("span", { class: kindOf(fact), style: `width:${length.toFixed(2)}%` }));
  return h("li", { class: "jb-bar-row" }, label, track, h("span", { class: "jb-bar-sum" }, h("strong", {}, sumText(fact)), sumBadges(fact).map(badge), standing));
}

function legend(facts) {
  const entry = (kind, key) => h("span", {}, h("span", { class: `jb-bar ${kind}`, "aria-hidden": "true" }), say(key));
  return h(
    "p",
    { class: "jb-legend jb-small jb-soft" },
    entry("", "compare.legendExact"),
    facts.some((fact) => fact.kind === "cap") ? entry("jb-bar-cap", "compare.legendCap") : null,
    facts.some((fact) => PAST.has(fact.standing.code)) ? entry("jb-bar-past", "compare.legendPast") : null,
  );
}
