// <textarea maxlength id="x"> with <span data-count-for="x">: shows "137/1.000 ký tự" as one types.
const number = new Intl.NumberFormat("vi-VN");

for (const output of document.querySelectorAll("[data-count-for]")) {
  const input = document.getElementById(output.dataset.countFor);
  const show = () => {
    output.textContent = `${number.format(input.value.length)}/${number.format(input.maxLength)} ký tự`;
  };
  input.addEventListener("input", show);
  show();
}
