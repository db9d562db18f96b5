// The API that is read: pages made once and kept. Prints its port. A child process of compare.mjs, and ends with it.
import { createServer } from "node:http";

const WORDS = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa".split(
  " ",
);
const words = (seed, count) =>
  Array.from({ length: count }, (_, i) => WORDS[(seed * 7 + i * 3) % WORDS.length]).join(" ");
const instant = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
const YEAR = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

const flat = (id, at = YEAR + (id % 366) * DAY) => ({
  id,
  name: `Customer ${id}`,
  email: `user${id}@example.com`,
  active: id % 3 === 0,
  score: (id % 10_000) / 100,
  country: ["NL", "DE", "US", "BR"][id % 4],
  created_at: instant(YEAR),
  updated_at: instant(at),
  note: id % 16 === 3 ? `café ${words(id, 6)}` : words(id, 8),
});
const nested = (id) => ({
  id,
  status: ["open", "won", "lost", "deleted"][id % 4],
  amountCents: (id * 7919) % 1_000_000,
  owner: { firstName: words(id, 1), lastName: words(id + 3, 1), profile: { jobTitle: "manager" } },
  lineItems: [1, 2, 3].map((line) => ({ lineId: id * 10 + line, unitPrice: 12.5 * line, taxRates: [0.21, 0.09] })),
  metaData: { sourceSystem: "crm", flags: { isTest: false } },
  internalNotes: words(id, 12),
  ...Object.fromEntries(
    Array.from({ length: 24 }, (_, n) => [`customField${n}`, n % 3 === 0 ? null : words(id + n, 4)]),
  ),
});

const range = (from, count, make) => Array.from({ length: count }, (_, index) => make(from + index));
const page = (number, per, pages, make) =>
  JSON.stringify({ data: number <= pages ? range((number - 1) * per, per, make) : [], page: number });
const BODIES = {
  "/flat": (query) => page(query("page"), 1000, query("pages"), flat),
  "/nested": (query) => page(query("page"), 1000, query("pages"), nested),
  "/day": (query) => {
    const from = Date.parse(query("from", String));
    return JSON.stringify({
      data: range(Math.round(from / DAY) * 100, 100, (id) => flat(id, from + (id % 100) * 1000)),
    });
  },
  "/csv": (query) => {
    const rows = range(0, query("rows"), (id) => Object.values(flat(id)).join(","));
    return `${Object.keys(flat(0)).join(",")}\n${rows.join("\n")}\n`;
  },
};

const made = new Map();
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  let body = made.get(request.url);
  if (body === undefined && pathname in BODIES) {
    body = Buffer.from(BODIES[pathname]((name, type = Number) => type(searchParams.get(name))));
    made.set(request.url, body);
  }
  response.writeHead(body === undefined ? 404 : 200, { "Content-Length": body?.length ?? 0 }).end(body);
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
