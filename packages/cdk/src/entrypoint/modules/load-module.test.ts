import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { findModule, loadModule } from "./load-module.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-modules-"));
vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Writes a file of a connector. */
function file(path: string, text: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

const kept = (): string[] => readdirSync(join(folder, "cache/ferry/modules")).sort();

test("TypeScript is compiled with what it imports, kept, and compiled anew where a source changed", async () => {
  const own = file("one/own.ts", "export enum Size { Small = 3 }");
  const path = file("one/components.ts", 'import { Size } from "./own.ts";\nexport const size: number = Size.Small;');
  expect(await loadModule(path)).toMatchObject({ size: 3 });
  const before = kept();
  expect(before).toHaveLength(2);
  expect(await loadModule(path)).toMatchObject({ size: 3 });
  expect(kept()).toEqual(before);

  writeFileSync(own, "export enum Size { Small = 4 }");
  expect(await loadModule(path)).toMatchObject({ size: 4 });
  expect(kept()).toHaveLength(2);
});

test("packages are those of the connector, ferry-cdk the one that runs, and Node's own as ever", async () => {
  file("two/node_modules/plain/index.js", "module.exports = { plain: 1 };");
  file("two/node_modules/made/package.json", '{"name":"made","main":"x.mjs","peerDependencies":{"ferry-cdk":"*"}}');
  file("two/node_modules/made/x.mjs", 'export { Float } from "ferry-cdk";');
  const path = file(
    "two/components.ts",
    `import plain from "plain";
     import { Float as Made } from "made";
     import { Float } from "ferry-cdk";
     import { sep } from "node:path";
     export const found = { ...plain, same: Made === Float, float: new Float(1) instanceof Float, sep, here: import.meta.url };`,
  );
  expect((await loadModule(path))["found"]).toEqual({
    plain: 1,
    same: true,
    float: true,
    sep: "/",
    here: `file://${path}`,
  });
});

test("nothing needs to be kept", async () => {
  vi.stubEnv("XDG_CACHE_HOME", "/dev/null");
  const path = file("three/components.ts", 'import { sep } from "node:path"; export const one: string = sep;');
  expect(await loadModule(path)).toMatchObject({ one: "/" });
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
});

test.each([
  ["a.ts", "export const a = ;\nexport const b: = 2;", /a\.ts:1:18: Unexpected ";"/],
  ["b.ts", 'import "not-there";', /b\.ts:1:8: Could not resolve "not-there"/],
  ["c.mjs", "throw new RangeError('too far');", /c\.mjs cannot be loaded: RangeError: too far/],
  ["d.py", "", /d\.py is no module that can be loaded: it has to end in \.ts, /],
])("%s is refused with its place", async (name, text, message) => {
  await expect(loadModule(file(`four/${name}`, text))).rejects.toThrow(message);
});

test("a file that is not there is named", async () => {
  await expect(loadModule("/nowhere/components.ts")).rejects.toThrow("There is no file /nowhere/components.ts.");
});

test("of several forms the source is meant", () => {
  file("five/components.mjs", "");
  expect(findModule(join(folder, "five"), "components")).toMatch(/components\.mjs$/);
  file("five/components.ts", "");
  expect(findModule(join(folder, "five"), "components")).toMatch(/components\.ts$/);
  expect(findModule(join(folder, "five"), "source")).toBeUndefined();
});
