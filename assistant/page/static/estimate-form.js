// The form of 测算: region, day, and one block for each thing done; what is seldom needed folds away.
import { call, fill, h, settled } from "./dom.js";
import { blankClaim, BUDGETS, hasMore, ITEM_FIELDS, MAX_ITEMS, STAGES, WHOLE } from "./claim.js";
import { tellApart, today } from "./ledger.js";
import { say } from "./words.js";

const HINTS = { share: "estimate.shareHint", base: "estimate.baseHint", interest: "estimate.interestHint", cost: "estimate.moneyHint", received: "estimate.moneyHint" };
const LABELS = { received: "estimate.itemReceived" };
const OPTIONS = { stage: STAGES, budget: BUDGETS };
const AT_ITEM = /第 (\d+) 项/; // so the server begins what it says of one item

// on: { submit(), edit(), clear() }
export function drawForm(regions, on) {
  const region = h("input", { id: "jb-estimate-region", list: "jb-estimate-regions", required: true, maxlength: "60", placeholder: say("estimate.regionHint"), autocomplete: "off" });
  const day = h("input", { type: "date", id: "jb-estimate-day" });
  const received = h("input", { id: "jb-estimate-received", placeholder: say("estimate.moneyHint"), maxlength: "40", autocomplete: "off" });
  const subjects = h("datalist", { id: "jb-estimate-subjects" });
  const list = h("div", { class: "jb-items" });
  const alert = h("p", { class: "jb-form-alert", role: "alert" });
  const submit = h("button", { class: "jb-main-button" }, say("estimate.submit"));
  const items = [];
  const known = new Map(); // name of an award of this region → its entry in the ledger
  const renumber = () => items.forEach((item, place) => item.number(place + 1, items.length));
  const add = (values = { count: "1" }) => {
    if (items.length >= MAX_ITEMS) return null;
    const item = drawItem(values, () => {
      items.splice(items.indexOf(item), 1);
      item.element.remove();
      renumber();
      on.edit();
      items[0].what.focus();
    });
    items.push(item);
    list.append(item.element);
    renumber();
    return item;
  };
  const addNext = () => {
    add()?.what.focus();
    on.edit();
  };
  const element = h(
    "form",
    { class: "jb-estimate-form", novalidate: true },
    h("div", { class: "jb-estimate-frame" }, field("estimate.region", region), field("asOf", day), field("estimate.received", received)),
    h("datalist", { id: "jb-estimate-regions" }, regions.map((name) => h("option", { value: name }))),
    subjects,
    list,
    alert,
    h(
      "div",
      { class: "jb-estimate-actions" },
      submit,
      h("span", { class: "jb-soft jb-small jb-keys" }, say("estimate.keys")),
      h("span", { class: "jb-gap" }),
      h("button", { type: "button", class: "jb-quiet", onclick: addNext }, say("estimate.add")),
      h("button", { type: "button", class: "jb-quiet", onclick: on.clear }, say("estimate.clear")),
    ),
  );
  const offer = settled(() => offerSubjects(subjects, known, region.value.trim()), 250);
  region.addEventListener("input", offer);
  listen(element, on);
  const write = (claim) => {
    region.value = claim.region;
    day.value = claim.as_of || today();
    received.value = claim.received;
    items.length = 0;
    fill(list);
    claim.achievements.forEach(add);
    offer();
  };
  write(blankClaim());
  return {
    element,
    write,
    read: () => ({ region: region.value, as_of: day.value, received: received.value, achievements: items.map((item) => item.read(known)) }),
    rename(place, what) {
      items[place].what.value = what;
      on.edit();
    },
    busy: (is) => submit.toggleAttribute("disabled", is),
    complain(message) {
      alert.textContent = message;
      const at = message.match(AT_ITEM);
      items.forEach((item, place) => item.element.classList.toggle("jb-item-bad", Boolean(at) && Number(at[1]) === place + 1));
    },
  };
}

function listen(element, on) {
  element.addEventListener("input", on.edit);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    on.submit();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    on.submit();
  });
}

function field(key, control, kind = "") {
  return h("label", { class: `jb-field ${kind}` }, say(key), control);
}

function drawItem(values, remove) {
  const controls = Object.fromEntries(ITEM_FIELDS.map((name) => [name, control(name, values[name] || "")]));
  const legend = h("legend", {});
  const drop = h("button", { type: "button", class: "jb-quiet", onclick: remove }, say("estimate.removeShort"));
  const more = h(
    "details",
    { class: "jb-item-more", open: hasMore(values) },
    h("summary", {}, say("estimate.more")),
    h("div", { class: "jb-item-fields" }, ITEM_FIELDS.slice(2).map((name) => field(LABELS[name] || `estimate.${name}`, controls[name]))),
  );
  const first = h("div", { class: "jb-item-first" }, field("estimate.what", controls.what), field("estimate.count", controls.count), drop);
  return {
    element: h("fieldset", { class: "jb-item jb-card" }, legend, first, more),
    what: controls.what,
    read(known) {
      const what = controls.what.value.trim();
      const fact = known.get(what) || (what === values.what ? values.fact || "" : "");
      return { ...Object.fromEntries(ITEM_FIELDS.map((name) => [name, controls[name].value])), fact };
    },
    number(place, total) {
      legend.textContent = say("estimate.item", { number: place });
      drop.setAttribute("aria-label", say("estimate.remove", { number: place }));
      drop.hidden = total === 1;
    },
  };
}

function control(name, value) {
  let made;
  if (OPTIONS[name]) made = h("select", {}, ["", ...OPTIONS[name]].map((one) => h("option", { value: one }, one || say("estimate.any"))));
  else if (WHOLE.includes(name)) made = h("input", { inputmode: "numeric", maxlength: "9", autocomplete: "off" });
  else made = h("input", { maxlength: name === "what" ? "200" : "60", placeholder: HINTS[name] ? say(HINTS[name]) : null, autocomplete: "off" });
  if (name === "what") {
    made.setAttribute("list", "jb-estimate-subjects");
    made.placeholder = say("estimate.whatHint");
  }
  made.value = value;
  return made;
}

// What this region's documents reward, to choose from; without it one writes freely. A name that several sums share
// chooses none of them: the server then asks which is meant.
async function offerSubjects(subjects, known, region) {
  fill(subjects);
  known.clear();
  if (region.length < 2) return;
  try {
    const { facts } = await call(`/api/facts?${new URLSearchParams({ region, limit: 1000 })}`);
    for (const { name, id } of tellApart(facts)) known.set(name, known.has(name) ? "" : id);
    fill(subjects, [...known.keys()].map((value) => h("option", { value })));
  } catch {
    fill(subjects); // submitting says what is wrong; suggestions alone are no reason to disturb
  }
}
