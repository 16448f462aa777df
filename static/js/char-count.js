// <textarea maxlength id="x"> with <span data-count-for="x">: shows "137/1.000 ký tự" as one types; also in rows that
// are added later, and when a draft was filled in.
const number = new Intl.NumberFormat("vi-VN");

function show(output) {
  const input = document.getElementById(output.dataset.countFor);
  if (input) output.textContent = `${number.format(input.value.length)}/${number.format(input.maxLength)} ký tự`;
}

const showAll = () => document.querySelectorAll("[data-count-for]").forEach(show);
document.addEventListener("input", ({ target }) => {
  const output = target.id && document.querySelector(`[data-count-for="${CSS.escape(target.id)}"]`);
  if (output) show(output);
});
document.addEventListener("rows:changed", showAll);
document.addEventListener("draft:filled", showAll);
showAll();
