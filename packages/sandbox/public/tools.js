// Small helpers of the page. Everything is put in as text, never as markup: what clients send is not to be trusted.

/** An element with properties and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Text as it stands, in a box that can be scrolled by keyboard. */
export const pre = (label, text) => h("pre", { "aria-label": label, role: "region", tabindex: 0 }, text);

export const byId = (id) => document.getElementById(id);

/** JSON of the control API; undefined for a response without body. */
export async function api(method, path, body) {
  const response = await fetch(`/_/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (response.status === 204) return undefined;
  const value = await response.json();
  if (!response.ok) throw new Error(value.error ?? `status ${response.status}`);
  return value;
}

let toastTimer;
export function toast(text) {
  byId("toast").textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    byId("toast").textContent = "";
  }, 2500);
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  } catch {
    toast("The browser does not allow copying here");
  }
}

/** Fields of a conversation, `metadata` key by key, in one flat map of printable values. */
function flatten(conversation = {}) {
  const flat = new Map();
  for (const [name, value] of Object.entries(conversation)) {
    if (name.startsWith("$")) continue;
    const nested = name === "metadata" && value !== null && typeof value === "object";
    if (nested)
      for (const [key, inner] of Object.entries(value)) flat.set(`metadata.${key}`, JSON.stringify(inner));
    else flat.set(name, JSON.stringify(value));
  }
  return flat;
}

/** One row per field: its value before and after, and what became of it. Changed rows and metadata come first. */
function diff(before, after) {
  const [old, now] = [flatten(before), flatten(after)];
  const rows = [...new Set([...old.keys(), ...now.keys()])].map((field) => {
    const [was, is] = [old.get(field), now.get(field)];
    const change =
      was === is ? "same" : was === undefined ? "added" : is === undefined ? "removed" : "changed";
    return { field, was, is, change };
  });
  const rank = (row) => (row.change === "same" ? 1 : 0) + (row.field.startsWith("metadata") ? 0 : 2);
  return rows.sort((a, b) => rank(a) - rank(b));
}

/** Before and after, field by field, or the values alone where nothing changed; `only` leaves out what stayed. */
export function diffTable(before, after, only) {
  const rows = diff(before, after);
  const changed = rows.filter((entry) => entry.change !== "same");
  if (only && changed.length === 0) return h("p", { class: "quiet" }, "Nothing changed.");
  const [heads, cells] =
    changed.length === 0
      ? [["Field", "Value"], ["is"]]
      : [
          ["Field", "Before", "After"],
          ["was", "is"],
        ];
  const line = (entry) =>
    h(
      "tr",
      { class: entry.change === "same" ? "same" : undefined },
      // A long name breaks after its dots.
      h("th", { scope: "row" }, ...entry.field.split(/(?<=\.)/).flatMap((part) => [h("wbr"), part])),
      ...cells.map((cell) => h("td", { class: entry.change }, entry[cell] ?? "—")),
    );
  return h(
    "table",
    { class: "diff" },
    h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", {}, text)))),
    h("tbody", {}, ...(only ? changed : rows).map(line)),
  );
}

const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The request as a curl command; the key is taken from the vendor's environment variable. */
export function curl(record, vendor) {
  const type = record.headers["content-type"];
  const parts = [`curl -X ${record.method} ${quote(location.origin + record.path + record.query)}`];
  if (record.headers.authorization) parts.push(`-H "${vendor.keyHeader} $${vendor.env.apiKey}"`);
  if (record.body !== undefined) {
    if (type) parts.push(`-H ${quote(`content-type: ${type}`)}`);
    parts.push(`-d ${quote(typeof record.body === "string" ? record.body : JSON.stringify(record.body))}`);
  }
  return parts.join(" \\\n  ");
}
