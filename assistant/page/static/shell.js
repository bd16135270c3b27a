// The head of the page, and what the whole page shares: tab names, language, light and dark, addresses of tabs.
import { h, fill, kept } from "./dom.js";
import { isStaff, watchCaller } from "./sign-in.js";
import { language, say } from "./words.js";

const TABS = ["ask", "lookup", "estimate", "library", "desk", "evaluations"];
const WAIT_FOR_TABS_MS = 10_000;

export async function start(element) {
  document.documentElement.lang = language() ? "en" : "zh-CN";
  setTheme(kept.read("theme"));
  fill(
    element,
    h(
      "header",
      { class: "jb-head" },
      h("div", {}, h("h1", {}, say("title")), h("p", {}, say("tagline"))),
      h("nav", { class: "jb-head-nav" }, themeButton(), languageButton(), h("a", { href: "/docs" }, say("apiDocs"))),
    ),
  );
  await tabsThere();
  nameTabs();
  openAddressed();
  window.addEventListener("hashchange", openAddressed);
  watchCaller(element, (caller) => document.body.classList.toggle("jb-staff", isStaff(caller))); // who sees 评测
}

// A tab's address is #name or #name?key=value; the view reads its own part (`addressed`). A click that comes before
// Gradio listens is lost, so it is repeated until the tab says that it is open.
async function openAddressed() {
  const name = location.hash.slice(1).split("?")[0];
  if (!TABS.includes(name)) return;
  const until = Date.now() + WAIT_FOR_TABS_MS;
  while (tabButton(name)?.getAttribute("aria-selected") !== "true" && Date.now() < until) {
    tabButton(name)?.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// What the address gives the tab of this name, as URLSearchParams; empty for another tab.
export function addressed(name) {
  const [tab, query = ""] = location.hash.slice(1).split("?");
  return new URLSearchParams(tab === name ? query : "");
}

// Make the address say what is shown, without a new entry in the browser's history.
export function setAddress(name, values = {}) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
  history.replaceState(null, "", `#${name}${query ? `?${query}` : ""}`);
}

function tabButton(name) {
  return document.getElementById(`jb-${name}-button`);
}

async function tabsThere() {
  const until = Date.now() + WAIT_FOR_TABS_MS;
  while (!tabButton(TABS.at(-1)) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
}

function nameTabs() {
  for (const name of TABS) {
    const button = tabButton(name);
    if (!button) continue;
    button.textContent = say(`tab.${name}`);
    button.addEventListener("click", () => {
      if (location.hash.slice(1).split("?")[0] !== name) setAddress(name);
    });
  }
}

function languageButton() {
  const switched = () => {
    localStorage.setItem("jiangbu.language", language() ? "zh" : "en");
    location.reload();
  };
  return h("button", { type: "button", class: "jb-quiet", lang: language() ? "zh-CN" : "en", onclick: switched }, say("language"));
}

function themeButton() {
  const button = h("button", { type: "button", class: "jb-quiet" });
  const label = () => (button.textContent = say(document.body.classList.contains("dark") ? "themeLight" : "theme"));
  button.addEventListener("click", () => {
    setTheme(document.body.classList.contains("dark") ? "light" : "dark");
    kept.write("theme", document.body.classList.contains("dark") ? "dark" : "light");
    label();
  });
  label();
  return button;
}

// Gradio follows the system; a choice made here comes first.
function setTheme(chosen) {
  if (chosen === "dark" || chosen === "light") document.body.classList.toggle("dark", chosen === "dark");
}
