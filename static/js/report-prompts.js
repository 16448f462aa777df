// While a recommendation is written: similar ones of the commune, and whom to address (recommendation_prompts.html).
// Without a network nothing is shown; nothing waits for it.
const form = document.querySelector("[data-paper]");
const REST = 900;
const timers = new WeakMap();
const valueOf = (row, name) => row.querySelector(`[name$="-${name}"]`).value;

async function ask(row) {
  const [text, field] = [valueOf(row, "text"), valueOf(row, "field")];
  const box = row.querySelector("[data-prompts]");
  const asked = JSON.stringify([text, field]);
  if (row.dataset.asked === asked) return;
  row.dataset.asked = asked;
  const body = new URLSearchParams({ text, field, csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value });
  const response = await fetch(form.dataset.promptsUrl, { method: "POST", body }).catch(() => undefined);
  const html = response?.ok && !response.redirected ? await response.text() : "";
  if (!response) delete row.dataset.asked;
  if (row.dataset.asked && row.dataset.asked !== asked) return; // a newer question is on its way
  box.innerHTML = html;
  dress(row);
}

// A suggestion that is chosen already keeps its reason and loses its button.
function dress(row) {
  const suggestion = row.querySelector("[data-suggestion]");
  if (!suggestion) return;
  const button = suggestion.querySelector("[data-take-suggestion]");
  button.hidden = valueOf(row, "suggested_authority") === suggestion.dataset.suggestion;
}

function take(row) {
  const select = row.querySelector('[name$="-suggested_authority"]');
  const search = select.parentElement.querySelector("input[type=search]");
  if (search?.value) {
    search.value = ""; // the list is whole again before one of it is chosen
    search.dispatchEvent(new Event("input", { bubbles: true }));
  }
  select.value = row.querySelector("[data-suggestion]").dataset.suggestion;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  select.focus();
}

const rowOf = (target) => target.closest?.('[data-rows="recommendations"] [data-row]');
form.addEventListener("input", ({ target }) => {
  const row = rowOf(target);
  if (!row) return;
  if (/-suggested_authority$/.test(target.name)) return dress(row);
  if (!/-(text|field)$/.test(target.name)) return;
  clearTimeout(timers.get(row));
  timers.set(row, setTimeout(ask, REST, row));
});
form.addEventListener("click", ({ target }) => {
  if (target.closest("[data-take-suggestion]")) take(rowOf(target));
});
