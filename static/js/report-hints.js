// Hints below a text while it is written; they never block. Too general, last month's words (data-earlier), a
// person's name, a mark of secrecy (this one the server refuses later); of a recommendation also what it says already.
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
  "cap tren quan tam", "cac cap quan tam", "cac nganh quan tam", "quan tam giai quyet", "quan tam xem xet", "quan tam hon nua",
  "quan tam dau tu", "quan tam ho tro", "quan tam chi dao", "xem xet giai quyet", "som giai quyet", "giai quyet dut diem",
  "phuong an giai quyet", "co bien phap", "co giai phap", "co y kien", "tao dieu kien", "tang cuong cong tac", "day manh",
];
const SHORT = 7;
const NUMBER = /\d/;
const AMOUNT = /\d[\d.,]*\s*(m|m2|m²|km|ha|mẫu|sào|hộ|nhà|phòng|cột|bóng|cái|chiếc|con|cây|cống|cầu|tuyến|người|cháu|đồng|triệu|tỷ|tấn|tháng|năm)(?![\p{L}\p{N}])/iu;
const UNTIL = /(trước|trong|chậm nhất|xong|hết|cuối|đầu)\s+(?:khi\s+|hết\s+)?(ngày|tháng|quý|năm|vụ|mùa|tết|\d)|\d{1,2}\/\d{1,4}/iu;
const PLACE = /(^|[^\p{L}])(xóm|thôn|tổ|đội|ngõ|đường|phố|cầu|cống|kênh|mương|đê|sông|hồ|chợ|trường|trạm|khu|xã|phường|nhà văn hóa)\s+\p{Lu}/u;
// "đồng chí Bí thư" is an office, "Bác Hồ" no neighbour, "đường Bà Triệu" a street.
const SPOKEN = "ông|bà|anh|chị|cô|chú|bác|cụ|đồng chí|đ/c";
const CAPITAL = SPOKEN.replace(/(^|\|)(\p{L})/gu, (whole) => whole.toUpperCase());
const NAME = "\\s+(\\p{Lu}\\p{Ll}*(?:\\s+\\p{Lu}\\p{Ll}*){0,4})";
const PERSON = new RegExp(`(^|[^\\p{L}])(?:${SPOKEN})${NAME}|(?:^|[.!?:;\\n]\\s*)(?:${CAPITAL})${NAME}`, "gu");
const OFFICES = /^(Bí|Phó|Chủ|Trưởng|Thường|Ủy|Đảng|Chi|Giám|Hội|Hồ)(?!\p{L})/u;
const SITE = new RegExp(PLACE.source.replace("\\p{Lu}", "[\\p{Lu}\\d]"), "u");
const STREET = /(đường|phố|chợ|cầu|trường|khu|ngõ|đền|chùa|(?<!gia )đình|di tích|tượng|quỹ|giải|công ty|tnhh|hợp tác xã|htx|xã|phường|thôn|xóm|thcs|thpt|tiểu học|mầm non|bệnh viện|thành phố|tp\.?|tư tưởng)\s*$/iu;
// A whole name needs no form of address: a family name and two words or more, "Nguyễn Văn An".
const FAMILY = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Đinh|Đoàn|Trịnh|Đào|Lương|Tạ|Trương|Mai|Vương|Tống|Phùng|Quách|Lưu|Đồng|Lại|Doãn";
const WHOLE = new RegExp(`(?<![\\p{L}])(?:${FAMILY})(?:\\s+\\p{Lu}\\p{Ll}*){2,4}(?!\\p{L})`, "gu");

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

function secret(text) {
  const found = higher.exec(text);
  const what = found ? `${found[1].toUpperCase()} MẬT` : mark.test(text) || named.test(text) ? "MẬT" : "";
  return what && sentence.replace("{mark}", what);
}

function vague(text, isAsked) {
  if (NUMBER.test(text) || PLACE.test(text)) return "";
  const said = words(text);
  const isShort = isAsked && said.length > 1 && said.length < SHORT;
  if (!isShort && !VAGUE.some((one) => said.join(" ").includes(one))) return "";
  return "Còn chung chung. Nêu rõ việc gì, ở đâu, bao nhiêu, cần ai làm gì.";
}

// What helps the authority, as far as it is there; the rest is asked for.
function concrete(text) {
  if (words(text).length < SHORT) return "";
  const parts = [["địa điểm", SITE], ["số lượng", AMOUNT], ["thời hạn", UNTIL]];
  const [there, missing] = [true, false].map((wanted) => parts.filter(([, sign]) => sign.test(text) === wanted).map(([name]) => name));
  if (!there.length) return "";
  return missing.length ? `Đã có ${list(there)}; nếu biết, ghi thêm ${list(missing)}.` : `✓ Có ${list(there)}.`;
}

const list = (names) => names.join(", ").replace(/, ([^,]+)$/, " và $1");

function person(text) {
  for (const found of text.matchAll(PERSON)) {
    const name = found[2] ?? found[3];
    const called = found[0].replace(/^[^\p{L}]+/u, "");
    const before = text.slice(0, found.index + found[0].length - called.length);
    if (!OFFICES.test(name) && !STREET.test(before)) return nameHint(called);
  }
  const whole = [...text.matchAll(WHOLE)].find((found) => !STREET.test(text.slice(0, found.index)));
  return whole ? nameHint(whole[0]) : "";
}

const nameHint = (called) => `Có vẻ có tên người (“${called}”). Chỉ ghi việc, không ghi tên người.`;

const runs = (list) => new Set(list.slice(2).map((word, index) => `${list[index]} ${list[index + 1]} ${word}`));

function repeated(text, earlier) {
  const own = words(text);
  if (!earlier || own.length < FEWEST_WORDS) return "";
  const [now, before] = [runs(own), runs(words(earlier))];
  const same = [...now].filter((run) => before.has(run)).length;
  return same / now.size >= ALIKE ? "Gần như nguyên văn báo cáo tháng trước. Ghi điều của kỳ này." : "";
}

const paragraph = (className) => (text) => Object.assign(document.createElement("p"), { className, textContent: text });

function show(area) {
  const text = area.value.normalize("NFC");
  const isAsked = /^recommendations-\d+-text$/.test(area.name);
  const said = [secret(text), vague(text, isAsked), person(text), repeated(text, area.dataset.earlier)].filter(Boolean);
  const praise = isAsked && !said.length ? concrete(text) : "";
  let box = area.parentElement.querySelector(":scope > [data-hints]");
  if (!box) {
    if (!said.length && !praise) return;
    box = document.createElement("div");
    box.dataset.hints = "";
    box.setAttribute("aria-live", "polite");
    area.after(box);
  }
  const all = [...said, praise].join("\n");
  if (box.dataset.hints === all) return;
  box.dataset.hints = all;
  box.replaceChildren(...said.map(paragraph("hint-box mt-2 mb-1")), ...[praise].filter(Boolean).map(paragraph(`concrete${praise.startsWith("✓") ? " whole" : ""}`)));
}

const timers = new WeakMap();
form.addEventListener("input", ({ target }) => {
  if (!target.matches?.("textarea")) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(show, REST, target));
});
const showAll = () => form.querySelectorAll("textarea").forEach(show);
document.addEventListener("draft:filled", showAll);
showAll();
