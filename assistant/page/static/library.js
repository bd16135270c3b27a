// The 文库 tab: all documents as a table or on a line of time; one document with its text; the staff's adding and removing.
import { Refused, call, fill, h, kept, notice, settled } from "./dom.js";
import { openDocument } from "./document-view.js";
import { intakePanel } from "./indexing.js";
import { addressed, setAddress } from "./shell.js";
import { isStaff, watchCaller, whoBar } from "./sign-in.js";
import { uploadsPanel } from "./uploads.js";
import { STANDINGS, standingBadge } from "./standing.js";
import { drawTimeline } from "./timeline.js";
import { say } from "./words.js";

const COLUMNS = ["document", "region", "published", "from", "until", "standing", "clauses", "facts"];

let following = null; // the listener on the address, of the view that was started last

export function start(element) {
  const state = { documents: [], shape: kept.read("library.shape") === "line" ? "line" : "table", sort: "region", caller: null, wanted: { region: "", standing: "", text: "" } };
  const place = h("div", { class: "jb-library" });
  fill(element, place);
  const view = { place, state, list: null };
  if (following) window.removeEventListener("hashchange", following);
  following = () => location.hash.startsWith("#library") && show(view);
  window.addEventListener("hashchange", following);
  watchCaller(element, (caller) => {
    state.caller = caller;
    show(view);
  });
}

async function show(view) {
  const id = addressed("library").get("document");
  if (id) return showDocument(view, id);
  view.opened = "";
  try {
    if (!view.state.documents.length) fill(view.place, notice(say("loading")));
    view.state.documents = (await call("/api/documents")).documents;
    if (!addressed("library").get("document")) drawList(view);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fill(view.place, notice(error.message, error.hint), again(() => show(view)));
  }
}

async function showDocument(view, id) {
  const at = Number.parseInt(addressed("library").get("at") || "", 10);
  const key = JSON.stringify([id, at, view.state.caller && view.state.caller.role]);
  if (view.opened === key) return;
  view.opened = key;
  const back = () => {
    setAddress("library");
    show(view);
  };
  await openDocument(view.place, { id, at: Number.isNaN(at) ? null : at, caller: view.state.caller, back });
}

function again(onclick) {
  return h("button", { type: "button", class: "jb-quiet", onclick }, say("tryAgain"));
}

function open(view, id) {
  setAddress("library", { document: id });
  showDocument(view, id);
  view.place.scrollIntoView({ block: "start" });
}

function drawList(view) {
  const { state } = view;
  const results = h("div", { class: "jb-library-results" });
  const count = h("p", { class: "jb-soft", role: "status", "aria-live": "polite" });
  const redraw = () => drawResults(view, results, count);
  fill(
    view.place,
    h("div", { class: "jb-library-head" }, filters(state, redraw), shapes(state, redraw)),
    isStaff(state.caller) ? staffPanels(view) : null,
    h("div", { class: "jb-row jb-library-count" }, count),
    results,
  );
  redraw();
}

function staffPanels(view) {
  const waiting = uploadsPanel(view.state.caller, () => show(view));
  return [whoBar(view.state.caller), intakePanel(() => waiting.dispatchEvent(new Event("jb-sent"))), waiting];
}

function filters(state, redraw) {
  const regions = [...new Set(state.documents.map((one) => one.region))].sort((a, b) => a.localeCompare(b, "zh-CN"));
  const region = choice("region", state, redraw, [["", say("anyRegion")], ...regions.map((name) => [name, name])]);
  const standing = choice("standing", state, redraw, [["", say("anyStanding")], ...STANDINGS.map((code) => [code, say(`standing.${code}`)])]);
  const text = h("input", { type: "search", value: state.wanted.text, placeholder: say("findDocumentsHint") });
  text.addEventListener("input", settled(() => {
    state.wanted.text = text.value;
    redraw();
  }));
  return h(
    "div",
    { class: "jb-library-filters", role: "search" },
    h("label", { class: "jb-field" }, say("findDocuments"), text),
    h("label", { class: "jb-field" }, say("region"), region),
    h("label", { class: "jb-field" }, say("standing"), standing),
  );
}

function choice(name, state, redraw, options) {
  const select = h("select", {}, options.map(([value, label]) => h("option", { value, selected: state.wanted[name] === value }, label)));
  select.addEventListener("change", () => {
    state.wanted[name] = select.value;
    redraw();
  });
  return select;
}

function shapes(state, redraw) {
  const buttons = ["table", "line"].map((shape) => {
    const button = h("button", { type: "button", class: "jb-quiet", "data-shape": shape }, say(`shape.${shape}`));
    button.addEventListener("click", () => {
      state.shape = shape;
      kept.write("library.shape", shape);
      press();
      redraw();
    });
    return button;
  });
  const press = () => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.shape === state.shape)));
  press();
  return h("div", { class: "jb-switch", role: "group", "aria-label": say("shape") }, buttons);
}

function drawResults(view, results, count) {
  const { state } = view;
  const found = wanted(state);
  count.textContent = say("documentCount", { found: found.length, all: state.documents.length });
  if (!found.length) return fill(results, notice(say("nothing")));
  if (state.shape === "table") return fill(results, table(found, (id) => open(view, id)));
  return drawTimeline(results, { documents: found, standing: standingBadge, sort: state.sort, open: (id) => open(view, id), sorted: (sort) => {
    state.sort = sort;
    drawResults(view, results, count);
  } });
}

function wanted({ documents, wanted: { region, standing, text } }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return documents.filter((one) => {
    const searched = [one.title, one.region, one.issuer, one.document_number, one.id].join(" ").toLowerCase();
    return (!region || one.region === region) && (!standing || one.standing.code === standing) && words.every((word) => searched.includes(word));
  });
}

function table(documents, opened) {
  return h(
    "div",
    { class: "jb-table-frame" },
    h(
      "table",
      { class: "jb-documents" },
      h("caption", { class: "jb-hidden" }, say("tab.library")),
      h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", { scope: "col", class: isCount(name) ? "jb-number" : "" }, say(`column.${name}`))))),
      h("tbody", {}, documents.map((one) => row(one, opened))),
    ),
  );
}

function row(one, opened) {
  const title = h("button", { type: "button", class: "jb-link", onclick: () => opened(one.id) }, one.title);
  const cells = { region: one.region, published: one.published, from: one.in_force_from, until: one.in_force_until, standing: standingBadge(one), clauses: String(one.clauses), facts: String(one.facts) };
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, title, h("div", { class: "jb-soft jb-small" }, [one.document_number, one.uploaded ? say("uploadedDocument") : one.added ? say("ownDocument") : null, one.superseded_by ? say("hasNewer", { id: one.superseded_by }) : null].filter(Boolean).join(" · "))),
    COLUMNS.slice(1).map((name) => h("td", { class: isCount(name) ? "jb-number" : "", "data-name": say(`column.${name}`) }, cells[name] || h("span", { class: "jb-soft" }, "—"))),
  );
}

function isCount(name) {
  return name === "clauses" || name === "facts";
}
