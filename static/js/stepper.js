// [data-sheet]: one score sheet. Its steppers move by one point between 0 and the maximum (an empty field begins at
// the maximum); where a criterion is scored by its parts, their sum is its number; the total and the band follow.
const number = new Intl.NumberFormat("vi-VN");

function addUp(criterion) {
  const parts = [...criterion.querySelectorAll(".parts fieldset")];
  if (!parts.length) return;
  const chosen = parts.flatMap((part) => part.querySelector("input:checked") ?? []);
  const sum = chosen.reduce((points, radio) => points + Number(radio.dataset.points), 0);
  const isWhole = chosen.length === parts.length;
  const input = criterion.querySelector("input[type=number]");
  if (isWhole) input.value = sum;
  input.readOnly = isWhole;
  input.toggleAttribute("data-partly", chosen.length > 0 && !isWhole);
  for (const button of criterion.querySelectorAll("[data-step]")) button.disabled = isWhole;
  criterion.querySelector("[data-parts-clear]").hidden = !chosen.length;
  criterion.querySelector("[data-parts-state]").textContent = chosen.length ? `${chosen.length}/${parts.length} ý, ${number.format(sum)} điểm` : "";
}

for (const sheet of document.querySelectorAll("[data-sheet]")) {
  const criteria = [...sheet.querySelectorAll("[data-criterion]")];
  const inputs = [...sheet.querySelectorAll("input[type=number]")];
  const most = inputs.reduce((sum, input) => sum + Number(input.max), 0);
  const bands = [...sheet.querySelectorAll("[data-bands] li")];
  const total = sheet.querySelector("[data-total]");

  const show = () => {
    criteria.forEach(addUp);
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
  for (const button of sheet.querySelectorAll("[data-parts-clear]")) {
    button.addEventListener("click", () => {
      const criterion = button.closest("[data-criterion]");
      for (const radio of criterion.querySelectorAll(".parts input:checked")) radio.checked = false;
      const input = criterion.querySelector("input[type=number]");
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    });
  }
  sheet.addEventListener("input", show);
  sheet.addEventListener("draft:filled", show);
  total.hidden = false;
  show();
}
