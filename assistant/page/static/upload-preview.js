// What was read of files that wait for review: heads, sums, doubts, hidden text, what differs from the library, the text.
import { h } from "./dom.js";
import { has, say } from "./words.js";

const HEADS = [["region", "region"], ["number", "document_number"], ["issuer", "issuer"], ["column.published", "published"], ["column.from", "in_force_from"], ["column.until", "in_force_until"]];

// → { element, chosen }: `chosen()` lists which document takes which older one's place, as the reviewer ticked it.
export function previewOf(preview, decides) {
  const boxes = [];
  const element = h("div", { class: "jb-preview" }, preview.files.map(fileNotes), preview.documents.map((one) => documentRead(one, decides, boxes)));
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ document, older }) => ({ document, older }));
  return { element, chosen };
}

function fileNotes(file) {
  const hidden = file.hidden.map((one) => h("li", {}, say("hiddenText", { how: one.how, text: one.text })));
  const unsure = file.unsure.map((one) => h("li", {}, say("unsureLine", { page: one.page, share: Math.round(one.confidence * 100), text: one.text })));
  const notes = file.notes.map((one) => h("li", {}, one));
  const all = [...hidden, ...unsure, ...notes];
  if (!all.length) return null;
  return h("div", { class: "jb-preview-notes" }, h("p", {}, say("fileNotes", { name: file.name, form: file.form })), h("ul", {}, all));
}

function documentRead(one, decides, boxes) {
  const heads = HEADS.filter(([, field]) => one[field]).map(([key, field]) => h("div", {}, h("dt", {}, say(key)), h("dd", {}, one[field])));
  return h(
    "section",
    { class: "jb-preview-document", "aria-label": one.title },
    h("h3", {}, one.title),
    one.known ? h("p", { class: "jb-notice" }, say("knownText")) : null,
    h("dl", { class: "jb-doc-facts" }, heads),
    one.near.map((near) => h("p", { class: "jb-notice" }, say("nearCopy", { title: near.title, share: Math.round(near.share * 100) }))),
    versions(one, decides, boxes),
    conflicts(one.conflicts),
    sums(one.facts),
    places(one),
    h("details", {}, h("summary", {}, say("wholeText")), h("pre", { class: "jb-preview-text", tabindex: "0" }, one.text)),
  );
}

function versions(one, decides, boxes) {
  return one.supersedes.map((older) => {
    const said = say("newerVersion", { title: older.title, id: older.document });
    if (!decides) return h("p", {}, said);
    const box = h("input", { type: "checkbox", checked: true });
    boxes.push({ box, document: one.id, older: older.document });
    return h("label", { class: "jb-check" }, box, said);
  });
}

function conflicts(list) {
  if (!list.length) return null;
  const rows = list.map((one) => [one.here, say("placeThere", { title: one.title, place: one.locator }), one.theirs, one.ours]);
  return table("whatDiffers", ["clause", "storedPlace", "storedFigure", "sentFigure"], rows);
}

function sums(facts) {
  if (!facts.length) return h("p", { class: "jb-soft" }, say("noSumsRead"));
  return table("sumsRead", ["clause", "whatFor", "sum", "quote"], facts.map((one) => [one.locator, one.subject, one.amount, one.quote]));
}

function places(one) {
  const all = [...one.rejects, ...one.findings];
  if (!all.length) return null;
  const label = (place) => (has(`lint.${place.code}`) ? say(`lint.${place.code}`) : place.message);
  return h("div", {}, h("p", {}, say("findings", { count: all.length })), h("ul", {}, all.map((place) => h("li", {}, `${place.locator}　${label(place)}：“${place.quote}”`))));
}

function table(caption, heads, rows) {
  return h(
    "div",
    { class: "jb-table-frame", tabindex: "0", role: "region", "aria-label": say(caption) },
    h(
      "table",
      {},
      h("caption", {}, say(caption)),
      h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, say(name))))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))))),
    ),
  );
}
