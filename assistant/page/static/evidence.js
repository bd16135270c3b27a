// The clauses that an answer rests on, each in its place in the document, the quotation highlighted.
import { badge, copyButton, fill, h } from "./dom.js";
import { say } from "./words.js";

export function drawEvidence(place, turn) {
  const shown = turn && turn.answer ? turn.answer.evidence : [];
  const body = shown.length ? shown.map((one) => card(one, turn)) : [h("p", { class: "jb-soft" }, say("evidenceEmpty"))];
  fill(place, h("h2", { class: "jb-evidence-head" }, say("evidence")), body);
}

// Once it is on the page: let each quotation stand in view within its passage.
export function showQuotes(place) {
  for (const mark of place.querySelectorAll(".jb-passage mark")) mark.parentElement.scrollTop = Math.max(0, mark.offsetTop - 24);
}

// Bring a card into view and tell it apart from the others.
export function pointAt(place, turn, marker) {
  for (const other of place.querySelectorAll(".jb-evidence-card")) other.classList.remove("jb-pointed");
  const found = place.querySelector(`#${cardId(turn, marker)}`);
  if (!found) return;
  found.classList.add("jb-pointed");
  found.scrollIntoView({ block: "nearest" });
  found.focus({ preventScroll: true });
}

function cardId(turn, marker) {
  return `jb-card-${turn.id}-${marker}`;
}

function card(one, turn) {
  const about = [one.region, one.locator, one.number].filter(Boolean).join(" · ");
  return h(
    "article",
    { class: "jb-card jb-evidence-card", id: cardId(turn, one.marker), tabindex: "-1", "aria-label": `${say("basis")} ${one.marker}` },
    h(
      "header",
      { class: "jb-card-head" },
      h("span", { class: "jb-marker" }, `[${one.marker}]`),
      h("div", { class: "jb-source" }, h("strong", {}, one.title), h("span", { class: "jb-soft" }, about)),
      badge(one.badge),
    ),
    h("blockquote", { class: "jb-passage", tabindex: "0" }, h("span", {}, one.before), h("mark", {}, one.quote), h("span", {}, one.after)),
    h(
      "footer",
      { class: "jb-card-foot" },
      one.link ? h("a", { href: one.link, target: "_blank", rel: "noopener noreferrer" }, say("fullText"), h("span", { class: "jb-hidden" }, say("newWindow"))) : null,
      copyButton(say("copyQuote"), () => `“${one.quote}”——${one.title}${one.number ? `（${one.number}）` : ""}${one.locator}`),
    ),
  );
}
