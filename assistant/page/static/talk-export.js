// The conversation as a file. The server asks each question again and writes the file itself: nobody can put words
// into an answer that goes out under our name.
import { Refused, call, download, fill, h, notice } from "./dom.js";
import { nameOf } from "./talks.js";
import { say } from "./words.js";

const MAX_TURNS = 50;

export function exportMenu(current) {
  const told = h("div", { role: "status" });
  const choose = (format) => h("button", { type: "button", class: "jb-quiet", onclick: () => save(current(), format, told) }, say(`export.${format}`));
  const print = h("button", { type: "button", class: "jb-quiet", onclick: () => window.print() }, say("export.print"));
  return h("details", { class: "jb-export" }, h("summary", {}, say("export")), choose("docx"), choose("md"), print, told);
}

async function save(talk, format, told) {
  const turns = talk.turns.filter((turn) => turn.answer).slice(-MAX_TURNS);
  if (!turns.length) return fill(told, notice(say("exportEmpty")));
  fill(told, notice(say("exporting")));
  const title = nameOf(talk, say("untitled"));
  const body = { format, title, turns: turns.map((turn) => ({ question: turn.question, as_of: turn.answer.as_of, region: turn.region || null })) };
  try {
    download(await call("/api/export", { method: "POST", body }), `${title.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 40)}.${format}`);
    fill(told);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fill(told, notice(error.message, error.hint));
  }
}
