// The form's fields as a list of [name, value], the way the server keeps a draft, and back again.
const OURS = new Set(["csrfmiddlewaretoken", "version", "idempotency_key", "files", "save", "submit", "spent"]);
const isOurs = (name) => OURS.has(name);

export const entriesOf = (form) => [...new FormData(form)].filter(([name, value]) => !isOurs(name) && typeof value === "string");
export const page = (form) => form.elements.namedItem("page").value;

export function grouped(entries) {
  const groups = new Map();
  for (const [name, value] of entries) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}

export function fill(form, entries) {
  const indexes = (prefix) => [...new Set(entries.flatMap(([name]) => name.match(new RegExp(`^${prefix}-(\\d+)-`))?.[1] ?? []))].map(Number);
  for (const box of form.querySelectorAll("[data-rows]")) {
    box.dispatchEvent(new CustomEvent("rows:need", { detail: indexes(box.dataset.rows) }));
  }
  const values = grouped(entries);
  for (const input of form.elements) {
    if (!input.name || isOurs(input.name) || /_FORMS$/.test(input.name)) continue;
    const mine = values.get(input.name) ?? [];
    if (input.type === "radio" || input.type === "checkbox") input.checked = mine.includes(input.value);
    else {
      if (input.type === "time" && mine[0] && !/^\d\d:\d\d/.test(mine[0])) input.type = "text"; // a clock would drop the word
      input.value = mine[0] ?? "";
    }
  }
  for (const node of form.querySelectorAll("[data-sheet]")) node.dispatchEvent(new Event("draft:filled", { bubbles: true }));
}
