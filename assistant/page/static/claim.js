// A claim as the form holds it: every value is text, and what is blank is left out of what is sent and of the link.
// Links and drafts come from outside: what has not this form is no claim.
export const MAX_ITEMS = 100; // as the server has it
export const WHOLE = ["count", "rank", "co_leads"]; // sent as numbers
export const STAGES = ["启动", "立项", "中期", "验收"];
export const BUDGETS = ["市级", "县级"];
const MORE = ["rank", "co_leads", "share", "base", "interest", "cost", "received", "stage", "budget", "project"];
export const ITEM_FIELDS = ["what", "count", ...MORE];
const SENT_FIELDS = [...ITEM_FIELDS, "fact"]; // the entry of the ledger that was chosen, if one was
const CLAIM_FIELDS = ["region", "as_of", "received"];
const MAX_TEXT = 200;

export function blankClaim() {
  return { region: "", as_of: "", received: "", achievements: [{ what: "", count: "1" }] };
}

export function hasMore(item) {
  return MORE.some((name) => item[name]);
}

// The body of POST /api/estimate.
export function toSend(claim) {
  const items = claim.achievements.map((item) => filled(item, SENT_FIELDS));
  for (const item of items) for (const name of WHOLE) if (name in item) item[name] = asNumber(item[name]);
  return { ...filled(claim, CLAIM_FIELDS), achievements: items };
}

function filled(from, names) {
  return Object.fromEntries(names.map((name) => [name, (from[name] || "").trim()]).filter(([, value]) => value));
}

function asNumber(text) {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : text; // anything else the server refuses in its own words
}

// What a link or a draft holds, as the form takes it; null when it is no claim.
export function readClaim(data) {
  if (!isRecord(data) || !Array.isArray(data.achievements)) return null;
  const items = data.achievements.map((item) => texts(item, SENT_FIELDS));
  const claim = texts(data, CLAIM_FIELDS, ["achievements"]);
  if (!claim || !items.length || items.length > MAX_ITEMS || items.includes(null)) return null;
  return { ...blankClaim(), ...claim, achievements: items };
}

function texts(from, names, besides = []) {
  if (!isRecord(from)) return null;
  const read = {};
  for (const [name, value] of Object.entries(from)) {
    if (besides.includes(name)) continue;
    if (!names.includes(name) || !["string", "number"].includes(typeof value) || String(value).length > MAX_TEXT) return null;
    read[name] = String(value);
  }
  return read;
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// base64url of the JSON that is sent.
export function toLink(claim) {
  const bytes = new TextEncoder().encode(JSON.stringify(toSend(claim)));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromLink(text) {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (one) => one.charCodeAt(0));
    return readClaim(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return null; // cut short or altered: the view says that the link is broken
  }
}
