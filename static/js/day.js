// <input data-day>: a button beside it opens the browser's calendar; the day is written as dd/mm/yyyy.
const pad = (number) => String(number).padStart(2, "0");

function toIso(text) {
  const parts = text.match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
  return parts ? `${parts[3]}-${pad(parts[2])}-${pad(parts[1])}` : "";
}

for (const input of document.querySelectorAll("input[data-day]")) {
  const picker = document.createElement("input");
  if (!("showPicker" in picker) || input.disabled) continue;
  const frame = document.createElement("span");
  const button = document.createElement("button");
  frame.className = "day";
  picker.type = "date";
  picker.tabIndex = -1;
  picker.ariaHidden = "true";
  button.type = "button";
  button.ariaLabel = "Mở lịch";
  button.innerHTML = document.querySelector("template[data-icon-calendar]").innerHTML;
  input.replaceWith(frame);
  frame.append(input, button, picker);
  button.addEventListener("click", () => {
    picker.value = toIso(input.value.trim());
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    input.value = picker.value.split("-").reverse().join("/");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
