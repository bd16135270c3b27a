// 测算: the form at the left, the result at the right; a draft kept here, a claim in a link, a sheet on paper.
import { call, fill, h, kept, notice, settled } from "./dom.js";
import { blankClaim, fromLink, readClaim, toLink, toSend } from "./claim.js";
import { drawForm } from "./estimate-form.js";
import { drawReport } from "./estimate-result.js";
import { addressed, setAddress } from "./shell.js";
import { say } from "./words.js";

const DRAFT = "claim";
let living = new AbortController(); // one mounted view at a time

export function start(element, props) {
  living.abort();
  living = new AbortController();
  const root = element.querySelector(".jb-root") || element;
  const view = { place: h("section", { class: "jb-estimate-result jb-card", "aria-live": "polite", "aria-label": say("estimate.sheet") }), asked: 0 };
  const keep = settled(() => kept.write(DRAFT, toSend(view.form.read())), 300);
  view.form = drawForm(props.regions || [], {
    submit: () => work(view),
    edit: () => {
      if (addressed("estimate").get("claim")) setAddress("estimate"); // the link says something else from now on
      keep();
    },
    clear: () => confirm(say("estimate.confirmClear")) && clear(view),
  });
  fill(
    root,
    h("div", { class: "jb-estimate" }, h("div", { class: "jb-estimate-side" }, h("p", { class: "jb-soft jb-estimate-intro" }, say("estimate.intro")), view.form.element), view.place),
  );
  blank(view);
  window.addEventListener("hashchange", () => openLink(view), { signal: living.signal });
  if (!openLink(view)) {
    const draft = readClaim(kept.read(DRAFT));
    if (draft) view.form.write(draft);
  }
}

function blank(view) {
  view.asked += 1;
  fill(view.place, h("p", { class: "jb-soft jb-estimate-blank" }, say("estimate.blank")));
}

function clear(view) {
  view.form.write(blankClaim());
  view.form.complain("");
  kept.write(DRAFT, null);
  setAddress("estimate");
  blank(view);
}

function openLink(view) {
  const packed = addressed("estimate").get("claim");
  if (!packed) return false;
  const claim = fromLink(packed);
  if (!claim) {
    view.form.complain(say("estimate.broken"));
    return false;
  }
  view.form.write(claim);
  work(view);
  return true;
}

async function work(view) {
  const asked = (view.asked += 1);
  const claim = view.form.read();
  view.form.complain("");
  view.form.busy(true);
  fill(view.place, notice(say("estimate.working")));
  try {
    const report = await call("/api/estimate", { method: "POST", body: toSend(claim) });
    const facts = await factsOf(report);
    if (asked === view.asked) drawReport(view.place, report, facts, { link: () => linkOf(claim), rename: (place, what) => rename(view, place, what) });
  } catch (error) {
    if (asked !== view.asked) return;
    blank(view);
    view.form.complain(error.code === "bad_claim" ? error.message : `${error.message} ${error.hint}`); // that hint is for programs
  } finally {
    view.form.busy(false);
  }
}

function rename(view, place, what) {
  view.form.rename(place, what);
  work(view);
}

function linkOf(claim) {
  setAddress("estimate", { claim: toLink(claim) });
  return location.href;
}

// The facts of the documents that are cited: what each still asks for, and where its document stands.
async function factsOf(report) {
  const documents = new Set([...report.documents, ...report.citations.map((one) => one.document)]);
  const calls = [...documents].map((document) => call(`/api/facts?${new URLSearchParams({ document, as_of: report.as_of, limit: 5000 })}`));
  return (await Promise.all(calls)).flatMap((reply) => reply.facts);
}
