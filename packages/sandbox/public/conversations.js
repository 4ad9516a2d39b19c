// The conversations of the chosen vendor, and one of them with what its last write changed.
import * as address from "./address.js";
import * as log from "./log.js";
import { api, byId, diffTable, h, pre } from "./tools.js";

let vendor;
let rows = [];
/** The id of the conversation that is shown, as text. */
let chosen;
/** Whether the user chose it; otherwise it is the one written last. */
let picked = false;

const idOf = (conversation) => conversation?.[vendor.idField];
const keyOf = (conversation) => conversation && String(idOf(conversation));
const title = (conversation) =>
  conversation.name || conversation.summary || conversation.metadata?.topic || "(no name)";

export function start() {
  byId("account").addEventListener("change", ({ target }) => {
    address.set({ account: target.value });
    return refresh();
  });
  byId("conversation-search").addEventListener("input", (event) => {
    address.set({ conversations: event.target.value });
    draw();
  });
}

/** Shows a vendor's conversations from the next refresh on: the account and the conversation that the address names, if they are there. */
export function useVendor(next) {
  vendor = next;
  chosen = address.get("conversation");
  picked = chosen !== undefined;
  byId("conversation-search").value = address.get("conversations") ?? "";
  drawAccounts();
}

/** Offers the vendor's accounts. A list that stays as it is stays open. */
export function drawAccounts() {
  const { accounts } = vendor;
  const list = byId("account");
  const offered = Array.from(list.options, ({ value }) => value);
  if (String(offered) !== String(accounts))
    list.replaceChildren(...accounts.map((name) => h("option", { value: name }, name)));
  const named = address.get("account");
  list.value = accounts.includes(named) ? named : accounts[0];
  byId("account-label").hidden = accounts.length < 2;
}

/** Shows the conversation with this id, once it is there. */
export function choose(id) {
  chosen = String(id);
  picked = true;
  address.set({ conversation: chosen });
  draw();
}

/** Reads the conversations again and draws them. */
export async function refresh() {
  const asked = vendor;
  const account = byId("account").value || "default";
  const found = (await api("GET", `state/${vendor.name}?account=${encodeURIComponent(account)}`)).reverse();
  // Another vendor was chosen while this one's answer was on its way.
  if (asked !== vendor) return;
  rows = found;
  const here = (id) => rows.some((row) => keyOf(row) === String(id));
  if (!picked || !here(chosen)) chosen = String(log.lastWritten(vendor.name, idOf, here) ?? idOf(rows[0]));
  draw();
}

function draw() {
  const focused = document.activeElement?.dataset?.id;
  const search = byId("conversation-search").value.toLowerCase();
  const shown = rows.filter((row) => JSON.stringify(row).toLowerCase().includes(search));
  byId("conversations").replaceChildren(...shown.map(entry));
  byId("conversations-empty").hidden = shown.length > 0;
  byId("conversations-empty").textContent =
    rows.length > 0 ? "No conversation matches." : "There is no conversation here.";
  if (focused)
    byId("conversations")
      .querySelector(`[data-id="${CSS.escape(focused)}"]`)
      ?.focus();
  drawOne(rows.find((row) => keyOf(row) === chosen));
}

function entry(row) {
  const properties = {
    type: "button",
    "data-id": keyOf(row),
    "aria-current": String(keyOf(row) === chosen),
    title: keyOf(row),
    onclick: () => choose(idOf(row)),
  };
  return h("li", {}, h("button", properties, h("b", {}, title(row)), h("code", {}, keyOf(row))));
}

function drawOne(row) {
  if (!row) {
    byId("conversation").replaceChildren(h("p", { class: "quiet" }, "None is chosen."));
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
      pre("Stored now", JSON.stringify(row, null, 2)),
    ),
  );
}
