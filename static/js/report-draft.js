// The draft: kept on this device at once, on the server two seconds after typing and whenever a section is left.
// The copy on the device stays until the receipt (report-filed.js); it remembers which version the server has of it.
const form = document.querySelector("[data-paper]");
const key = form.dataset.localKey;
const versionInput = form.elements.namedItem("version");
const banner = form.querySelector("[data-two-copies]");
const OURS = new Set(["csrfmiddlewaretoken", "version", "idempotency_key", "files", "save", "submit"]);
const WAIT = 2000;
const RETRY = 15000;
let timer, waiting, saving, isStale = false, isBlocked = false, wantsToSubmit = false, edits = 0;

const entries = () => [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
const clock = (date = new Date()) => date.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

function say(state, saved, kind = "") {
  const chip = form.querySelector("[data-state]");
  chip.className = `chip ${kind}`.trim();
  chip.hidden = !kind;
  chip.textContent = saved ? `${state} · ${saved}` : state;
  form.querySelector("[data-bar-state]").textContent = state;
  form.querySelector("[data-bar-saved]").textContent = saved;
  form.querySelector("[data-saved-text]").textContent = chip.textContent;
}

function keepHere() {
  try {
    const copy = { version: Number(versionInput.value), isSaved: edits === 0, at: clock(), entries: entries() };
    localStorage.setItem(key, JSON.stringify(copy));
  } catch {
    // A full or closed store: the server still gets every word.
  }
}

function readHere() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
const forgetHere = () => localStorage.removeItem(key);

function changed() {
  edits += 1;
  isBlocked = false;
  keepHere();
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
}

function body(keep) {
  const data = new URLSearchParams(entries());
  data.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  data.append("version", versionInput.value);
  if (keep) data.append("keep", "1");
  return data;
}

// One save at a time: its answer carries the version that the next one needs.
function save({ keep = false } = {}) {
  clearTimeout(timer);
  if (saving) return saving.then(() => (edits ? save() : undefined));
  if ((!edits && !keep) || isBlocked || (isStale && !keep)) return Promise.resolve();
  saving = send(keep, edits).finally(() => (saving = null));
  return saving;
}

async function send(keep, sent) {
  let response;
  try {
    response = await fetch(form.dataset.draftUrl, { method: "POST", body: body(keep), headers: { Accept: "application/json" }, keepalive: document.hidden });
  } catch {
    return offline();
  }
  const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  if (response.ok && answer.version) return acknowledged(answer, sent);
  if (response.status === 409) return twoCopies(answer.error);
  if (response.status === 422) return refused(answer.error);
  if (response.status >= 500) return offline();
  say("Chưa lưu lên máy chủ", "Phiên đã hết, tải lại trang để đăng nhập", "wait");
  isBlocked = true;
}

function acknowledged({ version, saved }, sent) {
  versionInput.value = version;
  isStale = false;
  banner.hidden = true;
  edits -= sent;
  keepHere();
  say("Đang soạn", `Đã lưu ${saved}`);
  if (edits) timer = setTimeout(save, WAIT);
  else if (wantsToSubmit) form.requestSubmit(form.querySelector("[name=submit]:not([disabled])"));
}

function offline() {
  say("Chờ mạng", `Giữ trên máy này ${clock()}`, "wait");
  clearTimeout(waiting);
  waiting = setTimeout(save, RETRY);
}

function refused(sentence) {
  isBlocked = true;
  wantsToSubmit = false;
  if (sentence?.includes("dấu hiệu")) forgetHere();
  say("Chưa lưu", sentence || "Máy chủ không nhận nội dung này", "wait");
  show(sentence || "", false);
}

function twoCopies(sentence) {
  isStale = true;
  wantsToSubmit = false;
  say("Chưa lưu", "có hai bản", "wait");
  show(`${sentence || "Có một bản khác trên máy chủ."} Chữ đồng chí vừa viết vẫn giữ trên trang và trên máy này. Chọn bản giữ lại.`, true);
}

function show(sentence, choose) {
  banner.hidden = false;
  banner.querySelector("[data-two-copies-text]").textContent = sentence;
  for (const button of banner.querySelectorAll("button")) button.hidden = !choose;
  banner.scrollIntoView({ block: "nearest" });
}

function fill(copy) {
  const indexes = (prefix) => [...new Set(copy.flatMap(([name]) => name.match(new RegExp(`^${prefix}-(\\d+)-`))?.[1] ?? []))].map(Number);
  for (const box of form.querySelectorAll("[data-rows]")) {
    box.dispatchEvent(new CustomEvent("rows:need", { detail: indexes(box.dataset.rows) }));
  }
  const values = Map.groupBy ? Map.groupBy(copy, ([name]) => name) : grouped(copy);
  for (const input of form.elements) {
    if (!input.name || OURS.has(input.name) || /_FORMS$/.test(input.name)) continue;
    const mine = (values.get(input.name) ?? []).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = mine.includes(input.value);
    else input.value = mine[0] ?? "";
  }
  for (const node of form.querySelectorAll("[data-sheet]")) node.dispatchEvent(new Event("draft:filled", { bubbles: true }));
}

function grouped(copy) {
  const groups = new Map();
  for (const entry of copy) groups.set(entry[0], [...(groups.get(entry[0]) ?? []), entry]);
  return groups;
}

// A page loaded while the last save was still on its way shows less than the server has by now.
const isOlderThan = (copy) => Number(versionInput.value) < copy.version;

function takeOver(copy) {
  fill(copy.entries);
  versionInput.value = copy.version;
}

function recover() {
  const copy = readHere();
  if (!copy || form.querySelector("[data-errors]")) return;
  if (copy.isSaved) return isOlderThan(copy) && takeOver(copy);
  // The copy is newer than what the server holds: nobody saved since, or only the page that left the copy did.
  const writer = copy.entries.find(([name]) => name === "page")?.[1];
  if (copy.version === Number(versionInput.value) || (writer && writer === form.dataset.writer)) {
    fill(copy.entries);
    edits = 1;
    return save();
  }
  isStale = true;
  show(`Trên máy này còn bản viết lúc ${copy.at}, khác bản trên máy chủ. Chọn bản giữ lại.`, true);
  banner.querySelector("[data-keep-mine]").textContent = `Lấy bản viết lúc ${copy.at}`;
  banner.querySelector("[data-keep-mine]").addEventListener("click", () => fill(copy.entries), { once: true, capture: true });
}

banner.querySelector("[data-keep-mine]").addEventListener("click", () => {
  edits = Math.max(edits, 1);
  save({ keep: true });
});
banner.querySelector("[data-take-other]").addEventListener("click", () => {
  forgetHere();
  location.reload();
});
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("section:left", () => save());
addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => document.hidden && save());

// Before `once`: words that are not on the server yet go there first; without a network the page stays and waits.
form.addEventListener(
  "submit",
  (event) => {
    if (isStale) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return show("Chọn bản giữ lại trước khi nộp.", true);
    }
    if (event.submitter?.name !== "submit") return;
    if (!edits || isBlocked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wantsToSubmit = true;
    say("Đang nộp", "Đang gửi lên máy chủ");
    save().then(() => edits && wantsToSubmit && say("Chờ mạng (1 báo cáo)", "Tự gửi khi có mạng", "wait"));
  },
  { capture: true },
);

// "Enter" in a one-line field is no wish to file the report.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});

recover();
