// 速查: the whole ledger, narrowed as one types; a row opens its clause and the reply to read out; some are compared.
import { fill, h, notice, settled } from "./dom.js";
import { drawCompare, MAX_COMPARED } from "./compare.js";
import { loadLedger, matching, ordered, today } from "./ledger.js";
import { drawFilters, FILTERS } from "./ledger-filters.js";
import { drawTable } from "./ledger-table.js";
import { showClause } from "./reply-card.js";
import { addressed, setAddress } from "./shell.js";
import { say } from "./words.js";

let living = new AbortController(); // one mounted view at a time: a later start ends the listeners of an earlier one

export function start(element) {
  living.abort();
  living = new AbortController();
  const root = element.querySelector(".jb-root") || element;
  new Lookup(root, living.signal).begin();
}

class Lookup {
  constructor(root, signal) {
    this.signal = signal;
    this.root = root;
    this.facts = [];
    this.day = "";
    this.readAddress();
    this.filters = drawFilters(settled((wanted) => this.filter(wanted), 20));
    this.table = drawTable({
      open: (fact) => this.open(fact),
      pick: (fact) => this.pick(fact),
      sort: (column) => this.sort(column),
      leave: () => this.filters.text.focus(),
    });
    this.compare = drawCompare({
      change: (regions) => this.update({ regions }),
      open: (fact) => this.open(fact),
      back: () => this.update({ comparing: false }, true),
    });
    this.count = h("span", { "aria-live": "polite", role: "status" });
    this.bar = h("div", { class: "jb-lookup-bar" });
    this.panel = h("aside", { class: "jb-clause jb-card", "aria-label": say("lookup.panel"), hidden: true });
    this.view = h("div", { class: "jb-lookup-view" });
  }

  begin() {
    fill(this.root, h("div", { class: "jb-lookup" }, this.filters.element, this.bar, h("div", { class: "jb-lookup-body" }, this.view, this.panel)));
    const { signal } = this;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    window.addEventListener("hashchange", () => location.hash.startsWith("#lookup") && this.restore(), { signal });
    this.filters.write(this.wanted);
    if (matchMedia("(min-width: 641px)").matches) this.filters.text.focus(); // on a phone the keyboard would cover the table
    return this.load();
  }

  readAddress() {
    const given = addressed("lookup");
    const listed = (name) => (given.get(name) || "").split(",").filter(Boolean).slice(0, MAX_COMPARED);
    this.wanted = Object.fromEntries(FILTERS.map((name) => [name, (given.get(name) || "").slice(0, 200)]));
    if (!/^\d{4}-\d\d-\d\d$/.test(this.wanted.as_of)) this.wanted.as_of = "";
    this.order = { sort: given.get("sort") || "", down: given.get("down") === "1" };
    this.opened = given.get("open") || "";
    this.picked = new Set(listed("pick"));
    this.regions = listed("regions");
    this.comparing = given.get("compare") === "1";
  }

  restore() {
    this.readAddress();
    this.filters.write(this.wanted);
    return this.load();
  }

  async load() {
    this.day = this.wanted.as_of || today();
    const { day } = this;
    fill(this.view, notice(say("loading")));
    try {
      const facts = await loadLedger(day, this.signal);
      if (day !== this.day) return; // another day was chosen meanwhile
      this.facts = facts;
    } catch (error) {
      if (error.name !== "AbortError") this.fail(error);
      return;
    }
    this.filters.offer(this.facts);
    this.arrange();
    this.draw();
    const open = this.facts.find((fact) => fact.id === this.opened);
    if (open) this.open(open);
    else this.shut();
  }

  fail(error) {
    const again = h("button", { type: "button", class: "jb-quiet", onclick: () => this.load() }, say("lookup.again"));
    fill(this.bar);
    fill(this.view, h("div", { class: "jb-lookup-none", role: "alert" }, h("p", {}, error.message, " ", error.hint || ""), again));
  }

  filter(wanted) {
    const same = FILTERS.every((name) => (wanted[name] || "") === (this.wanted[name] || ""));
    if (same) return; // leaving the box is a change too; redrawing would take the focus off the row
    const before = this.wanted.as_of || "";
    this.wanted = wanted;
    this.remember();
    if (wanted.as_of === before) this.draw();
    else this.load();
  }

  sort(column) {
    const again = this.order.sort === column;
    this.order = again && this.order.down ? { sort: "", down: false } : { sort: column, down: again };
    this.arrange();
    this.update({});
  }

  arrange() {
    this.inOrder = ordered(this.facts, this.order.sort, this.order.down); // once, not at every key
  }

  pick(fact) {
    if (this.picked.has(fact.id)) this.picked.delete(fact.id);
    else if (this.picked.size < MAX_COMPARED) this.picked.add(fact.id);
    this.remember();
    this.drawBar();
    return this.picked.has(fact.id);
  }

  update(changes, toTable = false) {
    Object.assign(this, changes);
    this.remember();
    this.draw();
    if (toTable) this.table.focus(this.opened);
  }

  draw() {
    this.shown = matching(this.inOrder || [], this.wanted, !this.order.sort);
    this.drawBar();
    if (!this.facts.length) return fill(this.view, h("p", { class: "jb-lookup-none" }, say("lookup.empty")));
    if (this.comparing) {
      this.compare.show({ facts: this.facts, wanted: this.wanted, picked: this.picked, regions: this.regions });
      return fill(this.view, this.compare.element);
    }
    if (this.view.firstChild !== this.table.element) fill(this.view, this.table.element, h("p", { class: "jb-keys jb-soft" }, say("lookup.keys")));
    return this.table.show(this.shown, { ...this.order, picked: this.picked, open: this.opened });
  }

  drawBar() {
    this.count.textContent = say("lookup.count", { shown: this.shown.length, total: this.facts.length });
    const { size } = this.picked;
    const button = (label, onclick) => h("button", { type: "button", class: "jb-quiet", onclick }, label);
    const drop = () => this.update({ picked: new Set() });
    fill(
      this.bar,
      this.count,
      FILTERS.some((name) => this.wanted[name]) ? this.filters.clear : null,
      h("span", { class: "jb-gap" }),
      size ? button(say("compare.drop"), drop) : null,
      this.comparing ? null : button(say(size > 1 ? "compare.picked" : "compare.open", { count: size }), () => this.update({ comparing: true })),
      h("span", { class: "jb-soft" }, say("lookup.export")),
      ["csv", "xlsx"].map((kind) => h("a", { class: "jb-quiet", href: this.tableAt(kind), download: true }, say(`lookup.${kind}`))),
    );
  }

  tableAt(kind) {
    const query = new URLSearchParams(Object.entries({ ...this.wanted, as_of: this.day }).filter(([, value]) => value));
    return `/api/facts.${kind}?${query}`;
  }

  remember() {
    setAddress("lookup", {
      ...this.wanted,
      sort: this.order.sort,
      down: this.order.down ? "1" : "",
      open: this.opened,
      pick: [...this.picked].join(","),
      compare: this.comparing ? "1" : "",
      regions: this.regions.join(","),
    });
  }

  open(fact) {
    this.opened = fact.id;
    this.remember();
    this.table.mark(fact.id);
    this.root.classList.add("jb-with-clause");
    const basis = this.facts.filter((one) => fact.rests_on.includes(one.id));
    showClause(this.panel, fact, { day: this.day, basis, close: () => this.close() });
  }

  close() {
    const { opened } = this;
    this.shut();
    this.remember();
    if (!this.comparing) this.table.focus(opened);
  }

  shut() {
    this.opened = "";
    this.panel.hidden = true;
    this.root.classList.remove("jb-with-clause");
    this.table.mark("");
  }

  onKey(event) {
    if (!this.root.offsetParent || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const empty = event.target === this.filters.text && !this.filters.text.value;
    const typing = event.target.closest("input, select, textarea") && !empty;
    if (event.key === "Escape" && !this.panel.hidden) this.close();
    else if (event.key === "/" && !typing) {
      event.preventDefault();
      this.filters.text.select();
      this.filters.text.focus();
    } else if (event.key === "ArrowDown" && event.target === this.filters.text) {
      event.preventDefault();
      this.table.focus("");
    }
  }
}
