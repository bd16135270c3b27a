// The list of conversations: open, rename, delete, begin a new one.
import { fill, h } from "./dom.js";
import { nameOf } from "./talks.js";
import { say } from "./words.js";

// on: { open(talk), rename(talk, name), remove(talk), begin() }
export function drawTalkList(place, talks, current, on) {
  const rows = talks.filter((talk) => talk.turns.length || talk.away).map((talk) => row(talk, talk.id === current.id, on));
  return fill(
    place,
    h("button", { type: "button", class: "jb-main-button jb-new", onclick: on.begin }, say("newTalk")),
    h("ul", { class: "jb-talk-rows" }, rows),
    h("p", { class: "jb-soft jb-small" }, say("keptHere")),
  );
}

function row(talk, open, on) {
  const name = nameOf(talk, say("untitled"));
  const made = h(
    "li",
    { class: open ? "jb-open" : "" },
    h("button", { type: "button", class: "jb-talk-name", title: name, "aria-current": open ? "true" : null, onclick: () => on.open(talk) }, name),
    h("button", { type: "button", class: "jb-quiet", "aria-label": `${say("rename")} ${name}`, onclick: () => askName(made, talk, name, on) }, say("rename")),
    h("button", { type: "button", class: "jb-quiet", "aria-label": `${say("delete")} ${name}`, onclick: () => askSure(made, talk, name, on) }, say("delete")),
  );
  return made;
}

function askName(place, talk, name, on) {
  const box = h("input", { "aria-label": say("newName"), maxlength: "60" });
  box.value = name;
  const form = h("form", { class: "jb-row" }, box, h("button", { class: "jb-quiet" }, say("save")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    on.rename(talk, box.value.trim());
  });
  box.addEventListener("keydown", (event) => event.key === "Escape" && on.rename(talk, talk.name));
  fill(place, form);
  box.select();
}

function askSure(place, talk, name, on) {
  const sure = h("button", { type: "button", class: "jb-quiet jb-danger", onclick: () => on.remove(talk) }, say("delete"));
  const no = h("button", { type: "button", class: "jb-quiet", onclick: () => on.rename(talk, talk.name) }, say("cancel"));
  fill(place, h("div", { role: "alertdialog", "aria-label": say("delete") }, h("p", { class: "jb-small" }, say("confirmDelete", { name })), h("div", { class: "jb-row" }, sure, no)));
  no.focus();
}
