// Where a document stands, in a word: that a date is not printed is said, never guessed away.
import { badge } from "./dom.js";
import { say } from "./words.js";

const TONES = { in_force: "good", not_in_force_yet: "warn", expired: "bad", draft: "warn", unknown: "plain" };

export const STANDINGS = Object.keys(TONES);

// Begun, and no end stated: nothing to be glad of.
function isOpen(one) {
  return one.standing.code === "in_force" && !one.in_force_until;
}

export function standingTone(one) {
  return isOpen(one) ? "plain" : TONES[one.standing.code] || "plain";
}

export function standingBadge(document) {
  return badge({ label: say(isOpen(document) ? "standing.open" : `standing.${document.standing.code}`), tone: standingTone(document) });
}
