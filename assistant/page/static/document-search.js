// The search inside a document: as it is typed, Enter for the next place, Shift+Enter for the one before.
import { h, settled } from "./dom.js";
import { findAll } from "./document-text.js";
import { say } from "./words.js";

export function searchBar(doc) {
  const state = { found: [], now: 0 };
  const input = h("input", { type: "search", maxlength: "100", placeholder: say("findHereHint"), "aria-label": say("findHere") });
  const count = h("span", { class: "jb-soft jb-small jb-find-count", role: "status", "aria-live": "polite" });
  const show = () => {
    const none = input.value.trim() ? say("findNone") : "";
    count.textContent = state.found.length ? `${state.now + 1} / ${state.found.length}` : none;
    doc.mark(state.found.map((range, number) => ({ ...range, current: number === state.now })));
    if (state.found.length) doc.show(state.found[state.now].start);
  };
  const look = () => {
    state.sought = input.value;
    state.found = findAll(doc.text, input.value);
    state.now = 0;
    show();
  };
  const step = (by) => {
    if (input.value !== state.sought) return look();
    if (!state.found.length) return;
    state.now = (state.now + by + state.found.length) % state.found.length;
    show();
  };
  input.addEventListener("input", settled(() => input.value !== state.sought && look(), 150));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  });
  return h(
    "div",
    { class: "jb-find", role: "search" },
    input,
    count,
    h("button", { type: "button", class: "jb-quiet", onclick: () => step(-1) }, say("findPrevious")),
    h("button", { type: "button", class: "jb-quiet", onclick: () => step(1) }, say("findNext")),
  );
}
