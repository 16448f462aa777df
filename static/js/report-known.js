// What the phone can spare a thumb: the hour by the phone's own clock, who chaired by one tap, the count that the
// others leave, and at once the sentence when counts do not agree.
const form = document.querySelector("[data-paper]");
const field = (name) => form.elements.namedItem(name);
const fire = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

// "19h30", "19.30", "1930" become 19:30; words that no clock can hold stay as they are, for the server to ask.
function tidy(input) {
  const found = /^\s*(\d{1,2})\s*(?:[:.hH]|giờ)?\s*(\d{2})?\s*(?:phút)?\s*$/u.exec(input.value);
  if (!found || found[1] > 23 || found[2] > 59) return !input.value;
  input.value = `${found[1].padStart(2, "0")}:${found[2] ?? "00"}`;
  return true;
}

// A phone's own clock shows 24 hours where the phone does; a desk's browser follows its own language: there it is text.
for (const input of form.querySelectorAll(".question.time input")) {
  if (tidy(input) && matchMedia("(pointer: coarse)").matches) input.type = "time";
  input.addEventListener("change", () => tidy(input));
}

// <input data-offers="Bí thư Trần Văn Thử|…">: names to take over by one tap while the field is empty.
for (const input of form.querySelectorAll("[data-offers]")) {
  const box = Object.assign(document.createElement("div"), { className: "offers" });
  const show = () => (box.hidden = Boolean(input.value.trim()));
  for (const name of input.dataset.offers.split("|")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: name });
    button.addEventListener("click", () => {
      input.value = name;
      fire(input);
    });
    box.append(button);
  }
  input.after(box);
  input.addEventListener("input", show);
  document.addEventListener("draft:filled", show);
  show();
}

const [obliged, present, excused, unexcused] = ["obliged", "present", "excused", "unexcused"].map((name) => field(`${name}_count`));
const parts = [present, excused, unexcused];

function balance({ target }) {
  if (!parts.every(Boolean) || !obliged || ![obliged, ...parts].includes(target)) return;
  const given = [obliged, ...parts].filter((input) => input.value !== "");
  const rest = Number(obliged.value) - parts.reduce((sum, input) => sum + Number(input.value), 0);
  const empty = parts.filter((input) => input.value === "");
  if (given.length === 3 && empty.length === 1 && rest >= 0) {
    empty[0].value = rest;
    empty[0].addEventListener("focus", () => setTimeout(() => empty[0].select()), { once: true }); // what is typed takes its place
    fire(empty[0]);
  } else if (rest === 0 && given.length === 2 && present.value !== "") {
    for (const input of empty) input.value = 0; // all who should were there
    fire(unexcused);
  }
  compare();
}

function compare() {
  const said = unexcused.closest(".question").querySelector("[data-balance]") ?? unexcused.closest(".asked").appendChild(Object.assign(document.createElement("p"), { className: "hint-box", role: "status" }));
  said.dataset.balance = "";
  const total = parts.reduce((sum, input) => sum + Number(input.value), 0);
  const isWrong = [obliged, ...parts].every((input) => input.value !== "") && total !== Number(obliged.value);
  said.hidden = !isWrong;
  said.textContent = isWrong ? `Có mặt và vắng cộng lại là ${total}, phải sinh hoạt là ${obliged.value}. Xem lại một số.` : "";
}
form.addEventListener("change", balance);
