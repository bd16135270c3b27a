// The award ledger in the browser: fetched once for a day of judgement, then searched and ordered here while one types.
import { call, money } from "./dom.js";
import { standingTone } from "./standing.js";
import { say } from "./words.js";

const PAGE = 5000; // facts that one call gives at most
const DOUBTFUL = new Set(["ladder_inverts", "unit_differs", "far_off", "read_unsurely"]); // other findings are for editors
const STANDINGS = ["in_force", "not_in_force_yet", "unknown", "draft", "expired"];
export const KINDS = ["standard", "act", "role", "organ", "seat", "item", "grade", "level"];
export const TOPICS = ["standard", "item", "organ"];
const EXACT = [...TOPICS, "level", "role"];

export async function loadLedger(day, signal) {
  const facts = [];
  for (;;) {
    const query = new URLSearchParams({ as_of: day, limit: PAGE, offset: facts.length });
    const reply = await call(`/api/facts?${query}`, { signal });
    for (const fact of reply.facts) facts.push({ ...fact, ...searched(fact) });
    if (facts.length >= reply.total || !reply.facts.length) return tellApart(facts);
  }
}

// Names as the server gives them; several of one document that are called alike get what tells their sums apart
// (half of the above; the first, second and third prize).
export function tellApart(facts) {
  const alike = new Map();
  for (const fact of facts) {
    const key = `${fact.document}\n${fact.name}`;
    alike.set(key, [...(alike.get(key) || []), fact]);
  }
  for (const group of alike.values()) for (const fact of group) if (group.length > 1) fact.name = nameAmong(fact, group);
  return facts;
}

function nameAmong(fact, group) {
  const told = labels(fact).filter((label) => group.some((other) => !labels(other).includes(label)));
  if (group.some((other) => String(other.ranks) !== String(fact.ranks))) told.push(say("lookup.ranks", { ranks: fact.ranks.join("、") }));
  return told.length ? `${fact.name}（${told.join("、")}）` : fact.name;
}

// This computer's day, as the date fields have it.
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

export function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

// `near`: what the fact itself is about; `searched`: the clause around it too, which may speak of its neighbours.
function searched(fact) {
  const near = fold([fact.name, fact.subject, fact.region, labels(fact).join(" ")].join("\n"));
  return { near, searched: `${near}\n${fold([fact.quote, fact.title, fact.document_number || ""].join("\n"))}` };
}

export function labels(fact) {
  return KINDS.flatMap((kind) => fact[kind]);
}

// Those wanted, in the order given; `nearFirst` puts before the others those that the words are about.
export function matching(facts, wanted, nearFirst = false) {
  const words = fold(wanted.text || "").split(/\s+/).filter(Boolean);
  const kinds = EXACT.filter((kind) => wanted[kind]);
  const found = facts.filter(
    (fact) =>
      (!wanted.region || fact.region.includes(wanted.region)) &&
      (!wanted.status || fact.standing.code === wanted.status) &&
      kinds.every((kind) => fact[kind].includes(wanted[kind])) &&
      words.every((word) => fact.searched.includes(word)),
  );
  if (!nearFirst || !words.length) return found;
  const isNear = (fact) => words.every((word) => fact.near.includes(word));
  return [...found.filter(isNear), ...found.filter((fact) => !isNear(fact))];
}

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
const ORDERS = {
  region: (a, b) => collator.compare(a.region, b.region),
  subject: (a, b) => collator.compare(a.name, b.name),
  sum: (a, b) => Number(a.yuan ?? -1) - Number(b.yuan ?? -1), // to order only; what is shown is the exact text
  locator: (a, b) => collator.compare(a.title, b.title) || a.start - b.start,
  standing: (a, b) => STANDINGS.indexOf(a.standing.code) - STANDINGS.indexOf(b.standing.code),
};

export function ordered(facts, column, down) {
  if (!ORDERS[column]) return facts;
  const order = ORDERS[column];
  return [...facts].sort(down ? (a, b) => order(b, a) : order);
}

// [[value, how many facts have it], …], the most frequent first.
export function choices(facts, kind) {
  const counts = new Map();
  for (const value of facts.flatMap((fact) => fact[kind])) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
}

export function regionsOf(facts) {
  return [...new Set(facts.map((fact) => fact.region))].sort(collator.compare);
}

export function standingBadge(fact) {
  return { tone: standingTone(fact), label: fact.standing.label };
}

export function isDoubtful(fact) {
  return fact.anomalies.some((code) => DOUBTFUL.has(code));
}

// The sum as a cell: a figure where the clause gives one, else its words.
export function sumText(fact) {
  return (fact.kind === "exact" || fact.kind === "cap") && fact.yuan !== null ? money(fact.yuan) : fact.sum;
}

export function sumBadges(fact) {
  const cap = fact.kind === "cap" ? { tone: "warn", label: say("ceiling") } : null;
  return [cap, isDoubtful(fact) ? { tone: "bad", label: say("lookup.doubtful") } : null].filter(Boolean);
}

// Python counts characters, scripts count UTF-16 units: cut by characters.
export function quoteParts(fact) {
  const characters = [...fact.quote];
  const from = fact.figure_start - fact.start;
  const to = fact.figure_end - fact.start;
  if (!(0 <= from && from < to && to <= characters.length)) return [fact.quote, "", ""];
  return [[0, from], [from, to], [to]].map(([a, b]) => characters.slice(a, b).join(""));
}

export function documentLink(one) {
  const query = new URLSearchParams({ start: one.start, end: one.end });
  return `/documents/${encodeURIComponent(one.document)}?${query}#quote`;
}
