// The conversations, kept in this browser alone. What is read back is checked: another version, or another hand, may
// have written it.
import { kept } from "./dom.js";

const MAX_TALKS = 50;
const MAX_TURNS = 100;
const NAME_CHARACTERS = 40;

export function freshTalk() {
  return { id: freshId(), name: "", at: Date.now(), turns: [] };
}

export function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function readTalks() {
  const read = kept.read("talks");
  const talks = (Array.isArray(read) ? read : []).filter(isTalk).slice(0, MAX_TALKS);
  for (const turn of talks.flatMap((talk) => talk.turns)) turn.state = turn.answer ? "done" : "refused"; // nothing is on its way after a reload
  return talks;
}

// Newest first. Where the browser has no more room the oldest go; false when even one talk finds none.
export function writeTalks(talks) {
  const filled = talks.filter((talk) => talk.turns.length).slice(0, MAX_TALKS);
  for (const talk of filled) talk.turns = talk.turns.slice(-MAX_TURNS);
  for (let count = filled.length; count > 0; count -= 1) {
    if (kept.write("talks", filled.slice(0, count))) return count === filled.length;
  }
  return kept.write("talks", []) && filled.length === 0;
}

// A talk is called by its first question until it is given a name.
export function nameOf(talk, otherwise) {
  return talk.name || (talk.turns[0] ? talk.turns[0].question.slice(0, NAME_CHARACTERS) : otherwise);
}

// The questions asked before, for the server to understand the next one; what was answered is not sent.
export function historyOf(talk, limit = 20) {
  return talk.turns.filter((turn) => turn.answer).map((turn) => turn.question).slice(-limit);
}

function isTalk(talk) {
  return (
    talk && typeof talk.id === "string" && typeof talk.name === "string" && Array.isArray(talk.turns) &&
    talk.turns.every((turn) => turn && typeof turn.question === "string" && typeof turn.id === "string" && isAnswer(turn.answer))
  );
}

function isAnswer(answer) {
  return !answer || ["amounts", "evidence", "warnings", "calculation", "citations", "follow_ups"].every((key) => Array.isArray(answer[key]));
}
