// Two devices wrote the same report: the fields that differ stand beside each other, and a person chooses for each.
import { entriesOf, fill, grouped } from "./report-fields.js";

const words = (values) => (values ?? []).filter(Boolean).join(", ");

export async function layBeside(form, banner, url) {
  const place = banner.querySelector("[data-differences]");
  const response = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => undefined);
  if (!response?.ok) return;
  const { draft } = await response.json();
  const theirs = new Map(Object.entries(draft).map(([name, value]) => [name, [value].flat()]));
  const mine = grouped(entriesOf(form));
  const names = [...new Set([...mine.keys(), ...theirs.keys()])].filter((name) => name !== "page" && !name.endsWith("_FORMS"));
  const differing = names.filter((name) => words(mine.get(name)) !== words(theirs.get(name)));
  place.replaceChildren(...differing.map((name, index) => choice(form, name, index, mine.get(name), theirs.get(name))));
  place.hidden = !differing.length;
  const merge = banner.querySelector("[data-merge]");
  merge.hidden = !differing.length;
  merge.onclick = () => {
    take(form, place, mine, theirs);
    banner.dispatchEvent(new Event("copies:merged"));
  };
}

function choice(form, name, index, mine, theirs) {
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = labelOf(form, name);
  set.dataset.field = name;
  const isMine = Boolean(words(mine)) || !words(theirs); // what is written in one copy only is not lost by pressing on
  set.append(legend, option(index, "mine", "Trang này", said(form, name, mine), isMine), option(index, "theirs", "Bản kia", said(form, name, theirs), !isMine));
  return set;
}

function option(index, value, who, text, isChosen) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: `copies-${index}`, value, checked: isChosen, className: "form-check-input" });
  input.setAttribute("form", "hai-ban"); // not one of the report's own fields
  const strong = document.createElement("strong");
  strong.textContent = `${who}: `;
  label.append(input, " ", strong, text || "để trống");
  return label;
}

function inputsOf(form, name) {
  return [...form.elements].filter((input) => input.name === name);
}

function labelOf(form, name) {
  const [input] = inputsOf(form, name);
  const group = input?.closest("fieldset:not([data-field])")?.querySelector("legend");
  const label = (group ?? input?.labels?.[0])?.textContent.trim();
  const section = input?.closest("[data-section]")?.dataset.section;
  return [section, ...scored(input, group, label)].filter(Boolean).join(": ") || name;
}

// A criterion stands on two sheets under one name, and its parts say nothing without it.
function scored(input, group, label) {
  const criterion = input?.closest("[data-criterion]")?.querySelector("label").firstChild.textContent.trim();
  if (!criterion) return [label];
  return [input.closest("[data-sheet]").dataset.sheet, criterion, group && label];
}

// The words a person knows: labels of choices, not their keys.
function said(form, name, values) {
  const inputs = inputsOf(form, name);
  return (values ?? []).filter(Boolean).map((value) => {
    const box = inputs.find((input) => input.type !== "text" && input.value === value && input.labels?.length && /radio|checkbox/.test(input.type));
    const picked = [...(inputs[0]?.options ?? [])].find((one) => one.value === value);
    return box?.labels[0].textContent.trim() ?? picked?.textContent.trim() ?? value;
  }).join(", ");
}

function take(form, place, mine, theirs) {
  const kept = new Map(mine);
  for (const set of place.querySelectorAll("[data-field]")) {
    if (set.querySelector("input:checked").value === "theirs") kept.set(set.dataset.field, theirs.get(set.dataset.field) ?? []);
  }
  fill(form, [...kept].flatMap(([name, values]) => values.map((value) => [name, value])));
}
