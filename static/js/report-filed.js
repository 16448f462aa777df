// The receipt is here, so the copy that waited on this device may go.
import { remove } from "./device-store.js";

for (const { dataset } of document.querySelectorAll("[data-forget-copy]")) remove("drafts", dataset.forgetCopy).catch(() => undefined);
