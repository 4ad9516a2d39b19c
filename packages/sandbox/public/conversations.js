// The conversations of the chosen vendor, and one of them with what its last write changed.
import * as log from "./log.js";
import { api, byId, diffTable, h } from "./tools.js";

let vendor;
/** The conversation that is shown. */
let chosen;
/** Whether the user chose it; otherwise it is the one written last. */
let picked = false;

const idOf = (conversation) => conversation?.[vendor.idField];
const title = (conversation) =>
  conversation.name || conversation.summary || conversation.metadata?.topic || "(no name)";

/** Shows this vendor's conversations from the next refresh on. */
export function useVendor(next) {
  vendor = next;
  picked = false;
  const { accounts } = next;
  byId("account").replaceChildren(...accounts.map((name) => h("option", { value: name }, name)));
  byId("account-label").hidden = accounts.length < 2;
}

/** Reads the conversations anew and draws them. */
export async function refresh() {
  const asked = vendor;
  const account = byId("account").value || "default";
  const rows = (await api("GET", `state/${vendor.name}?account=${encodeURIComponent(account)}`)).reverse();
  // Another vendor was chosen while this one's answer was on its way.
  if (asked !== vendor) return;
  const here = (id) => rows.some((row) => String(idOf(row)) === String(id));
  if (!picked || !here(chosen)) chosen = log.lastWritten(vendor.name, idOf, here) ?? idOf(rows[0]);
  draw(rows);
}

function draw(rows) {
  const focused = document.activeElement?.dataset?.id;
  byId("conversations").replaceChildren(...rows.map((row) => entry(row, rows)));
  if (focused)
    byId("conversations")
      .querySelector(`[data-id="${CSS.escape(focused)}"]`)
      ?.focus();
  drawOne(rows.find((row) => idOf(row) === chosen));
}

function entry(row, rows) {
  const properties = {
    type: "button",
    "data-id": idOf(row),
    "aria-current": String(idOf(row) === chosen),
    title: String(idOf(row)),
    onclick: () => {
      chosen = idOf(row);
      picked = true;
      draw(rows);
    },
  };
  return h("li", {}, h("button", properties, h("b", {}, title(row)), h("code", {}, String(idOf(row)))));
}

function drawOne(row) {
  if (!row) {
    byId("conversation").replaceChildren(h("p", { class: "quiet" }, "There is no conversation here."));
    return;
  }
  const write = log.lastWrite(vendor.name, idOf(row), idOf);
  const note = write ? `Before and after the last ${write.operation}` : "No write since the log began.";
  const open = byId("conversation").querySelector("details")?.open === true;
  byId("conversation").replaceChildren(
    h("p", { class: "quiet" }, note),
    diffTable(write?.before ?? row, write?.after ?? row, false),
    h(
      "details",
      { open },
      h("summary", {}, "As it is stored now"),
      h("pre", { "aria-label": "Stored now" }, JSON.stringify(row, null, 2)),
    ),
  );
}
