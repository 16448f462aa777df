// [data-sheet]: one score sheet. Its steppers move by one point between 0 and the maximum (an empty field begins at
// the maximum), and the total and the band follow what is typed.
const number = new Intl.NumberFormat("vi-VN");

for (const sheet of document.querySelectorAll("[data-sheet]")) {
  const inputs = [...sheet.querySelectorAll("input[type=number]")];
  const most = inputs.reduce((sum, input) => sum + Number(input.max), 0);
  const bands = [...sheet.querySelectorAll("[data-bands] li")];
  const total = sheet.querySelector("[data-total]");

  const show = () => {
    const given = inputs.filter((input) => input.value !== "");
    const points = given.reduce((sum, input) => sum + Number(input.value), 0);
    const band = bands.find((item) => points >= Number(item.dataset.from));
    const left = inputs.length - given.length;
    total.querySelector("[data-total-points]").textContent = number.format(points);
    total.querySelector("[data-total-of]").textContent = `trên ${most} điểm`;
    total.querySelector("[data-band]").textContent = left ? `còn ${left} tiêu chí` : `Xếp loại: ${band?.textContent}`;
    for (const input of inputs) {
      const wrong = input.value !== "" && (Number(input.value) > Number(input.max) || Number(input.value) < 0);
      input.closest(".criterion").classList.toggle("bad", wrong);
    }
  };

  for (const button of sheet.querySelectorAll("[data-step]")) {
    const input = button.parentElement.querySelector("input");
    button.hidden = false;
    button.addEventListener("click", () => {
      const step = Number(button.dataset.step);
      const from = input.value === "" ? Number(input.max) + (step > 0 ? -1 : 0) : Number(input.value);
      input.value = Math.min(Math.max(from + step, 0), Number(input.max));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  sheet.addEventListener("input", show);
  sheet.addEventListener("draft:filled", show);
  total.hidden = false;
  show();
}
