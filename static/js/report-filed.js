// The receipt is here, so the copy that waited on this device may go.
for (const { dataset } of document.querySelectorAll("[data-forget-copy]")) localStorage.removeItem(dataset.forgetCopy);
