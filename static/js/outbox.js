// Reports that are filed but not yet at the server. Each waits with its own key, so that sending it twice files it
// once (R17), and leaves the phone only when the server's receipt is here. Used by pages and by the service worker,
// which may have the receipt before any page is open: it stays as an entry "sent" until a page has told the person.
import { all, put, remove } from "./device-store.js";

const TOKEN = "/reports/token/";
const JSON_ONLY = { Accept: "application/json" };
export const news = new BroadcastChannel("outbox");

export async function enqueue(entry) {
  await put("outbox", { ...entry, state: "waiting", sentence: "" });
  news.postMessage({});
}

export async function withdraw(key) {
  await remove("outbox", key);
  news.postMessage({});
}

export const entries = () => all("outbox");
export const waiting = async () => (await entries()).filter((entry) => entry.state !== "sent");
export const told = (key) => remove("outbox", key);

// One sender at a time, whichever tab or worker it is.
export function sendAll() {
  return self.navigator.locks ? navigator.locks.request("outbox", sendEach) : sendEach();
}

async function sendEach() {
  const results = new Map();
  for (const entry of await waiting()) if (entry.state !== "mend") results.set(entry.key, await send(entry));
  return results;
}

// { receipt }, or { state, sentence }: "waiting" for the network, "sign-in", or "mend" when a person must look.
async function send(entry) {
  let result;
  try {
    result = await deliver(entry);
  } catch {
    result = { state: "waiting", sentence: "" };
  }
  if (!result.receipt) {
    await put("outbox", { ...entry, ...result });
    return result;
  }
  const receipt = { ...result.receipt, unit: entry.unit, key: entry.key };
  await put("outbox", { key: entry.key, user: entry.user, state: "sent", receipt });
  await remove("drafts", entry.draft);
  news.postMessage({ sent: receipt }); // the channel does not speak to the page that speaks
  self.dispatchEvent(new CustomEvent("outbox:sent", { detail: receipt }));
  return { receipt };
}

async function deliver(entry) {
  const asked = await fetch(TOKEN, { headers: JSON_ONLY, credentials: "same-origin", cache: "no-store" });
  if (asked.status === 401) return { state: "sign-in", sentence: "" };
  if (!asked.ok) return { state: "waiting", sentence: "" };
  const { user, token } = await asked.json();
  if (String(user) !== entry.user) return { state: "sign-in", sentence: "" };
  const headers = { ...JSON_ONLY, "X-CSRFToken": token };
  const refused = await deliverFiles(entry, headers);
  if (refused) return refused;
  const body = new URLSearchParams(entry.entries);
  for (const name of ["version", "page", "idempotency_key", "spent"]) body.set(name, entry[name]);
  const response = await fetch(entry.url, { method: "POST", body, headers, credentials: "same-origin" });
  return verdict(response);
}

// Photos taken without a network go first; one that the server does not take must not cost the report.
async function deliverFiles(entry, headers) {
  for (const file of (await all("files")).filter((one) => one.draft === entry.draft)) {
    const body = new FormData();
    body.append("files", new File([file.blob], file.name, { type: file.type }));
    const response = await fetch(entry.filesUrl, { method: "POST", body, headers, credentials: "same-origin" });
    if (response.status === 401 || response.status >= 500) return { state: "waiting", sentence: "" };
    await remove("files", file.id);
  }
  return undefined;
}

async function verdict(response) {
  if (response.status === 401) return { state: "sign-in", sentence: "" };
  if (response.status === 403 || response.status >= 500) return { state: "waiting", sentence: "" };
  const answer = await response.json();
  if (response.ok && answer.number) return { receipt: answer };
  return { state: "mend", sentence: answer.error ?? "", status: response.status };
}
