// Photos and papers: first into the phone's store, made smaller, then to the server; without a network they wait there.
import { put, remove } from "./device-store.js";
import { tokenFor } from "./outbox.js";
import { smaller } from "./smaller.js";
import { filesOf, sendFile, sendFiles } from "./waiting-files.js";

const form = document.querySelector("[data-paper]");
const place = form.querySelector("#tep-kem");
const { filesUrl: url, draftKey: draft, user } = form.dataset;
const headers = () => ({ "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken").value });
const MOST = 10;
const MOST_BYTES = 10 * 1024 * 1024;
const WAITS = { 401: "chờ đăng nhập lại", 403: "chờ đăng nhập lại" };

const show = ({ files }) => (place.innerHTML = files);

function complain(sentences) {
  const list = form.querySelector("[data-files-problem]");
  list.replaceChildren(...sentences.map((one) => Object.assign(document.createElement("p"), { className: "field-error", textContent: one })));
  if (sentences.length) list.scrollIntoView({ block: "nearest" });
}

// Before a megabyte crosses a slow line.
function whyNot(file, count) {
  if (count >= MOST) return `Báo cáo đã có ${MOST} tệp. Bỏ bớt một tệp rồi thêm tệp “${file.name}”.`;
  return file.size > MOST_BYTES ? `Tệp “${file.name}” lớn quá 10 MB. Chọn tệp nhỏ hơn.` : "";
}

// Nothing, or why it could not be kept.
async function keep(file) {
  const row = { id: crypto.randomUUID(), draft, user, name: file.name, type: file.type, blob: file };
  return put("files", row).then(() => "", () => sendNow(row));
}

// A closed store: the server gets it at once, or nobody.
async function sendNow(row) {
  const { answer, refused } = await sendFile(row, url, headers()).catch(() => ({}));
  if (answer) {
    show(answer);
    return "";
  }
  return refused ?? `Chưa gửi được tệp “${row.name}” và máy này không giữ được. Chọn lại khi có mạng.`;
}

async function add(files) {
  const problems = [];
  let count = place.querySelectorAll("li").length + (await filesOf(draft).catch(() => [])).length;
  for (const file of files) {
    const small = await smaller(file);
    const problem = whyNot(small, count) || (await keep(small));
    if (problem) problems.push(problem);
    else count += 1;
  }
  complain(problems);
}

async function waiting(status) {
  const files = await filesOf(draft).catch(() => []);
  const list = form.querySelector("[data-files-waiting]");
  list.hidden = !files.length;
  list.replaceChildren(...files.map((file) => line(file, WAITS[status] ?? "chờ mạng")));
}

function line(file, why) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-plain push", textContent: "Bỏ" });
  button.setAttribute("aria-label", `Bỏ tệp ${file.name}`);
  button.addEventListener("click", () => remove("files", file.id).then(() => waiting()));
  item.append(file.refused ?? `${file.name} · ${why}`, button);
  item.classList.toggle("field-error", Boolean(file.refused));
  return item;
}

async function send() {
  const busy = form.querySelector("[data-files-busy]");
  busy.classList.add("htmx-request");
  let status = await sendFiles(draft, url, headers(), show).catch(() => 0);
  if (status === 403) status = await sendAgain();
  busy.classList.remove("htmx-request");
  await waiting(status);
}

// Signed in again on another page: with the token of the new session.
async function sendAgain() {
  const { token, status } = await tokenFor(user).catch(() => ({ status: 0 }));
  return token ? sendFiles(draft, url, { "X-CSRFToken": token }, show).catch(() => 0) : status;
}

form.addEventListener("change", async ({ target }) => {
  if (!target.matches("[data-files]") || !target.files.length) return;
  const chosen = [...target.files];
  target.value = "";
  await add(chosen);
  await send();
});

form.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-file-delete]");
  if (!button) return;
  event.preventDefault();
  const options = { method: "POST", headers: { ...headers(), Accept: "application/json" } };
  const response = await fetch(button.dataset.fileDelete, options).catch(() => undefined);
  const told = await response?.json().catch(() => undefined);
  if (response?.ok && told?.files !== undefined) show(told);
  else complain([told?.error ?? "Chưa bỏ được tệp: chưa có mạng. Thử lại khi có mạng."]);
});

addEventListener("online", send);
await waiting();
if (navigator.onLine && !form.querySelector("[data-files-waiting]").hidden) await send();
