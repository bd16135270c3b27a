// The filters above the ledger: a search box that is focused at once, and what narrows it further.
import { fill, h } from "./dom.js";
import { TOPICS, choices, regionsOf, today } from "./ledger.js";
import { say } from "./words.js";

const STATUSES = ["in_force", "not_in_force_yet", "unknown", "draft", "expired"];
export const FILTERS = ["text", "region", ...TOPICS, "level", "role", "status", "as_of"];

export function drawFilters(onChange) {
  const text = h("input", { type: "search", id: "jb-lookup-text", placeholder: say("lookup.searchHint"), maxlength: "200", autocomplete: "off", spellcheck: "false" });
  const region = h("input", { id: "jb-lookup-region", list: "jb-lookup-regions", placeholder: say("anyRegion"), maxlength: "60", autocomplete: "off" });
  const regions = h("datalist", { id: "jb-lookup-regions" });
  const [topic, level, role] = ["topic", "level", "role"].map((name) => h("select", { id: `jb-lookup-${name}` }));
  const status = h("select", { id: "jb-lookup-status" }, option("", say("lookup.anyStatus")), STATUSES.map((code) => option(code, say(`lookup.status.${code}`))));
  const day = h("input", { type: "date", id: "jb-lookup-day" });
  const clear = h("button", { type: "button", class: "jb-quiet" }, say("lookup.clear"));
  const controls = { text, region, topic, level, role, status, day };
  const element = h(
    "form",
    { class: "jb-lookup-filters", role: "search" },
    field("lookup.search", text, "jb-lookup-search"),
    field("region", region),
    field("lookup.topic", topic),
    field("lookup.level", level),
    field("lookup.role", role),
    field("lookup.status", status),
    field("asOf", day),
    regions,
  );
  const changed = () => onChange(read(controls));
  element.addEventListener("submit", (event) => event.preventDefault());
  element.addEventListener("input", changed);
  element.addEventListener("change", changed);
  clear.addEventListener("click", () => {
    write(controls, {});
    changed();
    text.focus();
  });
  write(controls, {});
  return {
    element,
    text,
    clear,
    write: (wanted) => write(controls, wanted),
    offer: (facts) => offer(controls, regions, facts),
  };
}

function field(key, control, kind = "") {
  return h("label", { class: `jb-field ${kind}` }, say(key), control);
}

function option(value, label) {
  return h("option", { value }, label);
}

function read({ text, region, topic, level, role, status, day }) {
  const [kind, value] = topic.value.split(":");
  const wanted = { text: text.value.trim(), region: region.value.trim(), level: level.value, role: role.value, status: status.value };
  return { ...wanted, as_of: day.value === today() ? "" : day.value, ...(kind ? { [kind]: value } : {}) };
}

function write(controls, wanted) {
  const { text, region, topic, level, role, status, day } = controls;
  const kind = TOPICS.find((one) => wanted[one]);
  text.value = wanted.text || "";
  region.value = wanted.region || "";
  choose(topic, kind ? `${kind}:${wanted[kind]}` : "");
  choose(level, wanted.level || "");
  choose(role, wanted.role || "");
  choose(status, STATUSES.includes(wanted.status) ? wanted.status : "");
  day.value = wanted.as_of || today();
}

// An address may name what this ledger has not: it stays chosen, and nothing matches.
function choose(select, value) {
  if (value && ![...select.options].some((one) => one.value === value)) select.append(option(value, value.split(":").pop()));
  select.value = value;
}

function offer({ topic, level, role }, regions, facts) {
  const told = ([value, count], kind = "") => option(kind + value, `${value}（${count}）`);
  const group = (kind) => h("optgroup", { label: say(`lookup.${kind}`) }, choices(facts, kind).map((one) => told(one, `${kind}:`)));
  const kept = [topic, level, role].map((select) => select.value);
  fill(topic, option("", say("lookup.anyTopic")), TOPICS.map(group));
  fill(level, option("", say("lookup.anyLevel")), choices(facts, "level").map((one) => told(one)));
  fill(role, option("", say("lookup.anyRole")), choices(facts, "role").map((one) => told(one)));
  [topic, level, role].forEach((select, place) => choose(select, kept[place]));
  fill(regions, regionsOf(facts).map((name) => h("option", { value: name })));
}
