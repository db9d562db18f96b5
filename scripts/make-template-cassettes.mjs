// Records the cassettes of templates/: each template's own tests, against a small API on this machine that stands for the
// one at https://api.example.com. Run it after a template's requests have changed: node scripts/make-template-cassettes.mjs
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const ADDRESS = "https://api.example.com";
const customers = [
  { id: 1, name: "Ann" },
  { id: 2, name: null },
  { id: 3, name: "Cho" },
];
const balances = [1250, undefined, 250]; // cents, in the template whose components make amounts of them
const invoices = [1, 2, 3].map((number) => ({ id: number * 10, number }));
const orders = [1, 2, 3, 4].map((id) => ({ id, total: id + 0.5, updated_at: `2026-01-0${id}T00:00:00Z` }));

/** Two items a page; orders from an instant on. */
function answer({ url, headers }) {
  const { pathname, searchParams } = new URL(url, ADDRESS);
  if (headers.authorization === "Bearer wrong") return [401, { message: "The token is not known." }];
  const people =
    template === "mixed" ? customers.map((one, index) => ({ ...one, balance: balances[index] })) : customers;
  const all = {
    "/v1/customers": people,
    "/v1/orders": orders,
    "/v1/invoices": invoices.filter(({ number }) => number > Number(searchParams.get("after"))),
  }[pathname];
  if (all === undefined) return [404, { message: "There is no such list." }];
  const since = searchParams.get("updated_since") ?? "";
  const found = all.filter((item) => (item.updated_at ?? since) >= since);
  const from = Number(searchParams.get("cursor") ?? 0);
  return [200, { data: found.slice(from, from + 2), next: from + 2 < found.length ? from + 2 : null }];
}

let template; // whose cassette is recorded
const server = createServer((request, response) => {
  const [status, body] = answer(request);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const work = mkdtempSync(join(tmpdir(), "ferry-template-cassettes-"));

for (template of ["manifest", "typescript", "mixed"]) {
  const folder = join(work, template);
  cpSync(join(root, "templates", template), folder, { recursive: true });
  rmSync(join(folder, "cassette"), { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "packages/cdk"), join(folder, "node_modules/ferry-cdk"));
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (/^(?:[^/]+|test\/[^/]+)\.(?:yaml|json)$/.test(file)) rewrite(join(folder, file), ADDRESS, url);
  }
  if (template !== "manifest") {
    mkdirSync(join(folder, "node_modules/@types"));
    symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
    await run(folder, join(root, "node_modules/typescript/bin/tsc"));
  }
  await run(folder, join(root, "packages/cdk/bin/ferry.mjs"), "test", "--record", "cassette");
  for (const file of readdirSync(join(folder, "cassette"), { recursive: true, encoding: "utf8" })) {
    if (/\.\w+$/.test(file)) rewrite(join(folder, "cassette", file), url, ADDRESS);
  }
  const target = join(root, "templates", template, "cassette");
  rmSync(target, { recursive: true, force: true });
  cpSync(join(folder, "cassette"), target, { recursive: true });
}
rmSync(work, { recursive: true });
server.close();

/** A child of its own: this process has the server. */
async function run(cwd, ...args) {
  const child = spawn(process.execPath, args, { cwd, stdio: "inherit" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
}

function rewrite(path, from, to) {
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(from, to));
}
