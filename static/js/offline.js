// On every page of who is signed in: the service worker, the pages this phone should keep, and reports that wait.
import { news, sendAll, waiting } from "./outbox.js";

const place = document.querySelector("[data-outbox]");
const user = place.dataset.outbox;
const KEPT = 20;
const WORDS = {
  waiting: (entry) => [`Chờ mạng (1 báo cáo): ${entry.unit}.`, "Báo cáo giữ trên máy này và tự gửi khi có mạng."],
  "sign-in": (entry) => [`Phiên đăng nhập đã hết: báo cáo ${entry.unit} chưa gửi.`, "Đăng nhập lại, báo cáo tự gửi; không phải viết lại."],
  mend: (entry) => [`Chưa nộp được: ${entry.unit}.`, entry.sentence],
};

async function work() {
  await navigator.serviceWorker.register("/sw.js", { type: "module" });
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll("a[data-keep-offline], a[href$='/report/']")].map((link) => link.href);
  if (navigator.onLine && links.length) active.postMessage({ keep: [...new Set(links)].slice(0, KEPT) });
}

function banner([what, why], href, label) {
  const row = document.querySelector("[data-outbox-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-what]").textContent = what;
  row.querySelector("[data-why]").textContent = why;
  const link = row.querySelector("a");
  link.href = href;
  link.textContent = label;
  return row;
}

function toDo(entry) {
  const signIn = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  const words = WORDS[entry.state](entry);
  return entry.state === "sign-in" ? banner(words, signIn, "Đăng nhập") : banner(words, entry.url, "Mở báo cáo");
}

const done = ({ at, number, unit, url }) =>
  banner([`Đã nộp lúc ${at}, số ${number}: ${unit}.`, "Báo cáo chờ mạng đã tới máy chủ."], url, "Xem biên nhận");

async function show(sent = []) {
  const rows = (await waiting().catch(() => [])).filter((entry) => entry.user === user);
  place.replaceChildren(...sent.map(done), ...rows.map(toDo));
  return rows.length;
}

async function send() {
  const results = await sendAll();
  const sent = [...results.values()].map((result) => result.receipt).filter(Boolean);
  if (results.size) await show(sent);
}

news.addEventListener("message", ({ data }) => show(data.sent ? [data.sent] : []));
addEventListener("online", send);
if ("serviceWorker" in navigator) work().catch(() => undefined);
// The form sends its own report and says so there.
if (!document.querySelector("[data-paper]") && (await show())) await send();
