// The ledger as a table that stays quick: only the rows in reach are drawn, more as one goes on. Keyboard first.
import { badge, fill, h } from "./dom.js";
import { standingBadge, sumBadges, sumText } from "./ledger.js";
import { say } from "./words.js";

const ROWS = 60; // drawn at once; as many again when the end comes into view
const COLUMNS = ["region", "subject", "sum", "locator", "standing"];

// on: { open(fact), pick(fact) → whether it is picked now, sort(column), leave() }
export function drawTable(on) {
  const state = { facts: [], drawn: 0, picked: new Set(), open: "" };
  const body = h("tbody");
  const heads = COLUMNS.map((column) => sortHead(column, on));
  const pickHead = h("th", { scope: "col", role: "columnheader", class: "jb-pick" }, h("span", { class: "jb-hidden" }, say("lookup.pickHead")));
  const table = h(
    "table",
    { class: "jb-ledger", role: "grid" },
    h("caption", { class: "jb-hidden" }, say("lookup.caption")),
    h("thead", {}, h("tr", { role: "row" }, pickHead, heads)),
    body,
  );
  const end = h("div", { class: "jb-ledger-end" });
  const element = h("div", { class: "jb-ledger-frame" }, table, end);
  const grow = () => {
    const more = state.facts.slice(state.drawn, state.drawn + ROWS);
    body.append(...more.map((fact, place) => row(fact, state.drawn + place, state, on)));
    state.drawn += more.length;
    return more.length > 0;
  };
  new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && grow()).observe(end);
  body.addEventListener("keydown", (event) => onKey(event, body, grow, on));
  return {
    element,
    show(facts, { sort, down, picked, open }) {
      Object.assign(state, { facts, drawn: 0, picked, open });
      heads.forEach((head, place) => head.setAttribute("aria-sort", COLUMNS[place] === sort ? (down ? "descending" : "ascending") : "none"));
      table.setAttribute("aria-rowcount", String(facts.length + 1));
      fill(body);
      element.scrollTop = 0;
      if (!grow()) fill(body, h("tr", { role: "row" }, h("td", { role: "gridcell", colspan: "6", class: "jb-none" }, say("lookup.none"))));
      else body.firstElementChild.tabIndex = 0;
    },
    mark(open) {
      state.open = open;
      for (const one of body.rows) one.setAttribute("aria-selected", String(one.dataset.id === open));
    },
    focus(id) {
      const found = [...body.rows].find((one) => one.dataset.id === id) || body.rows[0];
      if (found?.dataset.id) goTo(found, body);
    },
  };
}

function sortHead(column, on) {
  const button = h("button", { type: "button", class: "jb-sort", onclick: () => on.sort(column) }, say(`lookup.column.${column}`));
  return h("th", { scope: "col", role: "columnheader", class: `jb-col-${column}`, "aria-sort": "none" }, button);
}

function row(fact, place, state, on) {
  const pick = h("input", { type: "checkbox", tabIndex: -1, checked: state.picked.has(fact.id), "aria-label": say("lookup.pick", { subject: fact.name }) });
  pick.addEventListener("change", () => (pick.checked = on.pick(fact)));
  const cell = (column, ...inside) => h("td", { role: "gridcell", class: `jb-col-${column}` }, inside);
  const made = h(
    "tr",
    { role: "row", tabIndex: -1, "aria-rowindex": String(place + 2), "aria-selected": String(fact.id === state.open), "data-id": fact.id },
    cell("pick", pick),
    cell("region", fact.region),
    cell("subject", fact.name, fact.budget ? h("span", { class: "jb-soft" }, ` ${fact.budget}`) : null),
    cell("sum", h("strong", {}, sumText(fact)), sumBadges(fact).map(badge)),
    cell("locator", fact.locator),
    cell("standing", badge(standingBadge(fact))),
  );
  made.addEventListener("click", (event) => event.target !== pick && on.open(fact));
  made.open = () => on.open(fact);
  return made;
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

function onKey(event, body, grow, on) {
  const here = event.target.closest("tr");
  if (!here || !here.dataset.id || event.isComposing) return;
  if (event.key in STEPS) {
    const place = [...body.rows].indexOf(here) + STEPS[event.key];
    if (place >= body.rows.length) grow();
    if (place < 0 && event.key === "ArrowUp") on.leave();
    else goTo(body.rows[Math.min(Math.max(place, 0), body.rows.length - 1)], body);
  } else if (event.key === "Enter") here.open();
  else if (event.key === " " && event.target === here) here.querySelector("input").click();
  else return;
  event.preventDefault();
}

function goTo(row, body) {
  for (const one of body.querySelectorAll('tr[tabindex="0"]')) one.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}
