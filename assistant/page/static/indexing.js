// Sending documents in for review and taking them out: the form, the bar of progress, and what was read.
import { Refused, call, fill, h, notice } from "./dom.js";
import { endedSession } from "./sign-in.js";
import { say } from "./words.js";

const MAX_FILE_BYTES = 2 * 1024 * 1024;
const BATCH_BYTES = 2_900_000; // base64 makes a third more of it; a request may have 4 MB
const MAX_FILES = 20; // in a request
const LOOK_AGAIN_MS = 400;
const PIECE_BYTES = 0x8000;
const ENDINGS = [".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"];
const FIELDS = [["title", "text"], ["region", "text"], ["published", "date"], ["in_force_from", "date"], ["in_force_until", "date"]];
const LABELS = { title: "statedTitle", region: "region", published: "column.published", in_force_from: "column.from", in_force_until: "column.until" };

// The form that sends files in; `done` is called when something new waits.
export function intakePanel(done) {
  const files = h("input", { type: "file", accept: ENDINGS.join(","), multiple: true, required: true });
  const fields = Object.fromEntries(FIELDS.map(([name, type]) => [name, h("input", { type, maxlength: "200" })]));
  const draft = h("input", { type: "checkbox" });
  const button = h("button", { class: "jb-main-button" }, say("startIntake"));
  const told = h("div", { class: "jb-job" });
  const form = h(
    "form",
    { class: "jb-intake-form" },
    h("label", { class: "jb-field jb-wide" }, say("intakeFiles"), files),
    FIELDS.map(([name]) => h("label", { class: "jb-field" }, say(LABELS[name]), fields[name])),
    h("label", { class: "jb-check" }, draft, say("statedDraft")),
    h("p", { class: "jb-soft jb-small jb-wide" }, say("intakeHint")),
    h("div", { class: "jb-row jb-wide" }, button),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await takeIn([...files.files], statedIn(fields, draft), told, done);
    } finally {
      button.disabled = false;
    }
  });
  return h("details", { class: "jb-card jb-intake" }, h("summary", {}, say("intake")), form, told);
}

function statedIn(fields, draft) {
  const stated = Object.entries(fields).map(([name, input]) => [name, input.value.trim()]);
  return { ...Object.fromEntries(stated.filter(([, value]) => value)), draft: draft.checked };
}

async function takeIn(files, stated, told, done) {
  const wrong = files.find((file) => !ENDINGS.some((ending) => file.name.toLowerCase().endsWith(ending)) || file.size > MAX_FILE_BYTES || file.size === 0);
  if (wrong) return fill(told, notice(say("wrongFile", { name: wrong.name })));
  const read = [];
  const said = [];
  try {
    for (const batch of batches(files)) {
      const sent = await Promise.all(batch.map(async (file) => ({ name: file.name, content_base64: await base64(file) })));
      const job = await follow(await call("/api/documents", { method: "POST", body: { files: sent, stated } }), told);
      read.push(...job.documents);
      if (job.state === "failed") return fill(told, notice(job.message), readTable(read));
      said.push(job.message);
    }
  } catch (error) {
    return refused(error, told);
  }
  fill(told, h("p", { role: "status" }, said.join(" ")), readTable(read));
  done();
}

function refused(error, told) {
  if (!(error instanceof Refused)) throw error;
  if (!endedSession(error)) fill(told, notice(error.message, error.hint));
}

function batches(files) {
  const made = [];
  let size = BATCH_BYTES;
  for (const file of files) {
    size += file.size;
    if (size > BATCH_BYTES || made[made.length - 1].length >= MAX_FILES) {
      made.push([]);
      size = file.size;
    }
    made[made.length - 1].push(file);
  }
  return made;
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES));
  return btoa(binary);
}

// Follow a job to its end, showing how far it is.
export async function follow(job, told) {
  const bar = h("progress", { max: "100", "aria-label": say("progress") });
  const words = h("p", { role: "status", "aria-live": "polite" });
  fill(told, words, bar);
  for (;;) {
    const measured = stageOf(job) === "indexing";
    const said = say(`job.${stageOf(job)}`, { done: job.done, total: job.total });
    if (words.textContent !== said) words.textContent = said;
    if (measured) bar.value = (job.done / job.total) * 100;
    else bar.removeAttribute("value");
    if (job.state === "done" || job.state === "failed") return job;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    job = await call(`/api/jobs/${encodeURIComponent(job.id)}`);
  }
}

// While it is indexing: not begun, under way, or all embedded and being written.
function stageOf(job) {
  if (job.state !== "indexing") return job.state;
  if (!job.total) return "building";
  return job.done < job.total ? "indexing" : "writing";
}

function readTable(documents) {
  if (!documents.length) return null;
  const counts = ["clauses", "facts", "rejects"];
  return h(
    "div",
    { class: "jb-table-frame" },
    h(
      "table",
      { class: "jb-read" },
      h("caption", {}, say("whatWasRead")),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, say("column.document")), counts.map((name) => h("th", { scope: "col", class: "jb-number" }, say(`column.${name}`))))),
      h("tbody", {}, documents.map((one) => h("tr", {}, h("th", { scope: "row" }, one.title), counts.map((name) => h("td", { class: "jb-number" }, String(one[name])))))),
    ),
  );
}

// The button that takes a document out; asks once more.
export function removeButton(record, back) {
  const place = h("div", { class: "jb-row jb-remove" });
  const ask = () => fill(place, h("span", {}, say("removeSure", { title: record.title })), button("removeYes", "jb-danger", remove), button("cancel", "", offer));
  const offer = () => fill(place, button("remove", "jb-danger", ask));
  const remove = async () => {
    try {
      const job = await follow(await call(`/api/documents/${encodeURIComponent(record.id)}`, { method: "DELETE" }), place);
      fill(place, notice(job.message), job.state === "done" ? button("allDocuments", "", back) : null);
    } catch (error) {
      refused(error, place);
    }
  };
  offer();
  return place;
}

function button(key, look, onclick) {
  return h("button", { type: "button", class: `jb-quiet ${look}`, onclick }, say(key));
}
