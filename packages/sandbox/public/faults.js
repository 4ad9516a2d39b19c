// The fault switches: one form, and the list of what is armed.
import { api, byId, h, toast } from "./tools.js";

const NUMBERS = {
  status: ["status", "retryAfter"],
  latency: ["ms"],
  "break-stream": ["after"],
  "stall-stream": ["after"],
  "rate-limit": ["limit", "windowMs"],
};
let vendor;

export function start(kinds) {
  const form = byId("fault-form");
  form.elements.kind.replaceChildren(...kinds.map((kind) => h("option", { value: kind }, kind)));
  form.elements.kind.addEventListener("change", showFields);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    inject(form).catch((error) => toast(error.message));
  });
  showFields();
}

/** Offers the operations of this vendor. */
export function useVendor(next) {
  vendor = next;
  const options = next.operations.map(({ id }) => h("option", { value: id }, id));
  byId("fault-form").elements.operation.replaceChildren(h("option", { value: "" }, "all"), ...options);
}

function showFields() {
  const { kind } = byId("fault-form").elements;
  for (const label of document.querySelectorAll("[data-for]"))
    label.hidden = !label.dataset.for.split(" ").includes(kind.value);
}

async function inject(form) {
  const { elements } = form;
  const kind = elements.kind.value;
  const operation = elements.operation.value;
  const fault = { kind, vendor: vendor.name, times: JSON.parse(elements.times.value) };
  if (operation) fault.operation = operation;
  for (const name of NUMBERS[kind] ?? []) {
    if (elements[name].value !== "") fault[name] = Number(elements[name].value);
  }
  await api("POST", "faults", fault);
  await refresh();
}

export async function refresh() {
  const armed = await api("GET", "faults");
  byId("faults").replaceChildren(...armed.map(entry));
  byId("faults-empty").hidden = armed.length > 0;
}

const DETAILS = {
  status: ({ status = 503, retryAfter }) =>
    ` ${status}${retryAfter === undefined ? "" : `, Retry-After ${retryAfter} s`}`,
  "break-stream": ({ after = 1 }) => ` after ${after}`,
  "stall-stream": ({ after = 1 }) => ` after ${after}`,
  latency: ({ ms = 1000 }) => ` ${ms} ms`,
  "rate-limit": ({ limit = 5, windowMs = 10_000 }) => ` ${limit} in ${windowMs} ms`,
};

function entry(fault) {
  const where = `${fault.vendor ?? "every vendor"}${fault.operation ? ` ${fault.operation}` : ""}`;
  const left = fault.left === null ? "until removed" : `${fault.left} left`;
  const remove = async () => {
    await api("DELETE", `faults/${fault.id}`);
    await refresh();
  };
  const label = `${fault.kind}${DETAILS[fault.kind]?.(fault) ?? ""} · ${where} · ${left}`;
  const properties = { type: "button", onclick: remove, title: "Remove this fault" };
  return h("li", {}, h("button", properties, h("span", { "aria-hidden": "true" }, "✕"), label));
}
