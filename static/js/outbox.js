// Reports that are filed but not yet at the server. Each waits with its own key, so that sending it twice files it
// once (R17), and leaves the phone only when the server's receipt is here. Used by pages and by the service worker,
// which may have the receipt before any page is open: it stays as an entry "sent" until a page has told the person.
import { all, put, remove } from "./device-store.js";
import { sendFiles, takeRefusals } from "./waiting-files.js";

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
  const receipt = { ...result.receipt, unit: entry.unit, key: entry.key, refused: await takeRefusals(entry.draft) };
  await put("outbox", { key: entry.key, user: entry.user, state: "sent", receipt });
  await remove("drafts", entry.draft);
  news.postMessage({ sent: receipt }); // the channel does not speak to the page that speaks
  self.dispatchEvent(new CustomEvent("outbox:sent", { detail: receipt }));
  return { receipt };
}

// The token of this moment, if it is still that person who is signed in.
export async function tokenFor(user) {
  const asked = await fetch(TOKEN, { headers: JSON_ONLY, credentials: "same-origin", cache: "no-store" });
  const said = asked.ok ? await asked.json() : {};
  if (asked.ok && String(said.user) !== user) return { status: 401 };
  return { token: said.token, status: asked.status };
}

async function deliver(entry) {
  const { token, status } = await tokenFor(entry.user);
  if (!token) return { state: status === 401 ? "sign-in" : "waiting", sentence: "" };
  const headers = { ...JSON_ONLY, "X-CSRFToken": token };
  // Photos taken without a network go first; one that the server does not take must not cost the report.
  const why = await sendFiles(entry.draft, entry.filesUrl, headers);
  if (why !== undefined) return { state: why === 401 ? "sign-in" : "waiting", sentence: "" };
  const body = new URLSearchParams(entry.entries);
  for (const name of ["version", "page", "idempotency_key", "spent"]) body.set(name, entry[name]);
  const response = await fetch(entry.url, { method: "POST", body, headers, credentials: "same-origin" });
  return verdict(response);
}

async function verdict(response) {
  if (response.status === 401) return { state: "sign-in", sentence: "" };
  if (response.status === 403 || response.status >= 500) return { state: "waiting", sentence: "" };
  const answer = await response.json();
  if (response.ok && answer.number) return { receipt: answer };
  return { state: "mend", sentence: answer.error ?? "", status: response.status };
}
