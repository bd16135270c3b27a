// Who is signed in, for the tabs that the staff use; the form for it. The cookie is the server's, scripts never see it.
import { Refused, call, fill, h, notice } from "./dom.js";
import { say } from "./words.js";

const NOBODY = { name: "", role: "public" };
const watchers = new Map(); // element of a tab → whom to tell
let caller = null;
let asking = null;

export function isStaff(who) {
  return Boolean(who) && ["staff", "reviewer", "admin"].includes(who.role);
}

export function isReviewer(who) {
  return Boolean(who) && ["reviewer", "admin"].includes(who.role);
}

export function isAdmin(who) {
  return Boolean(who) && who.role === "admin";
}

// Tell who is signed in, now and whenever that changes; a tab that starts again takes its own place.
export async function watchCaller(element, tell) {
  watchers.set(element, tell);
  if (!caller) await look();
  if (watchers.get(element) === tell) tell(caller);
}

async function look() {
  asking = asking || call("/api/me").catch(() => NOBODY);
  caller = await asking;
  asking = null;
}

function changed(who) {
  caller = who;
  for (const [element, tell] of watchers) {
    if (element.isConnected) tell(who);
    else watchers.delete(element);
  }
}

// A refusal because nobody is signed in any more leads back to the form, with a sentence. True when it did.
export function endedSession(error) {
  if (!(error instanceof Refused) || error.status !== 401 || !isStaff(caller)) return false;
  changed({ ...NOBODY, note: say("sessionEnded") });
  return true;
}

export async function signOut() {
  try {
    await call("/api/logout", { method: "POST", body: {} });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  changed(NOBODY);
}

export function whoBar(who) {
  return h(
    "p",
    { class: "jb-who" },
    h("span", {}, say("signedInAs", { name: who.name, role: say(`role.${who.role}`) })),
    h("button", { type: "button", class: "jb-quiet", onclick: signOut }, say("signOut")),
  );
}

export function signInForm(note = "") {
  const name = h("input", { name: "name", autocomplete: "username", required: true, maxlength: "80" });
  const password = h("input", { name: "password", type: "password", autocomplete: "current-password", required: true, maxlength: "300" });
  const button = h("button", { class: "jb-main-button" }, say("signIn"));
  const said = h("div", { "aria-live": "polite" }, note ? notice(note) : null);
  const form = h(
    "form",
    { class: "jb-sign-in", "aria-label": say("staffOnly") },
    h("label", { class: "jb-field" }, say("accountName"), name),
    h("label", { class: "jb-field" }, say("password"), password),
    button,
    said,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      changed(await signIn(name.value.trim(), password.value));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fill(said, notice(error.message, error.hint));
      password.value = "";
      password.focus();
    } finally {
      button.disabled = false;
    }
  });
  return form;
}

async function signIn(name, password) {
  await call("/api/login", { method: "POST", body: { name, password } });
  return call("/api/me");
}
