/** Each template as a newcomer has it: copied to a folder of its own, and run by its own commands. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { configured, json, messagesOf, startServer, type ConnectorRun } from "ferry-cdk/testing";
import { loadLanguage } from "../packages/cdk/src/manifest/plan.ts";
import { stubOf } from "../packages/cdk/src/manifest/stub.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ferry-templates-"));
const execute = promisify(execFile);

/** Fails where the command does, with all that it printed. */
async function node(template: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, args, { cwd: join(folder, template) }).catch((error: unknown) => {
    const { stdout: out, stderr } = error as { stdout: string; stderr: string }; // of execFile
    throw new Error(`node ${args.join(" ")} failed:\n${out}\n${stderr}`);
  });
  return stdout;
}

beforeAll(() => {
  expect(existsSync(join(root, "packages/cdk/dist/index.js")), "packages/cdk is not built: npm run build").toBe(true);
  for (const template of ["manifest", "typescript", "mixed"]) {
    cpSync(join(root, "templates", template), join(folder, template), { recursive: true });
    const modules = join(folder, template, "node_modules");
    mkdirSync(join(modules, "@types"), { recursive: true });
    symlinkSync(join(root, "packages/cdk"), join(modules, "ferry-cdk"));
    symlinkSync(join(root, "node_modules/@types/node"), join(modules, "@types/node"));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const customers = { "/v1/customers": json({ data: [{ id: 1, name: "Ann" }] }) };
const orders = { "/v1/orders": json({ data: [{ id: 1, updated_at: "2026-02-01T00:00:00Z" }] }) };

/** `ferry test`, from the template's cassette. */
async function replayed(template: string, passed: number): Promise<void> {
  const told = await node(template, "node_modules/ferry-cdk/bin/ferry.mjs", "test", "--format", "text");
  expect(told).toContain(`\n${passed} passed\n`);
}

/** The same on a terminal, where the machine has what makes one: in colour. */
async function replayedOnTerminal(template: string): Promise<void> {
  if (!existsSync("/usr/bin/script")) return;
  const cwd = join(folder, template);
  const command = `${process.execPath} node_modules/ferry-cdk/bin/ferry.mjs`;
  const typed = async (words: string): Promise<string> =>
    (await execute("script", ["-qec", `${command} ${words}`, "/dev/null"], { cwd })).stdout;
  expect(await typed("test --section spec")).toContain("\x1b[32m✓\x1b[39m spec config.json");
  expect(await typed("cassette diff cassette cassette")).toContain("Nothing changed.");
}

/** check, discover and read of all streams. */
async function verbs(template: string, command: readonly string[], config: object): Promise<ConnectorRun["records"]> {
  const file = (name: string, content: object): string => {
    const path = join(folder, template, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const given = ["--config", file("given.json", config)];
  const run = async (verb: string, ...more: readonly string[]): Promise<ReturnType<typeof messagesOf>> =>
    messagesOf(await node(template, command[0]!, verb, ...command.slice(1), ...given, ...more));
  expect((await run("check")).of("CONNECTION_STATUS")[0]?.connectionStatus).toEqual({ status: "SUCCEEDED" });
  const [found] = (await run("discover")).of("CATALOG");
  const names = found!.catalog.streams.map(({ name }) => name);
  const catalog = configured(...names.map((name) => [name, "incremental"] as const));
  const read = await run("read", "--catalog", file("catalog.json", catalog));
  expect(names.map((name) => read.statuses(name).at(-1))).toEqual(names.map(() => "COMPLETE"));
  return read.records;
}

const PATIENCE = 120_000; // milliseconds, for many processes one after the other

test("templates/manifest", { timeout: PATIENCE }, async () => {
  const bin = "node_modules/ferry-cdk/bin";
  await node("manifest", "--test");
  await replayed("manifest", 7);
  await replayedOnTerminal("manifest");
  await node("manifest", `${bin}/ferry.mjs`, "manifest", "validate", "manifest.yaml");
  expect(await node("manifest", `${bin}/ferry.mjs`, "manifest", "schema")).toContain("DeclarativeSource");
  await using server = await startServer({ ...customers, ...orders });
  const manifest = join(folder, "manifest/manifest.yaml");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace("https://api.example.com", server.url));
  const command = [`${bin}/source-declarative-manifest.mjs`, "--manifest-path", manifest];
  const records = await verbs("manifest", command, { api_token: "t", start_date: "2026-01-01T00:00:00Z" });
  expect(records("customers")).toEqual([{ id: 1, name: "Ann" }]);
  expect(records("orders")).toHaveLength(1);
});

test("templates/typescript", { timeout: PATIENCE }, async () => {
  await node("typescript", join(root, "node_modules/typescript/bin/tsc"));
  await node("typescript", "--test", "dist/test/source.test.js");
  await replayed("typescript", 7);
  await using server = await startServer({ ...customers, ...orders });
  const records = await verbs("typescript", ["dist/src/main.js"], { url: `${server.url}/v1`, api_token: "t" });
  expect(records("customers")).toEqual([{ id: 1, name: "Ann" }]);
  expect(records("orders")).toHaveLength(1);
});

test("templates/mixed, and what is shown to begin a component with", async () => {
  // The stubs of unknown classes are compiled with the template: they have to be of the types that their kinds want.
  const language = await loadLanguage([]);
  for (const { kind, type } of language.components.values()) {
    if (type.startsWith("Custom")) {
      writeFileSync(
        join(folder, "mixed/src", `${kind}.ts`),
        stubOf(language, kind, "My", { class_name: "x", name: "y" }),
      );
    }
  }
  await node("mixed", join(root, "node_modules/typescript/bin/tsc"));
  await node("mixed", "--test", "dist/test/source.test.js");
  await replayed("mixed", 7);
  await node("mixed", "node_modules/ferry-cdk/bin/ferry.mjs", "manifest", "validate", "manifest.yaml");
  const invoices = { "/v1/invoices": json({ data: [{ id: 1, number: 7 }] }) };
  await using server = await startServer({ ...customers, ...invoices });
  const records = await verbs("mixed", ["dist/src/main.js"], { url: `${server.url}/v1`, api_token: "t" });
  expect(records("customers")).toEqual([{ id: 1, name: "Ann" }]);
  expect(records("invoices")).toEqual([{ id: 1, number: 7 }]);
  expect(records("totals")).toEqual([{ customers: 1, balance: 0 }]);

  // In one file, too, the code finds the manifest that it reads with.
  await node("mixed", "node_modules/ferry-cdk/bin/ferry.mjs", "bundle", ".", "--out", "bundle");
  const bundled = await verbs("mixed", ["bundle/main.mjs"], { url: `${server.url}/v1`, api_token: "t" });
  expect(bundled("invoices")).toEqual([{ id: 1, number: 7 }]);
}, 60_000);
