// An API of 200,000 records of about 250 bytes, in pages: node server.mjs [port]
import { createServer } from "node:http";

const count = 200_000;
const record = (id) => ({
  id,
  name: `Customer ${id}`,
  email: `customer.${id}@example.com`,
  is_active: id % 3 === 0,
  balance: id / 8,
  address: { street: `${id % 300} Main Street`, city: "Springfield", zip: String(10000 + (id % 90000)) },
  tags: ["alpha", "beta"],
  updated_at: new Date(Date.UTC(2026, 0, 1) + id * 1000).toISOString(),
});
const pages = new Map();
const server = createServer((request, response) => {
  const query = new URL(request.url, "http://localhost").searchParams;
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 1000)];
  const key = `${page} ${size}`;
  let body = pages.get(key);
  if (body === undefined) {
    const first = (page - 1) * size;
    const records = Array.from({ length: Math.max(0, Math.min(size, count - first)) }, (_, index) =>
      record(first + index),
    );
    pages.set(key, (body = Buffer.from(JSON.stringify({ data: records, page }))));
  }
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.end(body);
});
server.listen(Number(process.argv[2] ?? 4500), "127.0.0.1");
