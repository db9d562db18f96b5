/** The commands as they are compiled beforehand: that they are used, and that nothing but time depends on it. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../packages/cdk/bin", import.meta.url));
const { placesOf, bringsCode } = (await import(join(bin, "load.mjs"))) as {
  readonly placesOf: (entry: string) => { readonly compiled: string };
  readonly bringsCode: (argv: readonly string[], image: string) => boolean;
};
const args = [
  join(bin, "source-declarative-manifest.mjs"),
  "spec",
  "--manifest-path",
  "test/mutations/manifests/shop.yaml",
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ferry-compiled-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

/** Runs Node afresh: V8 looks at what was compiled only where it does not know the script yet. */
async function node(args: readonly string[], env = {}): Promise<string> {
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
}
const loading = (entry: string, data: string): string[] => [
  "--input-type=module",
  "--eval",
  `import { readFileSync } from "node:fs";
   import { placesOf, readScript } from ${JSON.stringify(join(bin, "load.mjs"))};
   const { script, run } = readScript("${entry}", ${data});
   console.log(JSON.stringify({ refused: script.cachedDataRejected, names: Object.keys(await run()) }));`,
];

describe.each([
  ["entrypoint/declarative", "runDeclarative"],
  ["cli/main", "main"],
])("%s", (entry, command) => {
  const names = expect.arrayContaining([command]) as string[];

  // It is compiled by the Node that builds the package; the others that the tests run on have none.
  test.skipIf(!existsSync(placesOf(entry).compiled))("what was compiled is taken", async () => {
    const data = `readFileSync(placesOf("${entry}").compiled)`;
    expect(JSON.parse(await node(loading(entry, data)))).toEqual({ refused: false, names });
  });

  test("what is of another Node is refused, and the command runs all the same", async () => {
    expect(JSON.parse(await node(loading(entry, 'Buffer.from("no code")')))).toEqual({ refused: true, names });
  });
});

test("the command says the same either way", async () => {
  const own = [...args, "--components-path", await file("components.mjs", "")];
  const [ready, modules] = await Promise.all([node(args), node(own, { AIRBYTE_ENABLE_UNSAFE_CODE: "true" })]);
  expect(ready).toContain('{"type":"SPEC"');
  expect(ready).toBe(modules);
});

test("nothing ready-made is used where a connector may bring modules along", async () => {
  const config = await file("config.json", "{}");
  const injected = await file("injected.json", '{"__injected_components_js": "export {}"}');
  expect(bringsCode(["check", "--config", config], "/no/image")).toBe(false);
  for (const argv of [["--config", injected], [`--config=${injected}`], ["--components-path", "x"], ["--comp=x"]]) {
    expect(bringsCode(["check", ...argv], "/no/image"), argv.join(" ")).toBe(true);
  }
  await file("components.ts", "export {};");
  expect(bringsCode(["check", "--config", config], "/no/image")).toBe(true);
  expect(bringsCode(["check"], config)).toBe(true);
});
