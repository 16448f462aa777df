// Files on their way to the server: each stays in the phone's store until the server has it; one that the server
// does not take leaves its name and the reason, until the person or the receipt has put it away.
import { all, put, remove } from "./device-store.js";

const REFUSALS = [400, 409, 413, 422];
const UNSAID = "máy chủ không nhận tệp này.";

export const filesOf = async (draft) => (await all("files")).filter((file) => file.draft === draft);

// { answer } when it is kept there, { refused } with the reason, otherwise { status }: it waits.
export async function sendFile({ name, type, blob }, url, headers) {
  const body = new FormData();
  body.append("files", new File([blob], name, { type }));
  const response = await fetch(url, { method: "POST", body, headers: { ...headers, Accept: "application/json" }, credentials: "same-origin" });
  const said = await response.json().catch(() => ({}));
  if (response.ok && said.files !== undefined) return { answer: said };
  if (REFUSALS.includes(response.status)) return { refused: said.error || `Tệp “${name}”: ${UNSAID}` };
  return { status: response.status };
}

// One sender at a time, a page or the worker. It ends at the first file that must wait, with the server's status.
export function sendFiles(draft, url, headers, taken = () => undefined) {
  const send = async () => {
    for (const file of (await filesOf(draft)).filter((one) => !one.refused)) {
      const { answer, refused, status } = await sendFile(file, url, headers);
      if (status !== undefined) return status;
      if (refused) await put("files", { ...file, refused, blob: null });
      else await remove("files", file.id);
      if (answer) taken(answer);
    }
    return undefined;
  };
  return self.navigator.locks ? navigator.locks.request("files", send) : send();
}

// The reasons, once: they go with the receipt.
export async function takeRefusals(draft) {
  const files = (await filesOf(draft)).filter((one) => one.refused);
  for (const { id } of files) await remove("files", id);
  return files.map((one) => one.refused);
}
