// The page of the sandbox: vendors, conversations, faults and the live log, all from the control API.
import * as address from "./address.js";
import * as conversations from "./conversations.js";
import * as dialogs from "./dialogs.js";
import * as faults from "./faults.js";
import * as log from "./log.js";
import { api, byId, copy, h, toast } from "./tools.js";

const POLL_MS = 700;
let vendors = [];
let current;

function drawVendors() {
  const tab = (vendor, index) => {
    const chosen = vendor === current;
    const properties = {
      type: "button",
      role: "tab",
      id: chosen ? "chosen-vendor" : undefined,
      "aria-selected": String(chosen),
      "aria-controls": "panel",
      tabindex: chosen ? 0 : -1,
      title: `Key ${index + 1}`,
      onclick: () => select(vendor),
      onkeydown: (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (by) select(vendors.at((index + by) % vendors.length), { focus: true });
      },
    };
    return h("button", properties, vendor.name);
  };
  byId("vendors").replaceChildren(...vendors.map(tab));
  byId("base-url").textContent = location.origin + current.mount;
  byId("vendor-docs").href = current.docs;
}

/** Shows another vendor, from its first account and its newest conversation on. */
async function select(vendor, { focus = false } = {}) {
  address.set({ vendor: vendor.name, account: undefined, conversation: undefined });
  const shown = show(vendor);
  if (focus) byId("chosen-vendor").focus();
  await shown;
}

async function show(vendor) {
  current = vendor;
  faults.useVendor(vendor);
  dialogs.useVendor(vendor);
  conversations.useVendor(vendor);
  drawVendors();
  await conversations.refresh();
}

/** An account is there from its first write on. */
async function refreshAccounts() {
  const { vendors: fresh } = await api("GET", "vendors");
  for (const vendor of vendors) vendor.accounts = fresh.find(({ name }) => name === vendor.name).accounts;
  conversations.drawAccounts();
}

async function poll() {
  try {
    const fresh = await log.refresh();
    const all = fresh === "other state";
    if (all || fresh.some((record) => record.method !== "GET" || record.faults)) {
      await refreshAccounts();
      await conversations.refresh();
    }
    if (all || fresh.length > 0) await faults.refresh();
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
  if (event.target.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const vendor = vendors[Number(event.key) - 1];
  if (vendor) select(vendor);
  if (event.key === "j") log.step(1);
  if (event.key === "k") log.step(-1);
  if (event.key === "c") log.copyChosen();
  if (event.key === "/") {
    event.preventDefault();
    byId("log-filter").elements.search.focus();
  }
  if (event.key === "f") {
    // Or the letter would choose an option of the list that is about to have the focus.
    event.preventDefault();
    byId("fault-form").elements.kind.focus();
  }
}

function envLines() {
  const lines = vendors.flatMap(({ env, mount, sampleKey }) => [
    `export ${env.baseUrl}=${location.origin}${mount}`,
    `export ${env.apiKey}=${sampleKey}`,
  ]);
  return lines.join("\n");
}

/** The conversation that the vendor's API just made, in whatever envelope. */
async function showCreated(created) {
  await conversations.refresh();
  const { idField } = current;
  const id = created[idField] ?? created.conversation?.[idField];
  if (id !== undefined) conversations.choose(id);
}

/** Takes up what the address says, at the start and when it is changed by hand. */
async function readAddress() {
  log.readAddress();
  await show(vendors.find(({ name }) => name === address.get("vendor")) ?? vendors[0]);
}

async function start() {
  useTheme(localStorage.getItem("theme") ?? "auto");
  const about = await api("GET", "vendors");
  vendors = about.vendors;
  log.useVendors((name) => vendors.find((vendor) => vendor.name === name));
  faults.start(about.faultKinds);
  log.start(vendors.map(({ name }) => name));
  conversations.start();
  dialogs.start(showCreated);
  byId("version").textContent = about.version;
  byId("docs").href = about.docs;
  byId("copy-env").addEventListener("click", () => copy(envLines(), "Env lines"));
  byId("copy-url").addEventListener("click", () => copy(byId("base-url").textContent, "Base URL"));
  byId("theme").addEventListener("click", () => {
    useTheme(THEMES[(THEMES.indexOf(localStorage.getItem("theme")) + 1) % THEMES.length]);
  });
  document.addEventListener("keydown", shortcuts);
  window.addEventListener("hashchange", readAddress);
  await readAddress();
  await faults.refresh();
  await poll();
}

start().catch((error) => toast(error.message));
