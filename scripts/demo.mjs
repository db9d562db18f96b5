// Reads a CSV file with source-csv, then a small real HTTP API with source-rest-api: authentication, pages, an incremental
// stream, one 429. For people it tells what happened; piped, it prints the protocol's lines.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const people = process.stdout.isTTY === true || process.argv.includes("--people");
const say = (text) => {
  if (people) process.stdout.write(`${text}\n`);
};

const folder = await mkdtemp(join(tmpdir(), "ferry-demo-"));
const api = await startApi();
try {
  const csv = join(root, "packages/source-csv/demo/orders.csv");
  say(
    `A CSV file, ${relative(process.cwd(), csv)}: dates, numbers, nulls, a line break in quotes, one row too short.\n`,
  );
  await readCsv(csv);
  say(
    `\nA small HTTP API runs at ${api.url}: 1,000 customers, 5,000 orders, a token, and one answer 429 on the way.\n`,
  );
  await readApi();
} finally {
  api.close();
  await rm(folder, { recursive: true, force: true });
}

async function readCsv(url) {
  const config = await file("csv.json", { dataset_name: "orders", url, format: "csv", provider: { storage: "local" } });
  await connector("source-csv", "check", ["--config", config]);
  const catalog = await discovered("source-csv", config);
  await connector("source-csv", "read", ["--config", config, "--catalog", catalog]);
}

async function readApi() {
  const config = await file("config.json", {
    name: "Demo API",
    url_base: api.url,
    authentication: { type: "bearer", token: "demo-token" },
    start_date: "2026-01-01T00:00:00Z",
    endpoints: [
      { name: "customers", path: "/customers", primary_key: ["id"], pagination: { type: "link_header" } },
      {
        name: "orders",
        path: "/orders",
        records_path: ["data"],
        primary_key: ["id"],
        pagination: { type: "page", page_size: 500 },
        cursor_field: "updated_at",
        cursor_param: "updated_since",
      },
    ],
  });
  await connector("source-rest-api", "check", ["--config", config]);
  const catalog = await discovered("source-rest-api", config);
  const { messages } = await connector("source-rest-api", "read", ["--config", config, "--catalog", catalog]);
  const states = messages.filter(({ type }) => type === "STATE").map(({ state }) => state);
  const state = await file("state.json", [
    ...new Map(states.map((each) => [each.stream.stream_descriptor.name, each])).values(),
  ]);
  say("\nThe same again, from the state that the read left: only what is new.");
  await connector("source-rest-api", "read", ["--config", config, "--catalog", catalog, "--state", state]);
}

/** A catalog file of all streams that are there. */
async function discovered(source, config) {
  const { messages } = await connector(source, "discover", ["--config", config]);
  const streams = messages
    .find(({ type }) => type === "CATALOG")
    .catalog.streams.map((stream) => ({
      stream,
      sync_mode: stream.supported_sync_modes.at(-1),
      destination_sync_mode: "append",
    }));
  return file(`${source}-catalog.json`, { streams });
}

/** Runs a verb of a source as a process of its own. */
async function connector(source, verb, args) {
  const asked = api.requests;
  const started = performance.now();
  const command = join(root, "packages", source, `bin/${source}.mjs`);
  const child = spawn(process.execPath, [command, verb, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const messages = [];
  const records = new Map();
  for await (const line of createInterface({ input: child.stdout })) {
    if (!people) process.stdout.write(`${line}\n`);
    const message = JSON.parse(line);
    if (message.type === "RECORD") records.set(message.record.stream, (records.get(message.record.stream) ?? 0) + 1);
    else messages.push(message);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`${verb} ended with exit code ${code}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  say(`${verb.padEnd(9)} ${seconds} s, ${api.requests - asked} requests`);
  tell(messages, records);
  return { messages };
}

function tell(messages, records) {
  for (const message of messages) {
    if (message.type === "LOG" && message.log.level === "WARN") say(`          ${message.log.message}`);
    if (message.type === "CONNECTION_STATUS") say(`          ${message.connectionStatus.status}`);
    if (message.type === "CATALOG") {
      for (const { name, json_schema, supported_sync_modes } of message.catalog.streams) {
        say(
          `          ${name}: ${Object.keys(json_schema.properties).length} fields, ${supported_sync_modes.join(" or ")}`,
        );
      }
    }
    if (message.type === "TRACE" && message.trace.type === "STREAM_STATUS") {
      const { stream_descriptor, status, reasons } = message.trace.stream_status;
      const why = reasons === undefined ? "" : ` (${reasons.map(({ type }) => type).join(", ")})`;
      const count = status === "COMPLETE" ? `, ${records.get(stream_descriptor.name) ?? 0} records` : "";
      say(`          ${stream_descriptor.name}: ${status}${why}${count}`);
    }
    if (message.type === "STATE") {
      const { stream_descriptor, stream_state } = message.state.stream;
      say(`          ${stream_descriptor.name}: state ${JSON.stringify(stream_state)}`);
    }
  }
}

async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

/** The API: what it holds is made from numbers, so that every run sees the same. */
async function startApi() {
  const day = (index) => new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString().replace(".000Z", "Z");
  const customers = Array.from({ length: 1000 }, (_, id) => ({
    id,
    name: `Customer ${id}`,
    vip: id % 7 === 0,
    created: day(id),
  }));
  const orders = Array.from({ length: 5000 }, (_, id) => ({
    id,
    customer: id % 1000,
    total: id / 8,
    updated_at: day(id),
  }));
  const state = { requests: 0, limited: false };
  const server = createServer((request, response) => {
    state.requests++;
    const url = new URL(request.url, `http://${request.headers.host}`);
    const page = Number(url.searchParams.get("page") ?? 1);
    const reply = (status, body, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== "Bearer demo-token") return reply(401, { error: "no such token" });
    if (url.pathname === "/customers") {
      const next = `<${url.origin}/customers?page=${page + 1}>; rel="next"`;
      return reply(200, customers.slice((page - 1) * 100, page * 100), page < 10 ? { link: next } : {});
    }
    if (url.pathname !== "/orders") return reply(404, { error: "no such path" });
    if (page === 4 && !state.limited) {
      state.limited = true;
      return reply(429, { error: "slow down" }, { "retry-after": "1" });
    }
    const size = Number(url.searchParams.get("per_page") ?? 100);
    const since = url.searchParams.get("updated_since") ?? "";
    const wanted = orders.filter(({ updated_at }) => updated_at >= since);
    return reply(200, { data: wanted.slice((page - 1) * size, page * size), total: wanted.length });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    get requests() {
      return state.requests;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
