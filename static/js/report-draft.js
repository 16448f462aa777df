// The draft: in the phone's store at every change, on the server after 15 seconds of rest and whenever a section is
// left. The phone's copy stays until the receipt; it remembers which version the server has of it.
import { get, persist, put, remove } from "./device-store.js";
import { enqueue, news, sendAll, told, tokenFor, waiting, withdraw } from "./outbox.js";
import { entriesOf, fill, page } from "./report-fields.js";
import { layBeside } from "./two-copies.js";

const form = document.querySelector("[data-paper]");
const { draftKey: key, draftUrl, filesUrl, unit, user, writer } = form.dataset;
const versionInput = form.elements.namedItem("version");
const banner = form.querySelector("[data-two-copies]");
const REST = 15000;
const RETRY = 15000;
const state = { edits: 0, isStale: false, isBlocked: false, isQueued: false, isKeepDue: false, openedAt: Date.now() };
let timer, waitingForNetwork, saving;
let keeping = Promise.resolve();

const clock = (date = new Date()) => date.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
const forgetHere = () => remove("drafts", key);

function say(what, saved, kind = "") {
  const chip = form.querySelector("[data-state]");
  chip.className = `chip ${kind}`.trim();
  chip.hidden = !kind;
  chip.textContent = saved ? `${what} · ${saved}` : what;
  form.querySelector("[data-bar-state]").textContent = what;
  form.querySelector("[data-bar-saved]").textContent = saved;
  form.querySelector("[data-saved-text]").textContent = chip.textContent;
}

// A closed store: the server still gets every word.
function writeHere() {
  const copy = { key, version: Number(versionInput.value), isSaved: state.edits === 0, at: clock(), openedAt: state.openedAt, entries: entriesOf(form) };
  return put("drafts", copy).catch(() => undefined);
}

// One write after the other; keys pressed meanwhile are all in the next one.
function keepHere() {
  if (state.isKeepDue) return keeping;
  state.isKeepDue = true;
  keeping = keeping.then(() => {
    state.isKeepDue = false;
    return writeHere();
  });
  return keeping;
}

function changed() {
  if (!state.edits) persist().catch(() => undefined);
  state.edits += 1;
  state.isBlocked = false;
  if (state.isQueued) takeBack();
  keepHere();
  clearTimeout(timer);
  timer = setTimeout(save, REST);
}

// Words typed after "Nộp" while it waits for the network: the report is being written again.
function takeBack() {
  state.isQueued = false;
  withdraw(form.elements.namedItem("idempotency_key").value);
  say("Đang soạn", "Chưa nộp, bấm Nộp khi viết xong");
}

function body(keep) {
  const data = new URLSearchParams(entriesOf(form));
  data.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  data.append("version", versionInput.value);
  if (keep) data.append("keep", "1");
  return data;
}

// One save at a time: its answer carries the version that the next one needs.
function save({ keep = false } = {}) {
  clearTimeout(timer);
  if (saving) return saving.then(() => (state.edits || keep ? save({ keep }) : undefined));
  if ((!state.edits && !keep) || state.isBlocked || state.isQueued || (state.isStale && !keep)) return Promise.resolve();
  saving = send(keep, state.edits).finally(() => (saving = null));
  return saving;
}

const post = (keep) => fetch(draftUrl, { method: "POST", body: body(keep), headers: { Accept: "application/json" }, keepalive: document.hidden });

// Signed in again on another page: this one goes on with the token of the new session.
async function renewToken() {
  const { token } = await tokenFor(user);
  if (token) form.elements.namedItem("csrfmiddlewaretoken").value = token;
  return token;
}

async function send(keep, sent) {
  let response;
  try {
    response = await post(keep);
    if (response.status === 403 && (await renewToken())) response = await post(keep);
  } catch {
    return offline();
  }
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  if (response.ok && answer.version) return acknowledged(answer, sent);
  if (response.status === 409) return twoCopies(answer.error);
  if (response.status === 422) return refused(answer.error);
  if (response.status >= 500) return offline();
  say("Giữ trên máy này", "Phiên đã hết; nộp được sau khi đăng nhập lại", "wait");
  state.isBlocked = true;
}

function acknowledged({ version, saved }, sent) {
  versionInput.value = version;
  state.isStale = false;
  banner.hidden = true;
  state.edits -= sent;
  keepHere();
  say("Đang soạn", `Đã lưu ${saved}`);
  if (state.edits) timer = setTimeout(save, REST);
}

function offline() {
  say("Chờ mạng", `Giữ trên máy này ${clock()}`, "wait");
  clearTimeout(waitingForNetwork);
  waitingForNetwork = setTimeout(save, RETRY);
}

function refused(sentence) {
  state.isBlocked = true;
  if (sentence?.includes("dấu hiệu")) forgetHere();
  say("Chưa lưu", sentence || "Máy chủ không nhận nội dung này", "wait");
  show(sentence || "", false);
}

async function twoCopies(sentence) {
  state.isStale = true;
  say("Chưa lưu", "có hai bản", "wait");
  show(`${sentence || "Có một bản khác trên máy chủ."} Chữ đồng chí vừa viết vẫn giữ trên trang và trên máy này. Chọn bản giữ lại.`, true);
  await layBeside(form, banner, draftUrl);
}

function show(sentence, choose) {
  banner.hidden = false;
  banner.querySelector("[data-two-copies-text]").textContent = sentence;
  for (const button of banner.querySelectorAll("button")) button.hidden = !choose;
  banner.scrollIntoView({ block: "nearest" });
}

async function recover() {
  const copy = await get("drafts", key).catch(() => undefined);
  if (!copy || form.querySelector("[data-errors]")) return;
  state.openedAt = copy.openedAt ?? state.openedAt;
  const here = Number(versionInput.value);
  // A page loaded while the last save was still on its way shows less than the server has by now.
  if (copy.isSaved) return here < copy.version && takeOver(copy);
  // The copy is newer than what the server holds: nobody saved since, or only the page that left the copy did.
  const left = copy.entries.find(([name]) => name === "page")?.[1];
  fill(form, copy.entries);
  state.edits = 1;
  if (copy.version === here || (left && left === writer)) return save();
  await twoCopies(`Trên máy này còn bản viết lúc ${copy.at}, khác bản trên máy chủ.`);
}

function takeOver(copy) {
  fill(form, copy.entries);
  versionInput.value = copy.version;
}

// Filing: first into the outbox, then to the server; whatever happens between, the words are in the phone's store.
async function file() {
  clearTimeout(timer);
  const idempotencyKey = form.elements.namedItem("idempotency_key").value;
  const spent = Math.round((Date.now() - state.openedAt) / 1000);
  await keepHere();
  await enqueue({
    key: idempotencyKey, idempotency_key: idempotencyKey, user, unit, url: form.action, filesUrl, draft: key,
    version: versionInput.value, page: page(form), spent: String(spent), entries: entriesOf(form),
  });
  state.isQueued = true;
  say("Đang nộp", "Đang gửi lên máy chủ");
  return judge((await sendAll()).get(idempotencyKey), idempotencyKey);
}

async function judge(result, idempotencyKey) {
  if (result?.receipt) return toReceipt(result.receipt);
  if (result?.state === "mend") return atTheServer(idempotencyKey);
  if (result?.state === "sign-in") return signIn();
  const mine = (await waiting().catch(() => [])).filter((one) => one.user === user);
  say(`Chờ mạng (${Math.max(mine.length, 1)} báo cáo)`, "Tự gửi khi có mạng, có thể đóng trang", "wait");
  clearTimeout(waitingForNetwork);
  waitingForNetwork = setTimeout(resume, RETRY); // where there is no background sync
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("reports")).catch(() => undefined);
}

// Whoever sent it: this page, another tab, or the worker.
async function toReceipt(receipt) {
  if (receipt.key !== form.elements.namedItem("idempotency_key").value) return;
  if (!receipt.refused?.length) await told(receipt.key); // else the next page tells of the files
  location.assign(receipt.url);
}

// The server has something to say of this report: it shows the page with every word and the sentence at its place.
async function atTheServer(idempotencyKey) {
  await withdraw(idempotencyKey);
  form.elements.namedItem("spent").value = Math.round((Date.now() - state.openedAt) / 1000);
  HTMLFormElement.prototype.submit.call(form); // a button has taken the name
}

function signIn() {
  say("Chưa gửi (1 báo cáo)", "Đăng nhập lại, báo cáo tự gửi", "wait");
  const link = form.querySelector("[data-sign-in]");
  link.hidden = false;
  link.querySelector("a").href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  link.scrollIntoView({ block: "nearest" });
}

// What waited is sent at the next opening, or when the network is back while the page is open.
async function resume() {
  const entry = (await waiting().catch(() => [])).find((one) => one.draft === key && one.user === user);
  if (!entry) return;
  if (entry.state === "mend") return withdraw(entry.key);
  form.elements.namedItem("idempotency_key").value = entry.key;
  state.isQueued = true;
  state.edits = 0;
  judge((await sendAll()).get(entry.key), entry.key);
}

banner.querySelector("[data-keep-mine]").addEventListener("click", () => {
  state.edits = Math.max(state.edits, 1);
  save({ keep: true });
});
banner.querySelector("[data-take-other]").addEventListener("click", async () => {
  state.edits = 0;
  await forgetHere();
  location.reload();
});
banner.addEventListener("copies:merged", () => {
  state.edits = Math.max(state.edits, 1);
  save({ keep: true });
});
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("section:left", () => save());
addEventListener("outbox:sent", ({ detail }) => toReceipt(detail));
news.addEventListener("message", ({ data }) => data.sent && toReceipt(data.sent));
addEventListener("online", () => (state.isQueued ? resume() : save()));
document.addEventListener("visibilitychange", () => document.hidden && save());
addEventListener("pagehide", () => state.edits && !state.isQueued && writeHere());

// Before `once`: this script sends the report itself and keeps the page until the receipt is here.
form.addEventListener(
  "submit",
  (event) => {
    if (event.submitter?.name === "save") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (state.isStale) return show("Chọn bản giữ lại trước khi nộp.", true);
    const missing = Number(form.dataset.missing ?? 0);
    if (missing && !navigator.onLine) return say("Chưa nộp", `Còn ${missing} chỗ chưa ghi`, "wait");
    file();
  },
  { capture: true },
);

// "Enter" in a one-line field is no wish to file the report.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});

await recover();
await resume();
