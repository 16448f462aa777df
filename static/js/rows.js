// <div data-rows="moods"> with a <template>: rows are added and taken away, as a Django formset counts them.
// Others ask for rows with the event "rows:need" (detail: how many) and hear "rows:changed".
for (const box of document.querySelectorAll("[data-rows]")) {
  const prefix = box.dataset.rows;
  const here = box.querySelector("[data-rows-here]");
  const total = box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const add = box.querySelector("[data-rows-add]");
  const empty = box.querySelector("[data-rows-empty]");
  const rows = () => [...here.querySelectorAll(":scope > [data-row]")];

  const show = () => {
    rows().forEach((row, index) => {
      row.querySelector("[data-row-number]").textContent = index + 1;
      row.querySelector("[data-row-remove]").hidden = false;
    });
    if (empty) empty.hidden = rows().length > 0;
  };

  const append = (index) => {
    const holder = document.createElement("div");
    holder.innerHTML = box.querySelector("template").innerHTML.replaceAll("__prefix__", index);
    const row = holder.firstElementChild;
    here.append(row);
    total.value = Math.max(Number(total.value), index + 1);
    box.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true, detail: row }));
    show();
    return row;
  };
  const indexOf = (row) => Number(row.querySelector("[name]").name.split("-")[1]);
  const next = () => Math.max(-1, ...rows().map(indexOf)) + 1;

  add.hidden = false;
  add.addEventListener("click", () => append(next()).querySelector("textarea, select, input:not([type=hidden])").focus());
  box.addEventListener("rows:need", ({ detail }) => {
    const there = (index) => here.querySelector(`[name^="${prefix}-${index}-"]`);
    for (const index of detail) if (!there(index)) append(index);
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-remove]");
    if (!button) return;
    button.closest("[data-row]").remove();
    show();
    box.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
    box.dispatchEvent(new Event("input", { bubbles: true }));
    add.focus();
  });
  show();
}
