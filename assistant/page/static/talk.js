// 问答: a conversation, its evidence beside it, the other conversations in reach. Asking goes through Gradio's queue
// (`send`), and the answer comes back in pieces as `props.value`.
import { fill, h, kept } from "./dom.js";
import { drawComposer } from "./composer.js";
import { drawEvidence, pointAt, showQuotes } from "./evidence.js";
import { addressed } from "./shell.js";
import { drawTalkList } from "./talk-list.js";
import { signedIn } from "./talk-sync.js";
import { freshId, freshTalk, historyOf, readTalks, writeTalks } from "./talks.js";
import { drawExamples, drawTurn, redraw } from "./turn.js";
import { exportMenu } from "./talk-export.js";
import { say } from "./words.js";

const WIDE = window.matchMedia("(min-width: 1000px)");
const PATIENCE_MS = 20_000;

export function start(element, props, send, watch) {
  const view = new TalkView(element, props, send);
  watch("value", () => view.take(props.value));
  WIDE.addEventListener("change", () => view.placeEvidence());
  view.draw();
  view.fetchKept();
  const asked = addressed("ask").get("q");
  if (asked) view.composer.suggest(asked);
}

class TalkView {
  constructor(element, props, send) {
    this.send = send;
    this.props = props;
    this.talks = readTalks();
    this.current = this.talks.find((talk) => talk.id === kept.read("talk")) || this.begun();
    this.pointed = null;
    this.server = null; // of staff who are signed in: what keeps their conversations
    this.on = { ask: (question) => this.ask(question), mark: (turn, marker) => this.point(turn, marker) };
    this.log = h("div", { class: "jb-log", role: "log", "aria-live": "polite", "aria-label": say("conversation") });
    this.list = h("div", { class: "jb-talk-list" });
    this.evidence = h("section", { class: "jb-evidence", "aria-label": say("evidence") });
    this.aside = h("aside", { class: "jb-evidence-side" });
    this.trouble = h("p", { class: "jb-soft jb-small", role: "status" });
    this.composer = drawComposer(props, (question) => this.ask(question));
    fill(element, h("div", { class: "jb-talk" }, this.listFrame(), h("div", { class: "jb-main" }, this.log, this.trouble, this.composer.element), this.aside));
  }

  listFrame() {
    const frame = h("details", { class: "jb-talks" }, h("summary", {}, say("conversations")), this.list);
    frame.open = WIDE.matches;
    WIDE.addEventListener("change", () => (frame.open = WIDE.matches));
    return h("nav", { class: "jb-talks-side", "aria-label": say("conversations") }, frame, exportMenu(() => this.current));
  }

  begun() {
    const talk = freshTalk();
    this.talks.unshift(talk);
    return talk;
  }

  draw() {
    const turns = this.current.turns;
    fill(this.log, turns.length ? turns.map((turn) => drawTurn(turn, this.on)) : drawExamples(this.props.examples || [], this.on));
    this.pointed = turns.findLast((turn) => turn.answer) || null;
    this.drawList();
    this.placeEvidence();
  }

  drawList() {
    const changed = (change) => () => {
      change();
      this.keep();
      this.draw();
    };
    drawTalkList(this.list, this.talks, this.current, {
      begin: changed(() => (this.current = this.talks.find((talk) => !talk.turns.length) || this.begun())),
      open: async (talk) => {
        if (talk.away) await this.server.open(talk);
        changed(() => (this.current = talk))();
      },
      rename: (talk, name) => {
        changed(() => (talk.name = name))();
        this.server?.rename(talk);
      },
      remove: (talk) => changed(() => this.remove(talk))(),
    });
  }

  remove(talk) {
    this.talks = this.talks.filter((one) => one !== talk);
    if (this.current === talk) this.current = this.talks.find((one) => !one.away) || this.begun();
    this.server?.remove(talk);
  }

  ask(question) {
    const asked = question.trim();
    if (!asked || this.waiting()) return false;
    const turn = { id: freshId(), question: asked, region: this.composer.region(), asOf: this.composer.day(), history: historyOf(this.current), state: "asking", text: "" };
    if (!this.current.turns.length) fill(this.log);
    this.current.turns.push(turn);
    this.current.at = Date.now();
    this.talks.sort((one, other) => other.at - one.at);
    this.log.append(drawTurn(turn, this.on));
    this.show(turn);
    this.composer.busy(true);
    this.timer = setTimeout(() => this.take({ turn: turn.id, state: "refused", text: say("noReply") }), PATIENCE_MS);
    this.send({ turn: turn.id, question: asked, history: turn.history, region: turn.region, as_of: turn.asOf });
    return true;
  }

  waiting() {
    return this.current.turns.some((turn) => turn.state === "asking");
  }

  // A piece of an answer, or all of it.
  take(update) {
    const turn = update && this.talks.flatMap((talk) => talk.turns).find((one) => one.id === update.turn);
    if (!turn || turn.state !== "asking") return;
    turn.text = update.text || "";
    if (update.state !== "partial") {
      clearTimeout(this.timer);
      this.composer.busy(false);
      turn.state = update.state;
      if (update.answer) this.answered(turn, update.answer);
      this.keep();
      this.drawList();
    }
    redraw(turn, this.on);
    if (turn.answer) this.point(turn, null);
    if (update.state !== "partial") this.show(turn);
  }

  answered(turn, answer) {
    Object.assign(turn, { answer, text: "" });
    this.server?.save(this.talks.find((talk) => talk.turns.includes(turn)));
  }

  // Staff find the conversations that they had at another computer.
  async fetchKept() {
    this.server = await signedIn();
    if (!this.server) return;
    const here = new Set(this.talks.map((talk) => talk.id));
    this.talks.push(...(await this.server.list()).filter((talk) => !here.has(talk.id)));
    this.drawList();
  }

  show(turn) {
    document.getElementById(`jb-turn-${turn.id}`)?.scrollIntoView({ block: "start" });
  }

  point(turn, marker) {
    this.pointed = turn;
    this.placeEvidence();
    if (marker !== null) pointAt(this.evidence, turn, marker);
  }

  // Beside the talk where there is room, else under the answer it belongs to.
  placeEvidence() {
    drawEvidence(this.evidence, this.pointed);
    const under = this.pointed && document.querySelector(`#jb-turn-${this.pointed.id} .jb-inline-evidence`);
    if (WIDE.matches) this.aside.append(this.evidence);
    else if (under && this.pointed.answer.evidence.length) under.append(this.evidence);
    else this.evidence.remove();
    showQuotes(this.evidence);
  }

  keep() {
    kept.write("talk", this.current.id);
    this.trouble.textContent = writeTalks(this.talks) ? "" : say("notKept");
  }
}
