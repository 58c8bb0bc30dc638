/* Keeps a page that says there is no network, and the pages' own files; never a page of a case, nor any answer. */
const KEPT = {{ kept|safe }};
const FILES = {{ files|safe }};
const OFFLINE = {{ offline|safe }};

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(KEPT);
    // Without cookies: what is kept is as a stranger gets it.
    await cache.addAll(FILES.map((file) => new Request(file, { credentials: "omit" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("tratativa-") && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (FILES.includes(pathname) && pathname !== OFFLINE) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
