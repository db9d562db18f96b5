import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openConnector } from "../connector/open-connector.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { writeDockerfile, type WriteOptions } from "./write-dockerfile.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ferry-dockerfile-"));
  put("manifest.yaml", "version: 7.0.0\n");
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string): void => writeFileSync(join(folder, name), content);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

async function write(over: Partial<WriteOptions> = {}, place = folder): Promise<readonly [0 | 1, string]> {
  const terminal = fakeTerminal(over.format === "json" ? "pipe" : "terminal");
  const options = { base: undefined, check: false, force: false, format: undefined, ...over };
  const exitCode = await writeDockerfile(await openConnector(place), options, terminal);
  return [exitCode, terminal.out()];
}

test("it is written with what an engine is not given, and is up to date until the version changes", async () => {
  put("package.json", '{ "name": "source-a", "version": "1.0.0", "devDependencies": { "ferry-cdk": "0.1.0" } }');
  expect((await write({ check: true }))[0]).toBe(1);
  expect(existsSync(join(folder, "Dockerfile"))).toBe(false);
  const [exitCode, told] = await write();
  expect([exitCode, told.match(/^Wrote .*(?:Dockerfile|\.dockerignore)$/gm)?.length]).toEqual([0, 2]);
  expect(read("Dockerfile")).toContain('LABEL io.airbyte.name="source-a"');
  expect(read("Dockerfile")).toContain('npx ferry bundle . --compile --out "$OUT"');
  expect(read("Dockerfile")).toMatch(/^ARG BASE=node:\d+\.\d+\.\d+-/m);
  expect(read(".dockerignore")).toContain("**/.env\n");
  expect(await write({ check: true, format: "json" })).toEqual([0, '{"isCurrent":true,"written":[]}\n']);
  put("metadata.yaml", "data: { dockerRepository: airbyte/source-a, dockerImageTag: 2.0.0 }\n");
  const [stale, why] = await write({ check: true });
  expect([stale, why]).toEqual([1, expect.stringContaining("is not what ferry image dockerfile makes")]);
  await write();
  expect(read("Dockerfile")).toContain('io.airbyte.version="2.0.0"');
});

test("a connector without packages is bundled by ferry-cdk of this version, on the base that is named", async () => {
  await write({ base: "registry.test/node:1" });
  expect(read("Dockerfile")).toMatch(/^ARG BASE=registry\.test\/node:1$/m);
  expect(read("Dockerfile")).toMatch(/npx --yes --package ferry-cdk@\d+\.\d+\.\d+\S* ferry bundle \. /);
});

test("what somebody wrote is replaced only by force", async () => {
  put("Dockerfile", "FROM scratch\n");
  put(".dockerignore", "mine\n");
  await expect(write()).rejects.toThrow("was not made by ferry image dockerfile: --force replaces it");
  await write({ force: true });
  expect([read("Dockerfile").includes("ENTRYPOINT"), read(".dockerignore")]).toEqual([true, "mine\n"]);
});

test.each(["packages/source-csv", "packages/source-rest-api"])("that of %s is up to date", async (place) => {
  expect(await write({ check: true }, place)).toEqual([0, expect.stringContaining("is as it should be")]);
  expect(readFileSync(join(place, "Dockerfile"), "utf8")).toContain(
    `npm ci; \\\n    npx ferry bundle ${place} --compile`,
  );
});
