// The 评测 tab: the runs of the regression evaluation, and the report of one of them, for the staff.
// The report is a page of its own that the evaluation wrote; it is shown in a frame that may do nothing but be read.
import { Refused, call, fill, h, notice } from "./dom.js";
import { addressed, setAddress } from "./shell.js";
import { endedSession, isStaff, signInForm, watchCaller, whoBar } from "./sign-in.js";
import { clockTime } from "./times.js";
import { say } from "./words.js";

const RUNS = 50;
const COLUMNS = ["started", "suites", "right", "wrong", "verdict"];
const TONES = { holds: "jb-good", regression: "jb-bad", below: "jb-bad", no_baseline: "" };

export function start(element) {
  const place = h("div", { class: "jb-evaluations" });
  fill(element, place);
  watchCaller(element, (caller) => (isStaff(caller) ? drawStaff(place, caller) : drawPublic(place, caller)));
}

function drawPublic(place, caller) {
  fill(place, h("h2", {}, say("evalHead")), h("p", {}, say("evalAbout")), h("section", { class: "jb-card jb-eval-sign-in", "aria-label": say("staffOnly") }, h("h3", {}, say("staffOnly")), signInForm(caller.note)));
}

async function drawStaff(place, caller) {
  const body = h("div", {}, notice(say("loading")));
  fill(place, h("div", { class: "jb-eval-head" }, h("h2", {}, say("evalHead")), whoBar(caller)), body);
  try {
    const { items, total } = await call(`/api/evaluations?limit=${RUNS}`);
    fill(body, items.length ? view(items, total) : [h("p", {}, say("evalNone"), " ", say("evalHow")), command("jiangbu eval run")]);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!endedSession(error)) fill(body, notice(error.message, error.hint));
  }
}

function command(line) {
  return h("pre", { class: "jb-eval-command" }, h("code", {}, line));
}

// The list, and below it the report of the run that the address names, else of the latest.
function view(runs, total) {
  const report = h("section", { class: "jb-eval-report" });
  const rows = runs.map((run) => row(run, () => open(run)));
  const open = (run, asked = true) => {
    rows.forEach((one, at) => one.setAttribute("aria-current", String(runs[at] === run)));
    drawReport(report, run);
    if (asked) setAddress("evaluations", { run: run.id });
  };
  const named = addressed("evaluations").get("run");
  open(runs.find((run) => run.id === named) || runs[0], false);
  const more = total > runs.length ? h("p", { class: "jb-soft jb-small" }, say("evalMore", { shown: runs.length, total })) : null;
  return [
    h(
      "div",
      { class: "jb-table-frame jb-eval-frame", tabindex: "0", role: "region", "aria-label": say("evalCaption") },
      h("table", { class: "jb-eval-runs" }, h("caption", { class: "jb-hidden" }, say("evalCaption")), h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", { scope: "col", class: isNumber(name) ? "jb-number" : null }, say(`eval.${name}`))))), h("tbody", {}, rows)),
    ),
    more,
    report,
  ];
}

function isNumber(column) {
  return column === "right" || column === "wrong";
}

function row(run, onclick) {
  const known = run.n !== null && run.right !== null;
  const wrong = run.wrong_amounts;
  return h(
    "tr",
    { onclick },
    h("td", {}, h("button", { type: "button", class: "jb-quiet" }, clockTime(run.started))),
    h("td", {}, run.suites.join("、"), run.filters.length ? [" ", h("span", { class: "jb-badge jb-warn" }, say("evalPart"))] : null),
    h("td", { class: "jb-number" }, known ? `${share(run)}（${run.right}/${run.n}）` : "—"),
    h("td", { class: "jb-number" }, h("span", { class: "jb-eval-label" }, say("eval.wrong"), " "), wrong === null ? "—" : h(wrong ? "strong" : "span", { class: wrong ? "jb-eval-bad" : null }, String(wrong))),
    h("td", {}, h("span", { class: `jb-badge ${TONES[run.verdict] || ""}` }, say(`outcome.${run.verdict || "none"}`))),
  );
}

// To one decimal, as in the report: only what is whole says 100 %.
function share(run) {
  if (!run.n) return "—";
  return run.right === run.n ? "100%" : `${Math.min((100 * run.right) / run.n, 99.9).toFixed(1)}%`;
}

function drawReport(place, run) {
  const title = say("evalReport", { time: clockTime(run.started) });
  const address = `/api/evaluations/${encodeURIComponent(run.id)}/report.html`;
  if (!run.has_report) return fill(place, h("h3", {}, title), h("p", {}, say("evalNoReport")), command(`jiangbu eval report ${run.id}`));
  return fill(
    place,
    h("div", { class: "jb-eval-report-head" }, h("h3", {}, title), h("a", { href: address, target: "_blank", rel: "noopener" }, say("evalAlone"), h("span", { class: "jb-hidden" }, say("newWindow")))),
    h("iframe", { class: "jb-eval-page", title, src: address, sandbox: "", referrerpolicy: "no-referrer" }),
  );
}
