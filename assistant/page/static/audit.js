// The last entries of the audit log, for administrators.
import { Refused, call, fill, h, notice } from "./dom.js";
import { endedSession } from "./sign-in.js";
import { clockTime } from "./times.js";
import { say } from "./words.js";

const COLUMNS = ["at", "door", "question", "region", "status", "caller", "elapsed_ms", "index_version"];
const ENTRIES = 100;

export async function drawAudit(place) {
  fill(place, notice(say("loading")));
  try {
    const { items } = await call(`/api/audit?limit=${ENTRIES}`);
    fill(place, items.length ? table(items) : notice(say("auditNone")));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!endedSession(error)) fill(place, notice(error.message, error.hint));
  }
}

function table(entries) {
  return h(
    "div",
    { class: "jb-table-frame" },
    h(
      "table",
      { class: "jb-audit" },
      h("caption", {}, say("auditCaption")),
      h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", { scope: "col" }, say(`audit.${name}`))))),
      h("tbody", {}, entries.map((entry) => h("tr", {}, COLUMNS.map((name) => h("td", {}, cell(name, entry[name])))))),
    ),
  );
}

function cell(name, value) {
  if (value === null || value === undefined || value === "") return "—";
  if (name === "at") return clockTime(value);
  return name === "elapsed_ms" ? Number(value).toFixed(1) : String(value);
}
