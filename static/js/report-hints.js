// Hints below a text while it is written; they never block. Too general, last month's words (data-earlier), a
// person's name, a mark of secrecy (this one the server refuses later).
const form = document.querySelector("[data-paper]");
const { patterns, sentence } = JSON.parse(form.dataset.secrecy);
const REST = 600;
const ALIKE = 0.8;
const FEWEST_WORDS = 8;
const WORD = "[\\p{L}\\p{N}_]";
// Python's \b knows Vietnamese letters, JavaScript's does not.
const BOUNDARY = `(?:(?<!${WORD})(?=${WORD})|(?<=${WORD})(?!${WORD}))`;
const [higher, mark, named] = patterns.map((one, index) => new RegExp(one.replaceAll("\\b", BOUNDARY), index === 1 ? "u" : "iu"));

const VAGUE = [
  "cap tren quan tam", "cac cap quan tam", "quan tam giai quyet", "quan tam xem xet", "quan tam hon nua",
  "xem xet giai quyet", "som giai quyet", "co bien phap", "co giai phap", "tao dieu kien", "quan tam chi dao",
];
const PLACE = /(^|[^\p{L}])(xóm|thôn|tổ|đội|ngõ|đường|phố|cầu|cống|kênh|mương|đê|sông|hồ|chợ|trường|trạm|khu|xã|phường|nhà văn hóa)\s+\p{Lu}/u;
// "đồng chí Bí thư" is an office, "Bác Hồ" no neighbour, "đường Bà Triệu" a street.
const SPOKEN = "ông|bà|anh|chị|cô|chú|bác|cụ|đồng chí|đ/c";
const CAPITAL = SPOKEN.replace(/(^|\|)(\p{L})/gu, (whole) => whole.toUpperCase());
const NAME = "\\s+(\\p{Lu}\\p{Ll}*(?:\\s+\\p{Lu}\\p{Ll}*){0,4})";
const PERSON = new RegExp(`(^|[^\\p{L}])(?:${SPOKEN})${NAME}|(?:^|[.!?:;\\n]\\s*)(?:${CAPITAL})${NAME}`, "gu");
const OFFICES = /^(Bí|Phó|Chủ|Trưởng|Thường|Ủy|Đảng|Chi|Giám|Hội|Hồ)(?!\p{L})/u;
const STREET = /(đường|phố|chợ|cầu|trường|khu|ngõ|đền|chùa)\s*$/iu;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function secret(text) {
  const found = higher.exec(text);
  const what = found ? `${found[1].toUpperCase()} MẬT` : mark.test(text) || named.test(text) ? "MẬT" : "";
  return what && sentence.replace("{mark}", what);
}

function vague(text) {
  const folded = words(text).join(" ");
  if (/\d/.test(text) || PLACE.test(text) || !VAGUE.some((one) => folded.includes(one))) return "";
  return "Còn chung chung. Nêu rõ việc gì, ở đâu, bao nhiêu, cần ai làm gì.";
}

function person(text) {
  for (const found of text.matchAll(PERSON)) {
    const name = found[2] ?? found[3];
    const called = found[0].replace(/^[^\p{L}]+/u, "");
    const before = text.slice(0, found.index + found[0].length - called.length);
    if (!OFFICES.test(name) && !STREET.test(before)) return `Có vẻ có tên người (“${called}”). Chỉ ghi việc, không ghi tên người.`;
  }
  return "";
}

const runs = (list) => new Set(list.slice(2).map((word, index) => `${list[index]} ${list[index + 1]} ${word}`));

function repeated(text, earlier) {
  const own = words(text);
  if (!earlier || own.length < FEWEST_WORDS) return "";
  const [now, before] = [runs(own), runs(words(earlier))];
  const same = [...now].filter((run) => before.has(run)).length;
  return same / now.size >= ALIKE ? "Gần như nguyên văn báo cáo tháng trước. Ghi điều của kỳ này." : "";
}

function show(area) {
  const text = area.value.normalize("NFC");
  const said = [secret(text), vague(text), person(text), repeated(text, area.dataset.earlier)].filter(Boolean);
  let box = area.parentElement.querySelector(":scope > [data-hints]");
  if (!box) {
    if (!said.length) return;
    box = document.createElement("div");
    box.dataset.hints = "";
    box.setAttribute("aria-live", "polite");
    area.after(box);
  }
  if (box.dataset.hints === said.join("\n")) return;
  box.dataset.hints = said.join("\n");
  box.replaceChildren(...said.map((one) => Object.assign(document.createElement("p"), { className: "hint-box mt-2 mb-1", textContent: one })));
}

const timers = new WeakMap();
form.addEventListener("input", ({ target }) => {
  if (!target.matches?.("textarea")) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(show, REST, target));
});
const all = () => form.querySelectorAll("textarea").forEach(show);
document.addEventListener("draft:filled", all);
all();
