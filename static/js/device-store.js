// What a phone keeps until the server has it, in IndexedDB: "drafts" by key, the "outbox" of reports that wait, and
// "files" chosen without a network. iOS closes the store of a page that slept (R16): it is opened again.
const NAME = "du-sinh-hoat";
const STORES = { drafts: "key", outbox: "key", files: "id" };
let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) request.result.createObjectStore(store, { keyPath });
    };
    request.onsuccess = () => {
      request.result.onclose = () => (opening = undefined);
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      opening = undefined;
      reject(request.error);
    };
  });
  return opening;
}

async function act(store, mode, work, again = true) {
  try {
    const transaction = (await open()).transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.commit?.(); // needs no further word from a page that may be going away
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } catch (error) {
    if (!again) throw error;
    opening = undefined;
    return act(store, mode, work, false);
  }
}

export const get = (store, key) => act(store, "readonly", (rows) => rows.get(key));
export const all = (store) => act(store, "readonly", (rows) => rows.getAll());
export const put = (store, row) => act(store, "readwrite", (rows) => rows.put(row));
export const remove = (store, key) => act(store, "readwrite", (rows) => rows.delete(key));

// Ask the browser once not to clear the store when the phone runs short of room.
export async function persist() {
  if (navigator.storage?.persist && !(await navigator.storage.persisted())) await navigator.storage.persist();
}
