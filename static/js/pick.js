// <form data-pick>: rows with <input type="checkbox" data-pick-row>; one box picks all of the page, the number of
// picked rows stands in [data-pick-count], and buttons with data-pick-needed wait until a row is picked.
for (const form of document.querySelectorAll("form[data-pick]")) {
  const rows = () => [...form.querySelectorAll("[data-pick-row]")];
  const all = form.querySelector("[data-pick-all]");

  const show = () => {
    const picked = rows().filter((row) => row.checked);
    for (const row of rows()) row.closest("tr")?.classList.toggle("pick", row.checked);
    for (const count of form.querySelectorAll("[data-pick-count]")) count.textContent = picked.length;
    for (const button of form.querySelectorAll("[data-pick-needed]")) button.disabled = !picked.length;
    if (!all) return;
    all.checked = picked.length > 0 && picked.length === rows().length;
    all.indeterminate = picked.length > 0 && !all.checked;
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) for (const row of rows()) row.checked = all.checked;
    show();
  });
  show();
}
