// "Tải bản nháp về máy": the draft as a file that can be read back in, on this phone or another (R16).
import { entriesOf, fill } from "./report-fields.js";

const form = document.querySelector("[data-paper]");
const KIND = "ban-nhap-bao-cao";
const status = form.querySelector("[data-draft-file-status]");

form.querySelector("[data-draft-save]").addEventListener("click", () => {
  const draft = { kind: KIND, meeting: form.dataset.meeting, unit: form.dataset.unit, at: new Date().toISOString(), entries: entriesOf(form) };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(draft, null, 1)], { type: "application/json" }));
  link.download = `ban-nhap-${form.dataset.meeting}-${draft.at.slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  status.textContent = "Đã tải bản nháp về máy.";
});

form.querySelector("[data-draft-open]").addEventListener("change", async ({ target }) => {
  const [chosen] = target.files;
  target.value = "";
  if (!chosen) return;
  status.textContent = await readBack(chosen);
});

async function readBack(chosen) {
  let draft;
  try {
    draft = JSON.parse(await chosen.text());
  } catch {
    draft = {};
  }
  if (draft.kind !== KIND || !Array.isArray(draft.entries)) return "Tệp này không phải bản nháp báo cáo. Chọn tệp đã tải về từ trang này.";
  if (draft.meeting !== form.dataset.meeting) return `Tệp này là bản nháp của ${draft.unit}, cuộc họp khác. Mở đúng cuộc họp ấy rồi chọn lại.`;
  fill(form, draft.entries.filter((entry) => entry.every((part) => typeof part === "string") && entry[0] !== "page"));
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return "Đã mở bản nháp từ tệp.";
}
