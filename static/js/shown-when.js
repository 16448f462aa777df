// <select data-shown-when="outcome=scheduled"> in a form: its field shows only while the radio `outcome` is `scheduled`;
// a block `data-shown-when="openness=usual|quiet"` itself, while one of the values is chosen. What hides is not an answer
// for what comes after it. Without script all show, and the server leaves aside what does not belong to the choice.
for (const form of new Set([...document.querySelectorAll("[data-shown-when]")].map((node) => node.closest("form")))) {
  const nodes = [...form.querySelectorAll("[data-shown-when]")];
  const isThere = (input) => !input.closest("[data-shown-when][hidden], .field[hidden]");
  const chosen = (name) =>
    [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((input) => isThere(input) && (input.checked || !/^(radio|checkbox)$/.test(input.type)))
      .map((input) => input.value);
  const show = () => {
    for (const node of nodes) {
      const [name, values] = node.dataset.shownWhen.split("=");
      const box = node.matches("input, select, textarea") ? node.closest(".field") : node;
      box.hidden = !chosen(name).some((value) => values.split("|").includes(value));
    }
    form.dispatchEvent(new Event("shown:changed"));
  };
  form.addEventListener("change", show);
  form.addEventListener("draft:filled", show);
  show();
}
