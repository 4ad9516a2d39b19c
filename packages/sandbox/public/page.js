// The page of the sandbox: vendors, conversations, faults and the live log, all from the control API.
import * as faults from "./faults.js";
import * as log from "./log.js";
import { api, byId, copy, h, toast } from "./tools.js";

const POLL_MS = 700;
let vendors = [];
let current;
let chosen;

const idOf = (conversation) => conversation?.[current.idField];
const title = (conversation) =>
  conversation.name ?? conversation.summary ?? conversation.metadata?.topic ?? "";

function drawVendors() {
  byId("vendors").replaceChildren(
    ...vendors.map((vendor, index) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          "aria-selected": String(vendor === current),
          tabindex: vendor === current ? 0 : -1,
          title: `${location.origin}${vendor.mount}  (key ${index + 1})`,
          onclick: () => select(vendor),
          onkeydown: (event) => {
            const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (by) select(vendors.at((index + by) % vendors.length), true);
          },
        },
        vendor.name,
      ),
    ),
  );
  byId("origin").textContent = `${location.origin}${current.mount}`;
}

async function select(vendor, focus = false) {
  current = vendor;
  chosen = undefined;
  faults.useVendor(vendor);
  drawVendors();
  if (focus) byId("vendors").querySelector('[aria-selected="true"]').focus();
  await drawConversations();
}

async function drawConversations() {
  const rows = (await api("GET", `state/${current.name}`)).reverse();
  chosen ??= idOf(rows[0]);
  const focused = document.activeElement?.dataset?.id;
  byId("conversations").replaceChildren(
    ...rows.map((row) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            "data-id": idOf(row),
            "aria-current": String(idOf(row) === chosen),
            onclick: () => {
              chosen = idOf(row);
              drawConversations();
            },
          },
          `${idOf(row)} ${title(row)}`,
        ),
      ),
    ),
  );
  if (focused)
    byId("conversations")
      .querySelector(`[data-id="${CSS.escape(focused)}"]`)
      ?.focus();
  drawConversation(rows.find((row) => idOf(row) === chosen));
}

function drawConversation(row) {
  if (!row) {
    byId("conversation").replaceChildren(h("p", { class: "quiet" }, "No conversation chosen."));
    return;
  }
  const write = log.lastWrite(current.name, idOf(row), idOf);
  const before = write?.before ?? row;
  const note = write ? `Before and after ${write.operation}` : "No write since the log began";
  byId("conversation").replaceChildren(
    h("p", { class: "quiet" }, note),
    log.diffTable(before, write?.after ?? row, false),
    h("pre", { "aria-label": "Stored now" }, JSON.stringify(row, null, 2)),
  );
}

async function poll() {
  try {
    const fresh = await log.refresh();
    if (fresh.some((record) => record.method !== "GET" || record.faults)) await drawConversations();
    if (fresh.length > 0) await faults.refresh();
    document.title = "Convo sandbox";
  } catch {
    document.title = "Convo sandbox (not reachable)";
  }
  setTimeout(poll, POLL_MS);
}

const THEMES = ["auto", "light", "dark"];
function useTheme(theme) {
  localStorage.setItem("theme", theme);
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}

function shortcuts(event) {
  if (event.target.matches("input, select") || event.metaKey || event.ctrlKey || event.altKey) return;
  const vendor = vendors[Number(event.key) - 1];
  if (vendor) select(vendor);
  if (event.key === "j") log.step(1);
  if (event.key === "k") log.step(-1);
  if (event.key === "c") log.copyChosen();
  if (event.key === "f") {
    // Or the letter would choose an option of the list that is about to have the focus.
    event.preventDefault();
    byId("fault-form").elements.kind.focus();
  }
}

async function start() {
  useTheme(localStorage.getItem("theme") ?? "auto");
  const about = await api("GET", "vendors");
  vendors = about.vendors;
  log.useVendors((name) => vendors.find((vendor) => vendor.name === name));
  faults.start(about.faultKinds);
  byId("reset").addEventListener("click", async () => {
    await api("POST", "reset");
    log.clear();
    await Promise.all([drawConversations(), faults.refresh()]);
    toast("Back to the seed");
  });
  byId("copy-env").addEventListener("click", () => {
    const lines = vendors.flatMap(({ env, mount, sampleKey }) => [
      `export ${env.baseUrl}=${location.origin}${mount}`,
      `export ${env.apiKey}=${sampleKey}`,
    ]);
    copy(lines.join("\n"), "Env lines");
  });
  byId("theme").addEventListener("click", () => {
    useTheme(THEMES[(THEMES.indexOf(localStorage.getItem("theme")) + 1) % THEMES.length]);
  });
  document.addEventListener("keydown", shortcuts);
  await select(vendors[0]);
  await faults.refresh();
  await poll();
}

start().catch((error) => toast(error.message));
