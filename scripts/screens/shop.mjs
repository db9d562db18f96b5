// A small API to read from: pages of 100 records, one of which is kept back until it is released.
import { once } from "node:events";
import { createServer } from "node:http";

const PAGES = { customers: 3, orders: 6 };
const KEPT_BACK = { stream: "orders", page: 5 };

export async function startShop() {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://shop");
    const stream = pathname.split("/").at(-1);
    const page = Number(searchParams.get("cursor") ?? 1);
    if (stream === KEPT_BACK.stream && page === KEPT_BACK.page) await released;
    const data = Array.from({ length: 100 }, (_, index) => ({
      id: page * 100 + index,
      total: 9.5,
      updated_at: "2026-02-01T00:00:00Z",
    }));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data, next: page < PAGES[stream] ? String(page + 1) : null }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    release,
    async close() {
      release();
      server.close();
      server.closeAllConnections();
    },
  };
}
