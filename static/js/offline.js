// On every page of who is signed in: the service worker, the pages this phone should keep, and reports that wait.
import { entries, news, sendAll, told } from "./outbox.js";

const place = document.querySelector("[data-outbox]");
const user = place.dataset.outbox;
const form = document.querySelector("[data-paper]");
const KEPT = 20;
const receipts = new Map();
const WORDS = {
  waiting: (entry, count) => [`Chờ mạng (${count} báo cáo): ${entry.unit}.`, "Báo cáo giữ trên máy này và tự gửi khi có mạng."],
  "sign-in": (entry) => [`Phiên đăng nhập đã hết: báo cáo ${entry.unit} chưa gửi.`, "Đăng nhập lại, báo cáo tự gửi; không phải viết lại."],
  mend: (entry) => [`Chưa nộp được: ${entry.unit}.`, entry.sentence],
};

async function work() {
  const unseen = !navigator.serviceWorker.controller; // the first page ever was fetched past the worker
  await navigator.serviceWorker.register("/sw.js", { type: "module" });
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll("a[data-keep-offline], a[href$='/report/']")].map((link) => link.href);
  if (unseen) links.unshift(location.pathname + location.search);
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

function toDo(entry, count) {
  const signIn = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  const words = WORDS[entry.state](entry, count);
  return entry.state === "sign-in" ? banner(words, signIn, "Đăng nhập") : banner(words, entry.url, "Mở báo cáo");
}

const done = ({ at, number, unit, url, refused }) =>
  banner([`Đã nộp lúc ${at}, số ${number}: ${unit}.`, refused?.length ? lost(refused) : "Báo cáo chờ mạng đã tới máy chủ."], url, "Xem biên nhận");

const lost = (refused) => `Có tệp không kèm theo được. ${refused.join(" ")} Cần gửi thêm tệp thì đề nghị cán bộ tiếp nhận trả lại báo cáo.`;

// A receipt is told once, on a page that somebody sees.
async function show() {
  const mine = (await entries().catch(() => [])).filter((entry) => entry.user === user);
  for (const { key, receipt } of mine.filter((entry) => entry.state === "sent")) {
    receipts.set(key, receipt);
    if (!document.hidden && !form) await told(key); // the form is about to be left for the receipt
  }
  const rows = mine.filter((entry) => entry.state !== "sent");
  place.replaceChildren(...[...receipts.values()].map(done), ...rows.map((entry) => toDo(entry, rows.filter((one) => one.state === "waiting").length)));
  return rows.length;
}

async function send() {
  if ((await sendAll()).size) await show();
}

news.addEventListener("message", show);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || show());
if ("serviceWorker" in navigator) work().catch(() => undefined);
// The form sends its own report and says so there.
if (!form && (await show())) await send();
