// The few pieces that every view is made of. Data goes into text nodes and attributes only, never into markup:
// nothing in this folder makes elements out of text (a test looks).
import { say } from "./words.js";

// h("p", { class: "x", onclick: f, "aria-label": "…" }, "text", node, [more]) → the element.
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function badge(one) {
  return one ? h("span", { class: `jb-badge jb-${one.tone}` }, one.label) : null;
}

// "250000" → "25 万元"; exact, on the decimal string itself.
export function money(yuan) {
  const [whole, part = ""] = String(yuan).split(".");
  const cents = part.replace(/0+$/, "");
  if (!cents && whole.length > 4 && whole.endsWith("00")) {
    const wan = `${whole.slice(0, -4)}.${whole.slice(-4)}`.replace(/\.?0+$/, "");
    return `${grouped(wan)} 万元`;
  }
  return `${grouped(cents ? `${whole}.${part}` : whole)} 元`;
}

function grouped(number) {
  const [whole, part] = number.split(".");
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (part ? `.${part}` : "");
}

export class Refused extends Error {
  constructor(status, error) {
    super(error.message || say("failed"));
    this.status = status;
    this.hint = error.hint || "";
    this.code = error.code || "failed";
  }
}

// A call of our own REST endpoints; JSON in, JSON out. Throws `Refused` with words for people.
export async function call(path, { method = "GET", body, signal } = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  let reply;
  try {
    reply = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(0, { code: "offline", message: say("offline") });
  }
  const type = reply.headers.get("Content-Type") || "";
  if (!reply.ok) throw new Refused(reply.status, type.includes("json") ? (await reply.json()).error || {} : {});
  if (reply.status === 204) return null;
  return type.includes("json") ? reply.json() : reply.blob();
}

export function notice(message, hint = "") {
  return h("p", { class: "jb-notice", role: "status" }, message, hint ? h("span", { class: "jb-soft" }, ` ${hint}`) : null);
}

// Copy text, also where the page is not served over https or from this machine.
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const box = h("textarea", { class: "jb-hidden" });
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (!done) throw new Error(say("copyFailed"));
}

// A button that copies what `text()` gives and says so.
export function copyButton(label, text) {
  const button = h("button", { type: "button", class: "jb-quiet" }, label);
  button.addEventListener("click", async () => {
    try {
      await copy(text());
      button.textContent = say("copied");
    } catch {
      button.textContent = say("copyFailed");
    }
    setTimeout(() => (button.textContent = label), 1600);
  });
  return button;
}

export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Wait until `ms` have passed without another call.
export function settled(action, ms = 120) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), ms);
  };
}

// A value kept in this browser; reads back null when it is absent or not ours.
export const kept = {
  read(name) {
    try {
      return JSON.parse(localStorage.getItem(`jiangbu.${name}`));
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(`jiangbu.${name}`, JSON.stringify(value));
      return true;
    } catch {
      return false; // full, or forbidden: the page works on without
    }
  },
};
