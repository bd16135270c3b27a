// The outline of a document, from the heads and places of its clauses.

const LABEL_CHARACTERS = 24;

// [{ label, locator, depth, start, head }] in the order of the text; a head is listed once, before its clauses.
export function outlineOf(text, clauses) {
  const entries = [];
  let open = [];
  for (const clause of clauses) {
    const heads = clause.heads || [];
    heads.forEach((head, depth) => {
      if (open[depth] === head) return;
      open = heads.slice(0, depth + 1);
      // A clause with items is the head of its items, and stands in the list already.
      const said = entries.some((entry) => !entry.head && head.startsWith(entry.opening) && entry.start <= clause.start);
      if (!said) entries.push({ label: short(head), locator: "", depth, start: placeOf(text, head, clause.start), head: true });
    });
    open = heads;
    const opening = text.slice(clause.start, Math.min(clause.end, clause.start + LABEL_CHARACTERS));
    entries.push({ label: short(text.slice(clause.start, clause.end)), locator: clause.locator, depth: heads.length, start: clause.start, head: false, opening });
  }
  return entries;
}

function short(words) {
  const line = words.trim().split("\n")[0].replace(/\s+/g, " ");
  return line.length > LABEL_CHARACTERS ? `${line.slice(0, LABEL_CHARACTERS)}…` : line;
}

// Where a head stands before the clause; a head that is not printed so is shown by its clause.
function placeOf(text, head, before) {
  const found = text.lastIndexOf(head.split("\n")[0].slice(0, LABEL_CHARACTERS), before);
  return found < 0 ? before : found;
}
