// The 反馈与待答 tab: what happens with feedback and the reviewed answers, for everybody; the queue, for the staff.
import { drawAudit } from "./audit.js";
import { fill, h } from "./dom.js";
import { drawQueue } from "./queue.js";
import { drawReviewed } from "./reviewed.js";
import { isAdmin, isStaff, signInForm, watchCaller, whoBar } from "./sign-in.js";
import { say } from "./words.js";

export function start(element) {
  const place = h("div", { class: "jb-desk" });
  fill(element, place);
  watchCaller(element, (caller) => (isStaff(caller) ? drawStaff(place, caller) : drawPublic(place, caller)));
}

function drawPublic(place, caller) {
  const reviewed = h("section", { class: "jb-desk-reviewed" });
  const signIn = h("details", { class: "jb-card jb-desk-sign-in", open: Boolean(caller.note) }, h("summary", {}, say("staffOnly")), signInForm(caller.note));
  fill(
    place,
    h("section", {}, h("h2", {}, say("deskHow")), h("ol", { class: "jb-desk-how" }, ["deskHow1", "deskHow2", "deskHow3"].map((key) => h("li", {}, say(key))))),
    reviewed,
    signIn,
  );
  drawReviewed(reviewed, caller);
}

function drawStaff(place, caller) {
  const parts = ["open", "settled", "reviewed", ...(isAdmin(caller) ? ["audit"] : [])];
  const body = h("div", { class: "jb-desk-body" });
  const buttons = parts.map((part) => h("button", { type: "button", class: "jb-quiet", "data-part": part, onclick: () => show(part) }, say(`part.${part}`)));
  const show = (part) => {
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.part === part)));
    if (part === "reviewed") return drawReviewed(body, caller);
    if (part === "audit") return drawAudit(body);
    return drawQueue(body, part, caller);
  };
  fill(
    place,
    h("div", { class: "jb-desk-head" }, h("div", { class: "jb-switch", role: "group", "aria-label": say("deskParts") }, buttons), h("div", { class: "jb-row" }, h("a", { class: "jb-desk-export", href: "/api/feedback/cases.jsonl", download: "cases.jsonl" }, say("exportCases")), whoBar(caller))),
    body,
  );
  show("open");
}
