// The service worker: pages that the server marks X-Keep-Offline stay on the phone of the person they were made for,
// and reports that wait are sent when the network comes back, even after the page was closed.
import { sendAll } from "{% static 'js/outbox.js' %}";

const STATIC = "static-{{ edition }}";
const FALLBACK = "{% url 'reports:offline' %}";
const SIGN_OUT = "{% url 'account_logout' %}";
const ASSETS = [{% for asset in assets %}"{{ asset }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 4000;
const isPages = (name) => name.startsWith("pages-");

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(tidy()));

async function prepare() {
  const cache = await caches.open(STATIC);
  await Promise.allSettled([...ASSETS, FALLBACK].map((url) => cache.add(url)));
  await skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !isPages(name) && name !== STATIC).map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === SIGN_OUT) event.waitUntil(forgetPages());
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("{{ static_root }}")) event.respondWith(asset(event));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

async function asset(event) {
  const cache = await caches.open(STATIC);
  const kept = await cache.match(event.request);
  const fresh = fetch(event.request).then((response) => (response.ok && cache.put(event.request, response.clone()), response));
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

async function page(request) {
  const kept = await keptPage(request);
  const answer = fetch(request).then((response) => keep(request, response));
  if (!kept) return answer.catch(async () => (await caches.match(FALLBACK)) ?? Response.error());
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([answer, patience]).catch(() => kept);
}

async function keptPage(request) {
  const names = (await caches.keys()).filter(isPages);
  for (const name of names) {
    const found = await (await caches.open(name)).match(request.url.split("#")[0]);
    if (found) return found;
  }
  return undefined;
}

// A page of somebody else who signs in on this phone sends away what was kept for the one before.
async function keep(request, response) {
  const owner = response.headers.get("X-Keep-Offline");
  if (!owner || !response.ok || response.redirected) return response;
  const mine = `pages-${owner}`;
  const names = (await caches.keys()).filter((name) => isPages(name) && name !== mine);
  await Promise.all(names.map((name) => caches.delete(name)));
  await (await caches.open(mine)).put(request.url.split("#")[0], response.clone());
  return response;
}

async function forgetPages() {
  const names = await caches.keys();
  await Promise.all(names.filter(isPages).map((name) => caches.delete(name)));
}

addEventListener("sync", (event) => {
  if (event.tag === "reports") event.waitUntil(sendAll());
});

addEventListener("message", (event) => {
  for (const url of event.data?.keep ?? []) event.waitUntil(fetch(url, { credentials: "same-origin" }).then((response) => keep(new Request(url), response)).catch(() => undefined));
});
