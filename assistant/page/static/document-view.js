// One document of the 文库: what it is, its outline, its text with a search, its sums at the margin, what lint found.
import { Refused, call, fill, h, notice } from "./dom.js";
import { outlineOf } from "./document-outline.js";
import { searchBar } from "./document-search.js";
import { DocumentText } from "./document-text.js";
import { removeButton } from "./indexing.js";
import { setAddress } from "./shell.js";
import { isAdmin } from "./sign-in.js";
import { standingBadge } from "./standing.js";
import { has, say } from "./words.js";

const SUMS_SHOWN = 6; // at a clause; the others unfold
const FINDINGS_OPEN = 4;
let turn = 0; // which opening is the latest: a slower earlier one is dropped

// Show the document `id` in `place`, `at` a character of its text; `back` returns to the list.
export async function openDocument(place, { id, at, caller, back }) {
  const mine = (turn += 1);
  fill(place, backButton(back), notice(say("loading")));
  try {
    const [record, listed, facts, lint] = await Promise.all([
      call(`/api/documents/${encodeURIComponent(id)}`),
      call("/api/documents"),
      call(`/api/facts?limit=5000&document=${encodeURIComponent(id)}`),
      call(`/api/lint?document=${encodeURIComponent(id)}`),
    ]);
    if (mine !== turn) return;
    const head = listed.documents.find((one) => one.id === id) || record;
    draw(place, { record: { ...head, ...record }, facts: facts.facts, findings: lint.findings, at, caller, back });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (mine === turn) fill(place, backButton(back), notice(error.message, error.hint));
  }
}

function backButton(back) {
  return h("button", { type: "button", class: "jb-quiet jb-back", onclick: back }, say("allDocuments"));
}

function draw(place, { record, facts, findings, at, caller, back }) {
  const doc = new DocumentText(record.text, record.clauses);
  const jump = (start, end = start) => {
    doc.mark(end > start ? [{ start, end, current: true }] : []);
    doc.show(start);
    setAddress("library", { document: record.id, at: String(start) });
  };
  putSums(doc, facts, jump);
  const outline = outlineOf(record.text, record.clauses);
  fill(
    place,
    h("div", { class: "jb-row jb-doc-top" }, backButton(back), isAdmin(caller) ? removeButton(record, back) : null),
    heading(record),
    findings.length ? findingsBox(findings, jump) : null,
    h(
      "div",
      { class: "jb-doc-grid" },
      outlineBox(outline, jump),
      h("section", { class: "jb-card jb-doc-card", "aria-label": say("wholeText") }, searchBar(doc), doc.element),
    ),
  );
  openAt(doc, at, facts);
}

// The address names a character; where a fact or a clause begins there, it is marked whole.
function openAt(doc, at, facts) {
  if (at === null || at < 0 || at >= doc.text.length) return;
  const fact = facts.find((one) => one.start === at || one.figure_start === at);
  if (fact) doc.mark([{ start: fact.start, end: fact.end, current: true }]);
  doc.show(at);
}

function heading(record) {
  const told = [
    ["number", record.document_number],
    ["issuer", record.issuer],
    ["region", record.region],
    ["column.published", record.published],
    ["column.from", record.in_force_from],
    ["column.until", record.in_force_until],
    ["kindOf", has(`kind.${record.kind}`) ? say(`kind.${record.kind}`) : record.kind],
    ["column.facts", record.facts === undefined ? null : String(record.facts)],
  ];
  return h(
    "header",
    { class: "jb-doc-head" },
    h("h2", { tabindex: "-1" }, record.title, " ", record.standing ? standingBadge(record) : null),
    h("dl", { class: "jb-doc-facts" }, told.map(([name, value]) => h("div", {}, h("dt", {}, say(name)), h("dd", {}, value || h("span", { class: "jb-soft" }, say("notPrinted")))))),
    versionsOf(record),
    h("p", { class: "jb-small" }, h("a", { href: `/documents/${encodeURIComponent(record.id)}`, target: "_blank", rel: "noopener noreferrer" }, say("printable"), h("span", { class: "jb-hidden" }, say("newWindow")))),
  );
}

// Which newer version takes this one's place, and which older ones it takes the place of.
function versionsOf(record) {
  const link = (id) => h("a", { href: `#library?document=${encodeURIComponent(id)}` }, id);
  const told = [];
  if (record.uploaded) told.push(h("p", { class: "jb-small" }, say("uploadedFrom", { source: record.source })));
  if (record.superseded_by) told.push(h("p", { class: "jb-notice" }, say("supersededFrom", { day: record.superseded_from }), link(record.superseded_by)));
  if (record.supersedes && record.supersedes.length) told.push(h("p", { class: "jb-small" }, say("supersedesThese"), record.supersedes.flatMap((id) => [" ", link(id)])));
  return told;
}

function outlineBox(outline, jump) {
  const entries = outline.map((one) =>
    h("li", { class: `jb-depth-${Math.min(one.depth, 3)}` }, h("button", { type: "button", class: one.head ? "jb-outline-head" : "", title: one.locator || one.label, onclick: () => jump(one.start) }, one.label)),
  );
  const list = entries.length ? h("ol", {}, entries) : h("p", { class: "jb-soft jb-small" }, say("noOutline"));
  const box = h("details", { class: "jb-outline", open: window.matchMedia("(min-width: 900px)").matches }, h("summary", {}, say("outline")), list);
  return h("nav", { "aria-label": say("outline") }, box);
}

// The sums that a clause grants, at its margin, each with what it is for.
function putSums(doc, facts, jump) {
  const byBlock = new Map();
  doc.element.classList.toggle("jb-no-sums", !facts.length);
  for (const fact of facts) {
    const block = doc.blockAt(fact.start);
    if (block) byBlock.set(block, [...(byBlock.get(block) || []), fact]);
  }
  for (const [block, held] of byBlock) {
    block.element.classList.add("jb-block-award");
    const sums = held.map((fact) => sum(fact, jump));
    const rest = sums.splice(SUMS_SHOWN);
    fill(
      block.margin,
      h("ul", { "aria-label": say("sumsHere") }, sums),
      rest.length ? h("details", {}, h("summary", {}, say("moreSums", { count: rest.length })), h("ul", {}, rest)) : null,
    );
  }
}

function sum(fact, jump) {
  return h("li", {}, h("button", { type: "button", class: "jb-link jb-margin-sum", onclick: () => jump(fact.start, fact.end) }, fact.sum), h("span", { class: "jb-soft" }, fact.name));
}

function findingsBox(findings, jump) {
  const rows = findings.map((one) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "jb-link", onclick: () => jump(one.start, one.end) }, one.locator || say("wholeText")),
      h("span", { class: "jb-badge jb-warn" }, has(`lint.${one.code}`) ? say(`lint.${one.code}`) : one.code),
      h("span", {}, one.message),
    ),
  );
  return h(
    "details",
    { class: "jb-card jb-findings", open: findings.length <= FINDINGS_OPEN },
    h("summary", {}, say("findings", { count: findings.length })),
    h("ul", {}, rows),
    h("p", { class: "jb-soft jb-small" }, say("findingsNote")),
  );
}
