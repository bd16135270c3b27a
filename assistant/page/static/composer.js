// The field for a question: Enter asks, Shift+Enter breaks the line; the region is remembered, the day is not.
import { h, kept } from "./dom.js";
import { say } from "./words.js";

const QUESTION_CHARACTERS = 500;

export function drawComposer(props, ask) {
  const box = h("textarea", { id: "jb-box", rows: 1, maxlength: String(QUESTION_CHARACTERS), placeholder: say("placeholder"), autocomplete: "off" });
  const region = h("input", { id: "jb-region", list: "jb-regions", placeholder: say("anyRegion"), maxlength: "60", autocomplete: "off" });
  const day = h("input", { id: "jb-day", type: "date" });
  const send = h("button", { class: "jb-main-button", id: "jb-send" }, say("ask"));
  region.value = kept.read("region") || "";
  region.addEventListener("change", () => kept.write("region", region.value.trim()));
  const form = h(
    "form",
    { class: "jb-composer" },
    h("label", { class: "jb-field jb-field-box" }, h("span", { class: "jb-hidden" }, say("question")), box),
    send,
    h("label", { class: "jb-inline-field" }, say("region"), region),
    h("datalist", { id: "jb-regions" }, (props.regions || []).map((name) => h("option", { value: name }))),
    h("label", { class: "jb-inline-field jb-field-day" }, say("asOf"), day),
  );
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 140)}px`;
  };
  const submit = () => {
    if (ask(box.value)) box.value = "";
    grow();
    box.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return; // Enter also ends a Chinese input method's word
    event.preventDefault();
    submit();
  });
  return {
    element: form,
    region: () => region.value.trim(),
    day: () => day.value,
    busy: (is) => send.toggleAttribute("disabled", is),
    suggest: (question) => {
      box.value = question.slice(0, QUESTION_CHARACTERS);
      grow();
    },
  };
}
