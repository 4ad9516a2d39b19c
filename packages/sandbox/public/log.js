// The live log: newest request first, one chosen request in full beside it.
import * as address from "./address.js";
import { byId, copy, curl, diffTable, h, pre } from "./tools.js";

const SHOWN = 200;
const records = [];
let last = 0;
let chosen;
let state;
/** Whether the log was read at all. */
let loaded = false;
let vendorOf = () => undefined;

/** Tells the log how to find a vendor's description. */
export function useVendors(find) {
  vendorOf = find;
}

/** Offers the filter's vendors. */
export function start(names) {
  const form = byId("log-filter");
  const { search, from, status } = form.elements;
  from.append(...names.map((name) => h("option", { value: name }, name)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    address.set({ search: search.value, from: from.value, status: status.value });
    draw();
  });
}

/** Takes up what the address says. */
export function readAddress() {
  for (const name of ["search", "from", "status"])
    byId("log-filter").elements[name].value = address.get(name) ?? "";
  chosen = Number(address.get("request")) || undefined;
  if (loaded) draw();
}

/** The records that the filter lets through. */
function filtered() {
  const { search, from, status } = byId("log-filter").elements;
  const text = search.value.toLowerCase();
  return records.filter(
    (record) =>
      (from.value === "" || record.vendor === from.value) &&
      hasStatus(record, status.value) &&
      (text === "" || searchable(record).includes(text)),
  );
}

const hasStatus = ({ status, pending, faults = [] }, wanted) =>
  wanted === "" ||
  (wanted === "dropped" && status === 0 && !pending) ||
  (wanted === "fault" && faults.length > 0) ||
  String(status).startsWith(wanted);

const searchable = ({ method, path, query, operation, body, response, requestId }) =>
  JSON.stringify([`${method} ${path}${query}`, operation, body, response, requestId]).toLowerCase();

/** Fetches what is new; returns the records that were, or "other state" after a reset or a restart. */
export async function refresh() {
  const response = await fetch(`/_/requests?after=${last}&limit=${SHOWN}`);
  const was = state;
  state = response.headers.get("x-sandbox-state");
  if (was !== undefined && state !== was) {
    clear();
    await refresh();
    return "other state";
  }
  const fresh = await response.json();
  for (const record of fresh) {
    last = Math.max(last, record.revision);
    // Seen before if it was under way then.
    const seen = records.findIndex(({ id }) => id === record.id);
    if (seen === -1) records.unshift(record);
    else records[seen] = record;
  }
  records.sort((a, b) => b.id - a.id);
  if (records.length > SHOWN) records.length = SHOWN;
  if (fresh.length > 0 || !loaded) draw();
  loaded = true;
  return fresh;
}

function clear() {
  records.length = 0;
  last = 0;
  chosen = undefined;
  address.set({ request: "" });
  draw();
}

const writesOf = (vendor) =>
  records.filter((record) => record.vendor === vendor && (record.after ?? record.before));
const touched = (record, idOf) => idOf(record.after ?? record.before);

/** The newest write that touched this conversation. */
export function lastWrite(vendor, id, idOf) {
  return writesOf(vendor).find((record) => String(touched(record, idOf)) === String(id));
}

/** The conversation that was written last, of those that are still there. */
export function lastWritten(vendor, idOf, here) {
  return writesOf(vendor)
    .map((record) => touched(record, idOf))
    .find(here);
}

/** Chooses the next (1) or previous (-1) request. */
export function step(by) {
  const list = filtered();
  const at = list.findIndex((record) => record.id === chosen);
  const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
  if (next) choose(next.id);
}

export function copyChosen() {
  const record = records.find((entry) => entry.id === chosen) ?? records[0];
  if (record) copy(curl(record, vendorOf(record.vendor)), "curl command");
  return record !== undefined;
}

function choose(id) {
  chosen = id;
  address.set({ request: id });
  draw();
  const row = byId("log").querySelector('[aria-current="true"]');
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

function draw() {
  const focused = document.activeElement?.dataset?.record;
  const list = filtered();
  byId("log").replaceChildren(...list.map(row));
  byId("log-empty").hidden = list.length > 0;
  byId("log-empty").textContent =
    records.length > 0 ? "No request matches." : "No request yet. Point a client at one of the base URLs.";
  if (focused) byId("log").querySelector(`[data-record="${focused}"]`)?.focus({ preventScroll: true });
  const record = records.find((entry) => entry.id === chosen);
  byId("request").replaceChildren(...(record ? [detail(record)] : []));
}

const CLOCK = {
  hour12: false,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
};
const statusOf = ({ status, pending }) => (pending ? "pending" : status === 0 ? "dropped" : String(status));

function row(record) {
  const failed = record.status === 0 || record.status >= 400;
  const outcome = record.pending ? "pending" : failed ? "failed" : "ok";
  const open = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(record.id);
  };
  const marks = { "data-record": record.id, "aria-current": String(record.id === chosen) };
  return h(
    "tr",
    { tabindex: 0, ...marks, onclick: open, onkeydown: open },
    h("td", {}, new Date(record.at).toLocaleTimeString([], CLOCK)),
    h("td", {}, h("b", {}, record.method), ` ${record.path}${record.query}`),
    h("td", { class: outcome }, statusOf(record)),
    h("td", { class: "number" }, record.ms.toFixed(1)),
    h("td", {}, record.contractViolation ? "sandbox defect" : (record.faults ?? []).join(", ")),
  );
}

const json = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

function detail(record) {
  const headers = Object.entries(record.headers).map(([name, value]) => `${name}: ${value}`);
  const facts = [statusOf(record), `${record.ms.toFixed(1)} ms`, record.requestId].filter(Boolean);
  return h(
    "div",
    {},
    h(
      "div",
      { class: "title" },
      h("h2", {}, `${record.operation ?? "no operation"} at ${record.vendor}`),
      h("button", { type: "button", onclick: copyChosen }, "Copy as curl"),
    ),
    record.before || record.after ? diffTable(record.before, record.after, true) : undefined,
    h("h3", {}, "Request"),
    pre("Request", [`${record.method} ${record.path}${record.query}`, ...headers].join("\n")),
    record.body === undefined ? undefined : pre("Request body", json(record.body)),
    h("h3", {}, `Response · ${facts.join(" · ")}`),
    pre("Response", record.contractViolation ?? json(record.response) ?? "no body"),
  );
}
