// <select data-shown-when="outcome=scheduled"> in a form: its field shows only while the radio `outcome` is `scheduled`.
// Without script every field shows, and the server leaves aside what does not belong to the choice.
for (const input of document.querySelectorAll("[data-shown-when]")) {
  const [name, value] = input.dataset.shownWhen.split("=");
  const field = input.closest(".field");
  const show = () => {
    field.hidden = new FormData(input.form).get(name) !== value;
  };
  input.form.addEventListener("change", show);
  show();
}
