// Stands before JupyterLite's own service worker: what was fetched once is kept, and given where there is no connection.
const KEPT = "cnnlib course";

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith("http") || /\/api\/(drive|stdin|service-worker)/.test(url)) return;
  event.stopImmediatePropagation();
  event.respondWith(newest(event));
});

// New lessons are seen at once: what is kept is for the one who is offline. Not every browser keeps something.
async function newest(event) {
  const [address] = event.request.url.split("?"), kept = await caches.open(KEPT).catch(() => null);
  try {
    const answer = await fetch(event.request);
    if (kept && answer.status === 200) event.waitUntil(kept.put(address, answer.clone()).catch(() => {}));
    return answer;
  } catch (error) {
    const answer = await kept?.match(address);
    if (answer) return answer;
    throw error;
  }
}
