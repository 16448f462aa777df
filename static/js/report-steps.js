// On a phone one section a screen, with segments above and the bar below; on a wide screen the sections stand under
// each other. Without this script they do everywhere.
const form = document.querySelector("[data-paper]");
const all = [...form.querySelectorAll("[data-section]")];
let sections = all.filter((section) => !section.hidden);
const segments = form.querySelector("[data-segments]");
const stepText = form.querySelector("[data-step-text]");
const back = form.querySelector("[data-step-back]");
const on = form.querySelector("[data-step-on]");
const submit = form.querySelector("[data-step-submit]");
const narrow = matchMedia("(max-width: 63.99rem)");
let here = 0;

segments.hidden = false;

function show() {
  segments.replaceChildren(...sections.map(() => document.createElement("li")));
  form.classList.toggle("stepping", narrow.matches);
  sections.forEach((section, index) => section.classList.toggle("elsewhere", narrow.matches && index !== here));
  [...segments.children].forEach((segment, index) => {
    segment.className = index < here ? "done" : index === here ? "here" : "";
  });
  const isLast = here === sections.length - 1;
  stepText.textContent = narrow.matches ? `Mục ${here + 1} trên ${sections.length}` : `${sections.length} mục`;
  back.hidden = !narrow.matches;
  back.disabled = here === 0;
  on.hidden = !narrow.matches || isLast;
  submit.hidden = narrow.matches && !isLast;
  document.dispatchEvent(new Event("section:shown"));
}

function go(index, { focus = true } = {}) {
  if (index < 0 || index >= sections.length) return;
  const left = here;
  here = index;
  show();
  history.replaceState(null, "", `#${sections[here].id}`);
  if (left !== here) form.dispatchEvent(new Event("section:left"));
  if (!narrow.matches) return sections[here].scrollIntoView();
  scrollTo(0, 0);
  if (focus) sections[here].querySelector("h2").focus({ preventScroll: true });
}

back.addEventListener("click", () => go(here - 1));
on.addEventListener("click", () => go(here + 1));
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link) return;
  event.preventDefault();
  go(sections.findIndex((section) => section.id === link.dataset.go));
});
narrow.addEventListener("change", show);

// An answer may hide a section (shown-when.js); one stays where one is.
function sift() {
  const section = sections[here];
  sections = all.filter((one) => !one.hidden);
  for (const link of form.querySelectorAll(".paper-toc [data-go]")) {
    link.parentElement.hidden = all.some((one) => one.hidden && one.id === link.dataset.go);
  }
  here = Math.max(0, sections.indexOf(section));
}
form.addEventListener("shown:changed", () => {
  sift();
  show();
});
sift();

for (const button of form.querySelectorAll("[data-no-script]")) button.hidden = true;
// One begins where something is wrong, else where one was, else at the first remark of the desk.
const first = (test) => sections.findIndex(test);
const begin = [
  first((section) => section.querySelector(".field-error")),
  first((section) => `#${section.id}` === location.hash),
  first((section) => section.querySelector(".remark")),
];
here = begin.find((index) => index >= 0) ?? 0;
show();
if (narrow.matches) addEventListener("load", () => scrollTo(0, 0));
