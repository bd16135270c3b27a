// The text of a document as blocks: a clause, or what stands between clauses. Marks are set block by block, so that
// a long document stays quick; the text goes into text nodes and <mark> alone.
import { fill, h } from "./dom.js";

// Cut a text into blocks that follow each other without a gap: [{ start, end, clause or null }].
export function cutBlocks(text, clauses) {
  const blocks = [];
  let done = 0;
  const close = (until) => {
    if (until <= done) return;
    if (!text.slice(done, until).trim() && blocks.length) blocks[blocks.length - 1].end = until;
    else blocks.push({ start: done, end: until, clause: null });
    done = until;
  };
  for (const clause of [...clauses].sort((a, b) => a.start - b.start)) {
    if (clause.start < done || clause.end <= clause.start) continue;
    close(clause.start);
    blocks.push({ start: clause.start, end: clause.end, clause });
    done = clause.end;
  }
  close(text.length);
  return blocks;
}

export class DocumentText {
  constructor(text, clauses) {
    this.text = text;
    this.blocks = cutBlocks(text, clauses).map((block) => ({ ...block, marked: false }));
    for (const block of this.blocks) this.make(block);
    this.element = h("div", { class: "jb-doc-text", tabindex: "-1" }, this.blocks.map((block) => block.element));
  }

  make(block) {
    block.words = h("div", { class: "jb-block-text" }, this.text.slice(block.start, block.end));
    block.margin = h("div", { class: "jb-margin" });
    block.element = h("div", { class: block.clause ? "jb-block" : "jb-block jb-block-between" }, block.words, block.margin);
  }

  blockAt(place) {
    return this.blocks.find((block) => place >= block.start && place < block.end) || this.blocks[this.blocks.length - 1];
  }

  // Show these ranges as marks, [{ start, end, current }], in order and apart; others go.
  mark(ranges) {
    let next = 0;
    for (const block of this.blocks) {
      while (next < ranges.length && ranges[next].end <= block.start) next += 1;
      const here = [];
      for (let one = next; one < ranges.length && ranges[one].start < block.end; one += 1) here.push(ranges[one]);
      if (here.length || block.marked) this.paint(block, here);
    }
  }

  paint(block, ranges) {
    const pieces = [];
    let done = block.start;
    for (const range of ranges) {
      const from = Math.max(range.start, done);
      const to = Math.min(range.end, block.end);
      if (to <= from) continue;
      pieces.push(this.text.slice(done, from), h("mark", { class: range.current ? "jb-current" : "" }, this.text.slice(from, to)));
      done = to;
    }
    fill(block.words, pieces, this.text.slice(done, block.end));
    block.marked = ranges.length > 0;
  }

  // Bring a place into view; the mark there if there is one, else its clause.
  show(place) {
    const block = this.blockAt(place);
    if (!block) return;
    for (const other of this.element.querySelectorAll(".jb-block-here")) other.classList.remove("jb-block-here");
    block.element.classList.add("jb-block-here");
    (block.words.querySelector("mark.jb-current") || block.element).scrollIntoView({ block: "center" });
  }
}

// All places where a text holds some words, whatever their case: [{ start, end }].
export function findAll(text, words) {
  const wanted = words.trim();
  if (!wanted) return [];
  const folded = text.toLowerCase();
  const [searched, sought] = folded.length === text.length ? [folded, wanted.toLowerCase()] : [text, wanted];
  const found = [];
  for (let at = searched.indexOf(sought); at >= 0; at = searched.indexOf(sought, at + sought.length)) {
    found.push({ start: at, end: at + sought.length });
  }
  return found;
}
