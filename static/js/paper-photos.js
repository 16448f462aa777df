// Photos of a paper form are made smaller before they go up: ten from a phone's camera would be fifty megabytes.
import { smaller } from "./smaller.js";

const input = document.querySelector("[data-smaller]");
const button = input?.form.querySelector("[type=submit]");

input?.addEventListener("change", async () => {
  button.disabled = true;
  const chosen = new DataTransfer();
  for (const file of input.files) chosen.items.add(await smaller(file));
  input.files = chosen.files;
  button.disabled = false;
});
