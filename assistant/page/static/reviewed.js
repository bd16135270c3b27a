// The reviewed answers in force: for everybody to read, for the staff to withdraw.
import { Refused, call, fill, h, notice } from "./dom.js";
import { endedSession, isStaff } from "./sign-in.js";
import { say } from "./words.js";

export async function drawReviewed(place, caller) {
  fill(place, h("h2", {}, say("reviewedHead")), notice(say("loading")));
  try {
    const { items } = await call("/api/reviewed?limit=200");
    const body = items.length ? h("ul", { class: "jb-reviewed-list" }, items.map((one) => entry(one, place, caller))) : notice(say("reviewedNone"));
    fill(place, h("h2", {}, say("reviewedHead")), body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fill(place, h("h2", {}, say("reviewedHead")), notice(error.message, error.hint));
  }
}

function entry(one, place, caller) {
  return h(
    "li",
    { class: "jb-card" },
    h("h3", {}, one.question, one.region ? h("span", { class: "jb-badge" }, one.region) : null),
    h("p", { class: "jb-reviewed-answer" }, one.answer),
    h("div", { class: "jb-row jb-soft jb-small" }, say("reviewedBy", { name: one.reviewer, day: one.reviewed_on }), isStaff(caller) ? withdrawal(one, place, caller) : null),
  );
}

function withdrawal(one, place, caller) {
  const row = h("span", { class: "jb-row" });
  const button = (key, look, onclick) => h("button", { type: "button", class: `jb-quiet ${look}`, onclick }, say(key));
  const offer = () => fill(row, button("withdraw", "jb-danger", ask));
  const ask = () => fill(row, h("span", {}, say("withdrawSure")), button("withdrawYes", "jb-danger", withdraw), button("cancel", "", offer));
  const withdraw = async () => {
    try {
      await call(`/api/reviewed/${encodeURIComponent(one.id)}/withdraw`, { method: "POST", body: {} });
      await drawReviewed(place, caller);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!endedSession(error)) fill(row, notice(error.message, error.hint));
    }
  };
  offer();
  return row;
}
