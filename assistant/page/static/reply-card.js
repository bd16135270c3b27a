// 口径: what a hotline says of one fact, in a few plain lines that can be read out; and the clause that bears it out.
import { badge, copyButton, fill, h } from "./dom.js";
import { documentLink, isDoubtful, quoteParts, standingBadge, sumBadges, sumText } from "./ledger.js";
import { has, say } from "./words.js";

// `basis`: the facts that a relative sum (half of that for …) is taken of.
export function replyLines(fact, day, basis = []) {
  return [sumLine(fact), conditionLine(fact), sourceLine(fact, basis), standingLine(fact, day), say("card.disclaimer")];
}

function sumLine(fact) {
  const terms = [
    fact.yearly ? say("card.yearly") : "",
    fact.per ? say("card.per", { unit: fact.per.length > 1 ? `个${fact.per}` : fact.per }) : "",
    fact.once ? say("card.once") : "",
  ].join("");
  const budget = fact.budget ? say("card.budget", { budget: fact.budget }) : "";
  const values = { region: fact.region, subject: fact.name + budget, terms, noun: fact.noun || say("card.noun"), sum: fact.sum };
  return say("card.sum", values);
}

function conditionLine(fact) {
  const ranks = fact.ranks.length ? [say("card.ranks", { ranks: fact.ranks.join("、") })] : [];
  const conditions = [...fact.conditions, ...ranks];
  return conditions.length ? say("card.conditions", { conditions: conditions.join("；") }) : say("card.noConditions");
}

function sourceLine(fact, basis) {
  const title = fact.title.includes("《") ? fact.title : `《${fact.title}》`;
  const number = fact.document_number ? say("card.number", { number: fact.document_number }) : say("card.noNumber");
  const relative = basis.map((one) => say("card.basis", { subject: one.name, sum: one.sum, locator: one.locator })).join("");
  return say("card.source", { title, number, locator: fact.locator, relative });
}

function standingLine(fact, day) {
  return say("card.standing", { label: fact.standing.label, day }) + (isDoubtful(fact) ? say("card.doubtful") : "");
}

// The panel beside the table; `close` also runs on Esc.
export function showClause(panel, fact, { day, basis, close }) {
  panel.hidden = false;
  const [before, figure, after] = quoteParts(fact);
  fill(
    panel,
    h(
      "header",
      { class: "jb-clause-head" },
      h("h2", { tabIndex: -1 }, fact.name),
      h("button", { type: "button", class: "jb-quiet", onclick: close }, say("close")),
    ),
    h("p", { class: "jb-clause-sum" }, h("strong", {}, sumText(fact)), sumBadges(fact).map(badge)),
    replyCard(fact, day, basis),
    h("h3", {}, say("quote")),
    h("blockquote", { class: "jb-clause-quote" }, before, figure ? h("mark", {}, figure) : null, after),
    fact.anomalies.map((code) => h("p", { class: "jb-clause-doubt" }, say(has(`lookup.anomaly.${code}`) ? `lookup.anomaly.${code}` : "lookup.anomaly.other"))),
    about(fact),
    h("a", { href: documentLink(fact), target: "_blank", rel: "noopener" }, say("fullText"), h("span", { class: "jb-hidden" }, say("newWindow"))),
  );
  panel.querySelector("h2").focus({ preventScroll: true });
  panel.scrollTop = 0;
}

function replyCard(fact, day, basis) {
  const lines = replyLines(fact, day, basis);
  return h(
    "section",
    { class: "jb-reply" },
    h("header", {}, h("h3", {}, say("card.head")), copyButton(say("card.copy"), () => lines.join("\n"))),
    lines.map((line) => h("p", {}, line)),
  );
}

function about(fact) {
  const ranks = fact.ranks.length ? [say("lookup.ranks", { ranks: fact.ranks.join("、") })] : [];
  const rows = [
    ["lookup.document", fact.title],
    ["clause", fact.locator],
    ["number", fact.document_number],
    ["lookup.issuer", fact.issuer],
    ["lookup.published", fact.published],
    ["lookup.from", fact.in_force_from],
    ["lookup.until", fact.in_force_until],
    ["lookup.status", badge(standingBadge(fact))],
    ["lookup.conditions", [...fact.conditions, ...ranks].join("；")],
  ];
  const told = ([key, value]) => [h("dt", {}, say(key)), h("dd", { class: value ? null : "jb-soft" }, value || say("lookup.unstated"))];
  return h("dl", { class: "jb-clause-facts" }, rows.map(told));
}
