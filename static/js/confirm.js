// <form data-confirm="Câu hỏi" data-confirm-text="Điều gì xảy ra" data-confirm-yes="Chữ trên nút">:
// asks in the page's <dialog id="ask"> before it is sent. A submit button may carry the three instead of the form.
const dialog = document.getElementById("ask");
const part = (name) => dialog.querySelector(`[data-ask-${name}]`);

function ask(source, form, submitter) {
  part("title").textContent = source.dataset.confirm;
  part("text").textContent = source.dataset.confirmText || "";
  part("text").hidden = !source.dataset.confirmText;
  part("yes").textContent = source.dataset.confirmYes || submitter?.textContent.trim() || "Tiếp tục";
  dialog.returnValue = "";
  dialog.showModal();
  part("no").focus();
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes") return submitter?.focus();
      form.dataset.confirmed = "";
      form.requestSubmit(submitter);
    },
    { once: true },
  );
}

// On the way down, so that neither `once` nor htmx sees a submit that has not been confirmed.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const source = event.submitter?.dataset.confirm ? event.submitter : form;
    if (!source.dataset.confirm) return;
    if ("confirmed" in form.dataset) return delete form.dataset.confirmed;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(source, form, event.submitter);
  },
  { capture: true },
);
