// Where a document stands, in a word: that a date is not printed is said, never guessed away.
import { badge } from "./dom.js";
import { say } from "./words.js";

const TONES = { in_force: "good", not_in_force_yet: "warn", expired: "bad", draft: "warn", unknown: "plain" };

export const STANDINGS = Object.keys(TONES);

export function standingBadge(document) {
  const code = document.standing.code;
  if (code === "in_force" && !document.in_force_until) return badge({ label: say("standing.open"), tone: "plain" });
  return badge({ label: say(`standing.${code}`), tone: TONES[code] || "plain" });
}
