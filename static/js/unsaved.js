// <form data-warn-unsaved>: the browser asks before one leaves a form whose changes are not sent.
const changed = new Set();

for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.delete(form));
}

addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});
