// The two dialogs: a reset, which asks first, and a new conversation, which goes through the vendor's own API.
import { api, byId, toast } from "./tools.js";

let vendor;
let created = () => undefined;

/** Conversations are made at this vendor from now on. */
export function useVendor(next) {
  vendor = next;
  byId("new-conversation").hidden = next.newConversation === undefined;
}

/** `onCreated` gets the response of the vendor's API. */
export function start(onCreated) {
  created = onCreated;
  for (const button of document.querySelectorAll("[data-close]"))
    button.addEventListener("click", () => button.closest("dialog").close());
  byId("reset").addEventListener("click", () => byId("reset-dialog").showModal());
  byId("reset-form").addEventListener("submit", submit(reset));
  byId("new-conversation").addEventListener("click", openNew);
  byId("new-form").addEventListener("submit", submit(create));
}

const submit = (act) => (event) => {
  event.preventDefault();
  act(event.target).catch((error) => toast(error.message));
};

async function reset(form) {
  form.closest("dialog").close();
  await api("POST", "reset");
  toast("Back to the seed");
}

function openNew() {
  const { elements } = byId("new-form");
  const { path, body } = vendor.newConversation;
  byId("new-title").textContent = `New conversation at ${vendor.name}`;
  byId("new-route").textContent = `POST ${vendor.mount}${path}`;
  elements.body.value = JSON.stringify(body, null, 2);
  elements.key.value = vendor.sampleKey;
  byId("new-error").textContent = "";
  byId("new-dialog").showModal();
}

async function create({ elements }) {
  const show = (text) => {
    byId("new-error").textContent = text;
  };
  try {
    JSON.parse(elements.body.value);
  } catch (error) {
    show(`The body is not JSON: ${error.message}`);
    return;
  }
  const [name, scheme] = vendor.keyHeader.split(/: ?/);
  const response = await fetch(vendor.mount + vendor.newConversation.path, {
    method: "POST",
    headers: { [name]: `${scheme} ${elements.key.value}`.trim(), "content-type": "application/json" },
    body: elements.body.value,
  });
  if (!response.ok) {
    show(`${response.status}: ${await response.text()}`);
    return;
  }
  byId("new-dialog").close();
  toast("Created");
  await created(await response.json());
}
