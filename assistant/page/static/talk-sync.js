// Conversations of staff who are signed in are kept on the server too, for their other computers; of the public, never.
// The server keeps words, not evidence: a conversation that comes from there can be asked again.
import { Refused, call } from "./dom.js";
import { nameOf } from "./talks.js";
import { say } from "./words.js";

const WAIT_MS = 800;

// What staff may do with the server's list; null for the public, and where the service cannot be reached.
export async function signedIn() {
  const me = await quietly("/api/me");
  return me && me.role !== "public" ? { list, open, save: saver(), rename, remove } : null;
}

async function list() {
  const { items } = (await quietly("/api/talks")) || { items: [] };
  return items.map((one) => ({ id: one.id, name: one.title, at: Date.parse(one.updated), turns: [], away: true }));
}

async function open(talk) {
  const { turns } = (await quietly(`/api/talks/${talk.id}`)) || { turns: [] };
  talk.turns = turns.map((turn, place) => ({ id: `${talk.id}-${place}`, question: turn.question, region: turn.region, state: "done", answer: asShown(turn) }));
  talk.away = false;
}

function asShown(turn) {
  const nothing = { amounts: [], evidence: [], warnings: [], calculation: [], citations: [], follow_ups: [] };
  return { ...nothing, status: turn.status, text: turn.answer, answer: turn.answer, as_of: turn.as_of || "", label: say("keptWords"), clarification: null, reviewed: null };
}

// Saves soon; several changes in a row are saved once.
function saver() {
  const timers = new Map();
  return (talk) => {
    clearTimeout(timers.get(talk.id));
    timers.set(talk.id, setTimeout(() => put(talk), WAIT_MS));
  };
}

function put(talk) {
  const turns = talk.turns.filter((turn) => turn.answer);
  const kept = turns.map((turn) => ({ question: turn.question, region: turn.region || null, as_of: turn.answer.as_of || null, status: turn.answer.status, answer: turn.answer.answer }));
  return kept.length ? quietly(`/api/talks/${talk.id}`, { method: "PUT", body: { title: nameOf(talk, say("untitled")), turns: kept } }) : null;
}

function rename(talk) {
  return quietly(`/api/talks/${talk.id}/rename`, { method: "POST", body: { title: nameOf(talk, say("untitled")) } });
}

function remove(talk) {
  return quietly(`/api/talks/${talk.id}`, { method: "DELETE" });
}

// The browser keeps the conversation in any case: what the server refuses is not worth a sentence.
async function quietly(path, options) {
  try {
    return await call(path, options);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
