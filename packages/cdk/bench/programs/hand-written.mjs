// What one would write in an afternoon for one API: fetch, JSON.parse, a line of stdout a record. With --floor it is what a
// program on one thread cannot do without: Node's own client, whole pages, large writes.
import http from "node:http";
import { readFileSync, writeSync } from "node:fs";

const config = JSON.parse(readFileSync(process.argv[process.argv.indexOf("--config") + 1], "utf8"));
const isFloor = process.argv.includes("--floor");
const agent = new http.Agent({ keepAlive: true });

async function get(path) {
  if (!isFloor) return (await fetch(config.base_url + path)).text();
  return new Promise((resolve, reject) => {
    const request = http.get(config.base_url + path, { agent }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part)).on("error", reject);
      response.on("end", () => resolve(Buffer.concat(parts).toString()));
    });
    request.on("error", reject);
  });
}

let text = "";
function flush() {
  const bytes = Buffer.from(text);
  text = "";
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}
function line(message) {
  if (!isFloor) return process.stdout.write(`${JSON.stringify(message)}\n`);
  text += `${JSON.stringify(message)}\n`;
  if (text.length > 1 << 17) flush();
}
function emit(record) {
  for (const key in record) if (record[key] === null) record[key] = undefined;
  line({ type: "RECORD", record: { stream: "records", data: record, emitted_at: Date.now() } });
}

const names = new Map();
function snake(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const renamed = {};
  for (const key in value) {
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = key.replace(/([a-z])([A-Z\d])/g, "$1_$2").toLowerCase()));
    renamed[name] = snake(value[key]);
  }
  return renamed;
}

async function pages(path, each) {
  for (let page = 1; ; page++) {
    const { data } = JSON.parse(await get(`${path}?pages=${config.pages}&page=${page}`));
    if (data.length === 0) return;
    data.forEach(each);
  }
}

const READS = {
  async one() {
    JSON.parse(await get(`/flat?pages=1&page=1`)).data.forEach(emit);
  },
  pages: () => pages("/flat", emit),
  transforms: () =>
    pages("/nested", (record) => {
      if (record.status === "deleted") return;
      record.ownerName = `${record.owner.firstName} ${record.owner.lastName}`;
      record.metaData.total = record.amountCents / 100;
      delete record.internalNotes;
      delete record.metaData.flags;
      delete record.lineItems;
      emit(snake(record));
    }),
  async days() {
    const instant = (time) => encodeURIComponent(`${new Date(time).toISOString().slice(0, 19)}Z`);
    for (let day = 0; day < 365; day++) {
      const from = Date.UTC(2024, 0, 1 + day);
      JSON.parse(await get(`/day?from=${instant(from)}&to=${instant(from + 86_399_000)}`)).data.forEach(emit);
      line({ type: "STATE", state: { type: "STREAM" } });
    }
  },
  async csv() {
    const [header, ...rows] = (await get(`/csv?rows=${config.rows}`)).trimEnd().split("\n");
    const fields = header.split(",");
    for (const row of rows) {
      const values = row.split(",");
      emit(Object.fromEntries(fields.map((field, index) => [field, values[index]])));
    }
  },
};
await READS[config.scenario]();
flush();
