// <button data-copy="x">: copies the value of <input id="x">; hidden where the browser cannot.
for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  const label = button.querySelector("[data-copy-label]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    input.select();
    await navigator.clipboard.writeText(input.value);
    label.textContent = "Đã sao chép";
  });
}
