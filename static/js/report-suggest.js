// [data-suggest] on a part of a criterion: what the report already says of it, beside its choices. Nothing is chosen.
const form = document.querySelector("[data-paper]");
const number = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });
const places = [...form.querySelectorAll("[data-suggest]")].map((part) => [part, JSON.parse(part.dataset.suggest), hintIn(part)]);

function hintIn(part) {
  const hint = document.createElement("p");
  hint.className = "suggested";
  hint.hidden = true;
  part.querySelector("legend").after(hint);
  return hint;
}

const inputsOf = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
const valueOf = (name) => inputsOf(name)[0]?.value ?? "";
const chosenOf = (name) => inputsOf(name).filter((input) => input.checked);
const inMinutes = (hour) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5));

// Each fact: what it is in words, and its value, or which end of the choices it speaks for.
const facts = {
  minutes({ need, need_more: more, members }) {
    const [began, ended] = [valueOf("began_at"), valueOf("ended_at")];
    if (!began || !ended) return;
    const lasted = (inMinutes(ended) - inMinutes(began) + 1440) % 1440;
    const isLong = more && (Number(valueOf("member_count")) >= members || chosenOf("agenda").some((input) => input.value === "thematic"));
    const needed = isLong ? more : need;
    return { said: `họp ${lasted} phút, cần ${needed}`, value: lasted - needed };
  },
  rate({ last_if_unexcused: counts }) {
    const [present, obliged, absent] = ["present_count", "obliged_count", "unexcused_count"].map(valueOf);
    if (!present || !Number(obliged)) return;
    const value = (100 * Number(present)) / Number(obliged);
    const said = `có mặt ${present}/${obliged} (${number.format(value)} %)`;
    return counts && Number(absent) > 0 ? { said: `${said}, ${absent} vắng không lý do`, isFirst: false } : { said, value };
  },
  unexcused() {
    const absent = valueOf("unexcused_count");
    return absent && { said: `${absent} vắng không lý do`, isFirst: Number(absent) === 0 };
  },
};

function answered({ fact, yes }) {
  const [input] = chosenOf(fact);
  if (!input) return;
  const question = input.closest("fieldset").querySelector("legend").textContent.trim().replace(/\*$/, "").trim();
  return { said: `${question}: ${input.labels[0].textContent.trim()}`, isFirst: yes.includes(input.value) };
}

function show() {
  for (const [part, rule, hint] of places) {
    const found = (facts[rule.fact] ?? answered)(rule);
    hint.hidden = !found;
    if (!found) continue;
    const key = found.value === undefined ? rule[found.isFirst ? "first" : "last"] : rule.steps.find(([least]) => found.value >= least)?.[1];
    const points = key && part.querySelector(`input[value="${key}"]`).dataset.points;
    hint.textContent = key ? `Gợi ý: ${number.format(points)} — ${found.said}` : `Báo cáo ghi: ${found.said}`;
  }
}

form.addEventListener("input", show);
form.addEventListener("change", show);
form.addEventListener("draft:filled", show);
show();
