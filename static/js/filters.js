// Filter forms are sent by htmx as one chooses; empty fields stay out of the address (see _partials/filter_attrs.html).
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("form[data-filters]")) return;
  for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
});
