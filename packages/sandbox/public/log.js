// The live log: newest request first, one chosen request in full beneath it.
import { api, byId, copy, curl, diff, h } from "./tools.js";

const SHOWN = 200;
const records = [];
let last = 0;
let chosen;
let vendorOf = () => undefined;

/** Tells the log how to find a vendor's description. */
export function useVendors(find) {
  vendorOf = find;
}

/** Fetches what is new; returns the records that were. */
export async function refresh() {
  const fresh = await api("GET", `requests?after=${last}`);
  for (const record of fresh) {
    last = Math.max(last, record.id);
    records.unshift(record);
  }
  if (records.length > SHOWN) records.length = SHOWN;
  if (fresh.length > 0) draw();
  return fresh;
}

export function clear() {
  records.length = 0;
  last = 0;
  chosen = undefined;
  draw();
}

/** The newest write that touched this conversation. */
export function lastWrite(vendor, id, idOf) {
  return records.find((record) => {
    const touched = record.after ?? record.before;
    return record.vendor === vendor && touched !== undefined && String(idOf(touched)) === String(id);
  });
}

/** Chooses the next (1) or previous (-1) request. */
export function step(by) {
  const at = records.findIndex((record) => record.id === chosen);
  const next = records[Math.min(Math.max(at + by, 0), records.length - 1)];
  if (next) choose(next.id);
}

export function copyChosen() {
  const record = records.find((entry) => entry.id === chosen) ?? records[0];
  if (record) copy(curl(record, vendorOf(record.vendor)), "curl command");
}

function choose(id) {
  chosen = id;
  draw();
  byId("log").querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
}

function draw() {
  byId("log").replaceChildren(...records.slice(0, SHOWN).map(row));
  byId("log-empty").hidden = records.length > 0;
  const record = records.find((entry) => entry.id === chosen);
  byId("request").replaceChildren(...(record ? [detail(record)] : []));
}

function row(record) {
  const failed = record.status === 0 || record.status >= 400;
  const open = (event) => {
    if (event.type === "click" || event.key === "Enter") choose(record.id);
  };
  return h(
    "tr",
    { tabindex: 0, "aria-current": String(record.id === chosen), onclick: open, onkeydown: open },
    h("td", {}, new Date(record.at).toLocaleTimeString()),
    h("td", {}, record.vendor),
    h("td", {}, `${record.method} ${record.path}${record.query}`),
    h("td", { class: failed ? "failed" : "ok" }, record.status === 0 ? "dropped" : String(record.status)),
    h("td", {}, record.ms.toFixed(1)),
    h("td", {}, record.breach ? "sandbox defect" : (record.faults ?? []).join(", ")),
  );
}

const json = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

function detail(record) {
  const headers = Object.entries(record.headers).map(([name, value]) => `${name}: ${value}`);
  const request = [`${record.method} ${record.path}${record.query}`, ...headers].join("\n");
  const body = record.body === undefined ? "" : `\n\n${json(record.body)}`;
  return h(
    "div",
    {},
    h("h2", {}, `${record.operation ?? "no operation"} at ${record.vendor}`),
    h("button", { type: "button", onclick: copyChosen }, "Copy as curl"),
    h(
      "div",
      { class: "columns" },
      h("pre", { "aria-label": "Request" }, request + body),
      h("pre", { "aria-label": "Response" }, record.breach ?? json(record.response) ?? "no body"),
    ),
    record.before || record.after ? diffTable(record.before, record.after, true) : undefined,
  );
}

/** Before and after, field by field; `only` leaves out what stayed. */
export function diffTable(before, after, only) {
  const rows = diff(before, after).filter((entry) => !only || entry.change !== "same");
  if (rows.length === 0) return h("p", { class: "quiet" }, "Nothing changed.");
  const cell = (entry, value) => h("td", { class: entry.change }, value ?? "—");
  return h(
    "table",
    { class: "diff" },
    h("thead", {}, h("tr", {}, ...["Field", "Before", "After"].map((text) => h("th", {}, text)))),
    h(
      "tbody",
      {},
      ...rows.map((entry) =>
        h("tr", {}, h("td", {}, entry.field), cell(entry, entry.was), cell(entry, entry.is)),
      ),
    ),
  );
}
