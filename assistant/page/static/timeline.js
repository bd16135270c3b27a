// Documents on a line of time: one row each, from its first day to its last, today marked. A bar's form tells its
// standing as much as its colour, and the badge beside it says the word.
import { fill, h } from "./dom.js";
import { say } from "./words.js";

const DAY_MS = 86_400_000;

export function drawTimeline(place, { documents, standing, sort, open, sorted }) {
  const today = Date.now();
  const span = spanOf(documents, today);
  const order = h(
    "div",
    { class: "jb-switch", role: "group", "aria-label": say("sortBy") },
    ["region", "date"].map((by) => h("button", { type: "button", class: "jb-quiet", "aria-pressed": String(by === sort), onclick: () => sorted(by) }, say(`sort.${by}`))),
  );
  const rows = [...documents].sort(sort === "date" ? byDate : byRegion);
  return fill(
    place,
    h("div", { class: "jb-row jb-line-head" }, order, legend()),
    h(
      "div",
      { class: "jb-line" },
      h("div", { class: "jb-line-axis", "aria-hidden": "true" }, h("span", {}), axis(span, today)),
      h("ol", {}, rows.map((one) => row(one, span, today, standing, open))),
    ),
  );
}

function first(one) {
  return one.in_force_from || one.published;
}

function byRegion(a, b) {
  return a.region.localeCompare(b.region, "zh-CN") || byDate(a, b);
}

function byDate(a, b) {
  return String(first(b) || "").localeCompare(String(first(a) || "")) || a.title.localeCompare(b.title, "zh-CN");
}

// From the January before the first day to the January after the last; a file that says it holds to 2099 does not stretch it.
function spanOf(documents, today) {
  const thisYear = new Date(today).getFullYear();
  const years = documents.flatMap((one) => [first(one), one.in_force_until]).filter(Boolean).map((day) => Number(day.slice(0, 4)));
  const from = Math.max(Math.min(thisYear - 3, ...years), thisYear - 20);
  const to = Math.min(Math.max(thisYear + 1, ...years), thisYear + 8) + 1;
  return { from, to, start: Date.UTC(from, 0, 1), end: Date.UTC(to, 0, 1) };
}

function at(span, moment) {
  return Math.min(100, Math.max(0, ((moment - span.start) / (span.end - span.start)) * 100));
}

function axis(span, today) {
  const years = span.to - span.from;
  const step = years > 14 ? 4 : years > 8 ? 2 : 1;
  const ticks = [];
  for (let year = span.from; year < span.to; year += step) {
    ticks.push(h("span", { class: "jb-tick", style: `left: ${at(span, Date.UTC(year, 0, 1))}%` }, String(year)));
  }
  return h("div", { class: "jb-track" }, ticks, h("span", { class: "jb-tick jb-today-word", style: `left: ${at(span, today)}%` }, say("today")));
}

function row(one, span, today, standing, open) {
  return h(
    "li",
    { class: "jb-line-row" },
    h(
      "div",
      { class: "jb-line-name" },
      h("button", { type: "button", class: "jb-link", onclick: () => open(one.id) }, one.title),
      h("div", { class: "jb-small jb-soft jb-row" }, one.region, standing(one)),
    ),
    h("div", { class: "jb-track" }, bar(one, span), h("span", { class: "jb-today", style: `left: ${at(span, today)}%` }), h("span", { class: "jb-hidden" }, told(one))),
  );
}

function bar(one, span) {
  const begins = first(one);
  if (!begins) return h("span", { class: "jb-term-none jb-small", "aria-hidden": "true" }, say("noDate"));
  const left = at(span, Date.parse(begins));
  const right = one.in_force_until ? at(span, Date.parse(one.in_force_until) + DAY_MS) : 100;
  const form = `jb-term jb-term-${one.standing.code}${one.in_force_until ? "" : " jb-term-open"}`;
  return h("span", { class: form, "aria-hidden": "true", title: told(one), style: `left: ${left}%; width: ${Math.max(0.8, right - left)}%` });
}

function told(one) {
  const begins = first(one) ? `${say(one.in_force_from ? "column.from" : "column.published")} ${first(one)}` : say("noDate");
  return `${begins} · ${one.in_force_until ? `${say("column.until")} ${one.in_force_until}` : say("noEnd")}`;
}

function legend() {
  const entries = ["in_force", "expired", "draft", "unknown", "not_in_force_yet"].map((code) =>
    h("li", {}, h("span", { class: `jb-term jb-term-${code}` }), say(`standing.${code}`)),
  );
  return h("ul", { class: "jb-line-legend jb-small", "aria-hidden": "true" }, entries, h("li", {}, h("span", { class: "jb-term jb-term-in_force jb-term-open" }), say("noEnd")));
}
