// Under each answer: copy, helpful or not, and the form that says what is wrong.
import { Refused, call, copyButton, fill, h, notice } from "./dom.js";
import { asText } from "./turn.js";
import { say } from "./words.js";

const REASON_CHARACTERS = 500;

export function feedbackRow(turn) {
  const place = h("div", { class: "jb-feedback-form" });
  const give = (verdict) => send(turn, { verdict }, place);
  return h(
    "div",
    { class: "jb-feedback" },
    copyButton(say("copyAnswer"), () => asText(turn)),
    h("span", { class: "jb-gap" }),
    quiet(say("helpful"), () => give("up")),
    quiet(say("unhelpful"), () => give("down")),
    quiet(say("wrong"), () => openForm(turn, place)),
    place,
  );
}

function quiet(label, onclick) {
  return h("button", { type: "button", class: "jb-quiet", onclick }, label);
}

function openForm(turn, place) {
  const reason = h("textarea", { id: `jb-reason-${turn.id}`, rows: 2, maxlength: String(REASON_CHARACTERS), required: true });
  const expected = h("input", { id: `jb-expected-${turn.id}`, maxlength: String(REASON_CHARACTERS) });
  const form = h(
    "form",
    { class: "jb-form" },
    h("label", { class: "jb-field" }, say("wrongReason"), reason),
    h("label", { class: "jb-field" }, say("wrongExpected"), expected),
    h("div", { class: "jb-row" }, h("button", { class: "jb-main-button" }, say("send")), quiet(say("cancel"), () => fill(place))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(turn, { verdict: "wrong", reason: reason.value.trim(), expected: expected.value.trim() }, place);
  });
  fill(place, form);
  reason.focus();
}

async function send(turn, said, place) {
  const body = {
    question: turn.question,
    history: turn.history || [],
    region: turn.region || null,
    as_of: turn.answer.as_of,
    answer: turn.answer.answer,
    status: turn.answer.status,
    ...said,
  };
  try {
    const { ticket } = await call("/api/feedback", { method: "POST", body });
    fill(place, notice(say("thanks", { ticket })));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place.append(notice(error.message, error.hint));
  }
}
