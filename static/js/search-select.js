// <select data-search-select="Tìm cơ quan">: a field above it narrows a long list, without regard to diacritics.
const SHORT_ENOUGH = 8;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();

function dress(select) {
  const all = [...select.options];
  if (select.dataset.searched || all.length <= SHORT_ENOUGH) return;
  select.dataset.searched = "yes";
  const input = document.createElement("input");
  input.type = "search";
  input.className = "form-control mb-2";
  input.placeholder = select.dataset.searchSelect;
  input.setAttribute("aria-label", select.dataset.searchSelect);
  input.autocomplete = "off";
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = fold(input.value);
    const chosen = select.value;
    const found = all.filter((option) => !words || option.value === "" || fold(option.text).includes(words));
    select.replaceChildren(...found);
    const matches = found.filter((option) => option.value !== "");
    const still = matches.some((option) => option.value === chosen);
    select.value = still ? chosen : words && matches.length ? matches[0].value : "";
    select.dispatchEvent(new Event("input", { bubbles: true }));
  });
  select.before(input);
}

const look = (root) => root.querySelectorAll("select[data-search-select]").forEach(dress);
document.addEventListener("rows:changed", ({ detail }) => detail && look(detail));
look(document);
