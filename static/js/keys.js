// Keys for a desk that reads one after the other. In a list [data-keys-list]: J and K go to the next and the last
// row, X picks it, Enter follows its link. On a page: an element with data-key="a" gets the focus (Enter presses it),
// a link with data-key-go is followed at once. [data-keys-help] says what there is and turns the keys off, as single
// letters can stand in the way of speech input (WCAG 2.1.4).
const OFF = "keys:off";
const help = document.querySelector("[data-keys-help]");
const toggle = help?.querySelector("button");
const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("[data-keys-list] tbody tr")];
}

function step(by) {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.querySelector("a")?.focus();
}

function pick() {
  const box = document.activeElement.closest("tr")?.querySelector("[data-pick-row]:not(:disabled)");
  box?.click();
}

const lists = { j: () => step(1), k: () => step(-1), x: pick };

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return lists[key] && rows().length ? (lists[key](), true) : false;
  const control = target.matches("a, button") ? target : target.querySelector("a, button:not(:disabled)");
  control?.focus();
  if (target.hasAttribute("data-key-go")) control?.click();
  return Boolean(control);
}

function say() {
  if (!help) return;
  const off = localStorage.getItem(OFF) === "1";
  help.hidden = false;
  help.classList.toggle("off", off);
  toggle.textContent = off ? "Bật phím tắt" : "Tắt phím tắt";
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (localStorage.getItem(OFF) === "1") return;
  if (press(event.key.toLowerCase())) event.preventDefault();
});
toggle?.addEventListener("click", () => {
  localStorage.setItem(OFF, localStorage.getItem(OFF) === "1" ? "0" : "1");
  say();
});
say();
