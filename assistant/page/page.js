// Runs once inside the conversation block (gr.HTML). `value` is one turn; it is put into the log, or takes
// the place of the same turn's earlier state. Buttons that carry data-ask ask what they say.
const log = element.querySelector(".jb-log");
const examples = element.querySelector(".jb-examples");

watch("value", () => {
  const holder = document.createElement("div");
  holder.innerHTML = props.value || "";
  const turn = holder.firstElementChild;
  if (!turn) return;
  if (examples) examples.hidden = true;
  const before = log.querySelector(`[data-turn="${turn.dataset.turn}"]`);
  if (before) before.replaceWith(turn);
  else log.append(turn);
  if (!before || turn.getAttribute("aria-busy") === "false") turn.scrollIntoView({ block: "start" });
});

element.addEventListener("click", (event) => {
  const choice = event.target.closest("button[data-ask]");
  if (choice) trigger("ask", { question: choice.dataset.ask });
  const marker = event.target.closest("button[data-card]");
  const card = marker && document.getElementById(marker.dataset.card);
  if (card) {
    card.open = true;
    card.scrollIntoView({ block: "nearest" });
    card.querySelector("summary").focus();
  }
});
