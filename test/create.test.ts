/** A connector as a newcomer makes it: by the command, from a description of an API; then its tests. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test, vi } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ferry-create-"));
const execute = promisify(execFile);
vi.setConfig({ testTimeout: 60_000 }); // whole processes, on a machine that may be busy
afterAll(() => rmSync(folder, { recursive: true }));

const create = join(root, "packages/create-ferry-connector/bin/create-ferry-connector.mjs");
const ferry = join(root, "packages/cdk/bin/ferry.mjs");
const description = join(root, "packages/cdk/test/new/shop.openapi.yaml");

test("on a pipe: made from a description, its tests pass at once, without a network", async () => {
  const { stdout } = await execute(process.execPath, [create, "source-shop", "--from-openapi", description], {
    cwd: folder,
  });
  expect(stdout).toContain("Corner Shop API: 9 streams\n");
  expect(stdout).toMatch(/Next:\n  cd source-shop\n  npm install\n  npm test\n$/);
  const made = join(folder, "source-shop");
  mkdirSync(join(made, "node_modules"));
  symlinkSync(join(root, "packages/cdk"), join(made, "node_modules/ferry-cdk"));
  const [, schema] = /\$schema=(\S+)/.exec(readFileSync(join(made, "manifest.yaml"), "utf8"))!;
  expect(existsSync(join(made, schema!))).toBe(true);
  const tested = await execute(process.execPath, [ferry, "test", "--format", "text"], { cwd: made });
  expect(tested.stdout).toContain("\n6 passed\n");
});

test("without a name and without a terminal nothing is asked, and nothing is made", async () => {
  const failed: unknown = await execute(process.execPath, [create], { cwd: folder }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 2, stderr: "The connector's name is missing: ferry new source-NAME.\n" });
});

test.skipIf(!existsSync("/usr/bin/script"))("on a terminal what is missing is asked for", async () => {
  const command = `${process.execPath} ${create}`;
  const asked = execute("script", ["-qec", command, "/dev/null"], { cwd: folder });
  asked.child.stdin!.write("shop\nsource-asked\n\n");
  const { stdout } = await asked;
  expect(stdout).toContain('"shop" is no name of a source');
  expect(stdout).toContain("Made source-asked in source-asked");
  expect(existsSync(join(folder, "source-asked/cassette"))).toBe(true);
});
