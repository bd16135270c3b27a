// The staff's list of files that wait for review, with what was read of them; a reviewer accepts or rejects.
import { Refused, call, fill, h, notice } from "./dom.js";
import { follow } from "./indexing.js";
import { endedSession, isReviewer } from "./sign-in.js";
import { previewOf } from "./upload-preview.js";
import { say } from "./words.js";

// The panel; `done` is called when the library has changed.
export function uploadsPanel(caller, done) {
  const list = h("div", { class: "jb-uploads-list" });
  const count = h("span", {}, say("uploads"));
  const panel = h("details", { class: "jb-card jb-intake jb-uploads" }, h("summary", {}, count), list);
  const view = { caller, done, list, count };
  panel.addEventListener("jb-sent", () => show(view));
  show(view);
  return panel;
}

async function show(view) {
  try {
    const { items } = await call("/api/uploads?state=pending&limit=200");
    view.count.textContent = say("uploadsWaiting", { count: items.length });
    fill(view.list, items.length ? h("ul", {}, items.map((one) => row(view, one))) : notice(say("uploadsNone")));
  } catch (error) {
    refused(error, view.list);
  }
}

function row(view, one) {
  const place = h("div", { class: "jb-upload" });
  const title = h("button", { type: "button", class: "jb-link", "aria-expanded": "false" }, one.titles.join("；") || one.names.join("；"));
  title.addEventListener("click", () => {
    const open = title.getAttribute("aria-expanded") === "true";
    title.setAttribute("aria-expanded", String(!open));
    if (open) fill(place);
    else openUpload(view, one.number, place);
  });
  const told = say("sentBy", { number: one.number, name: one.sender, day: one.at.slice(0, 10) });
  return h("li", {}, title, h("span", { class: "jb-soft jb-small" }, ` ${told}`), place);
}

async function openUpload(view, number, place) {
  fill(place, notice(say("loading")));
  try {
    const upload = await call(`/api/uploads/${number}`);
    if (!upload.preview) return fill(place, notice(say("uploadSettled")));
    const preview = previewOf(upload.preview, isReviewer(view.caller));
    fill(place, preview.element, isReviewer(view.caller) ? decision(view, upload, preview) : h("p", { class: "jb-soft" }, say("reviewerDecides")));
  } catch (error) {
    refused(error, place);
  }
}

function decision(view, upload, preview) {
  const note = h("textarea", { rows: "2", maxlength: "500" });
  const told = h("div", { class: "jb-job", "aria-live": "polite" });
  const buttons = ["accept", "reject"].map((what) => h("button", { type: "button", class: what === "accept" ? "jb-main-button" : "jb-quiet jb-danger" }, say(`upload.${what}`)));
  const settle = async (what) => {
    if (what === "reject" && !note.value.trim()) {
      fill(told, notice(say("rejectWhy")));
      note.focus();
      return;
    }
    buttons.forEach((button) => (button.disabled = true));
    try {
      await send(view, upload, what, { note: note.value.trim(), ...(what === "accept" ? { supersedes: preview.chosen() } : {}) }, told);
    } catch (error) {
      buttons.forEach((button) => (button.disabled = false));
      refused(error, told);
    }
  };
  buttons[0].addEventListener("click", () => settle("accept"));
  buttons[1].addEventListener("click", () => settle("reject"));
  return h("div", { class: "jb-upload-decision" }, h("label", { class: "jb-field jb-wide" }, say("reviewNote"), note), h("div", { class: "jb-row" }, buttons), told);
}

async function send(view, upload, what, body, told) {
  const reply = await call(`/api/uploads/${upload.number}/${what}`, { method: "POST", body });
  if (what === "reject") return show(view);
  const job = await follow(reply, told);
  fill(told, notice(job.message), h("button", { type: "button", class: "jb-quiet", onclick: view.done }, say("refreshList")));
  return null;
}

function refused(error, place) {
  if (!(error instanceof Refused)) throw error;
  if (!endedSession(error)) fill(place, notice(error.message, error.hint));
}
