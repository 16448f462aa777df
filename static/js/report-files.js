// Photos and papers: a photo is made smaller on the phone before it goes up; without a network it waits here.
import { all, put, remove } from "./device-store.js";

const form = document.querySelector("[data-paper]");
const place = form.querySelector("#tep-kem");
const { filesUrl: url, draftKey: draft, user } = form.dataset;
const LONGEST = 1600;
const SMALL = 400 * 1024;
const token = () => form.elements.namedItem("csrfmiddlewaretoken").value;

// Re-drawing a photo also leaves out where it was taken.
async function smaller(file) {
  if (!/^image\/(jpeg|png)$/.test(file.type) || (file.size < SMALL && file.type === "image/png")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}

async function post(address, data) {
  const response = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });
  const text = await response.text();
  if (response.ok) place.innerHTML = text;
  else document.querySelector("#thong-bao").innerHTML = response.status < 500 ? text : "";
  if (!response.ok) document.querySelector("#thong-bao").scrollIntoView({ block: "nearest" });
}

async function add(file) {
  const data = new FormData();
  data.append("files", file);
  try {
    await post(url, data);
  } catch {
    await put("files", { id: crypto.randomUUID(), draft, user, name: file.name, type: file.type, blob: file });
  }
}

async function waiting() {
  const files = (await all("files").catch(() => [])).filter((file) => file.draft === draft);
  const list = form.querySelector("[data-files-waiting]");
  list.hidden = !files.length;
  list.replaceChildren(...files.map(line));
}

function line(file) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-plain push", textContent: "Bỏ" });
  button.setAttribute("aria-label", `Bỏ tệp ${file.name}`);
  button.addEventListener("click", () => remove("files", file.id).then(waiting));
  item.append(`${file.name} · chờ mạng`, button);
  return item;
}

form.addEventListener("change", async ({ target }) => {
  if (target.id !== "id_files" || !target.files.length) return;
  const chosen = [...target.files];
  const busy = form.querySelector("#tep-dang-gui");
  target.value = "";
  busy.classList.add("htmx-request");
  for (const file of chosen) await add(await smaller(file));
  busy.classList.remove("htmx-request");
  await waiting();
});

form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-file-delete]");
  if (button) post(button.dataset.fileDelete, new FormData()).catch(() => undefined);
});

addEventListener("online", async () => {
  for (const file of (await all("files")).filter((one) => one.draft === draft)) {
    await remove("files", file.id);
    await add(new File([file.blob], file.name, { type: file.type }));
  }
  await waiting();
});
await waiting();
