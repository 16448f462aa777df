// The grid of a draft (form[data-grid]): counts what is picked; acts are sent to the address of now, so that a filter
// chosen meanwhile stays, and so does what was picked when one turns the page. Ctrl+Z takes the last act back. Single letters are those of keys.js.
const form = document.querySelector("form[data-grid]");
const rows = () => [...form.querySelectorAll("[data-pick-row]")];

const show = () => {
  const hidden = form.querySelectorAll("#luoi input[type=hidden][name=units]").length;
  const picked = rows().filter((row) => row.checked);
  for (const row of rows()) row.closest("tr").classList.toggle("pick", row.checked);
  form.querySelector("[data-grid-count]").textContent = picked.length + hidden;
  const all = form.querySelector("[data-grid-all]");
  all.checked = picked.length > 0 && picked.length === rows().length;
  all.indeterminate = picked.length > 0 && !all.checked;
};

form.addEventListener("change", ({ target }) => {
  if (target.matches("[data-grid-all]")) for (const row of rows()) row.checked = target.checked;
  show();
});
document.addEventListener("htmx:afterSettle", show);
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const turns = detail.elt.matches(".pager a");
  if (!form.contains(detail.elt) || (detail.verb !== "post" && !turns)) return;
  const [path, own] = detail.path.split("?");
  const asked = new URLSearchParams(turns ? own : location.search);
  asked.delete("units"); // what is picked comes from the page itself
  asked.delete("official");
  detail.path = `${path}?${asked}`;
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || event.target.matches("[type=search]")) return;
  event.preventDefault();
  form.querySelector("[data-grid-undo]")?.click();
});
show();
