import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openConnector } from "../connector/open-connector.ts";
import { sha256 } from "../image/blob.ts";
import { bundleConnector } from "./bundle-connector.ts";
import type { Bundle } from "./bundle.ts";
import { writeBundle } from "./write-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** A connector that asks for a CommonJS package, which asks for another one; what esbuild wraps it names by place. */
const SOURCE = `import { createSource } from "ferry-cdk";
import { title } from "old";
export const source = createSource({
  spec: { connectionSpecification: { type: "object", title, properties: {} } },
  streams: () => [],
});
`;
beforeAll(() => {
  put("one/package.json", '{ "name": "source-one", "version": "1.2.3", "type": "module" }');
  put("one/src/source.ts", SOURCE);
  put("one/node_modules/old/package.json", '{ "name": "old", "version": "0.0.9", "license": "ISC" }');
  put("one/node_modules/old/index.js", 'exports.title = require("./deep/title.js").title.toUpperCase();');
  put("one/node_modules/old/deep/title.js", 'exports.title = "numbers";');
  // The same elsewhere: deeper, with its packages above it; and by a link.
  cpSync(join(folder, "one"), join(folder, "far/away/source"), { recursive: true });
  rmSync(join(folder, "far/away/source/node_modules"), { recursive: true });
  cpSync(join(folder, "one/node_modules"), join(folder, "far/node_modules"), { recursive: true });
  symlinkSync(join(folder, "one"), join(folder, "link"));
  put("waiting/package.json", '{ "name": "source-waiting", "type": "module" }');
  put("waiting/src/source.ts", `const title = await "later";\n${SOURCE.replace(/import \{ title.*\n/, "")}`);
  put("manifest/manifest.yaml", readFileSync("templates/manifest/manifest.yaml", "utf8"));
  put("manifest/schemas/orders.json", "{}");
});

const made = new Map<string, Promise<Bundle>>();
/** Each is made once. */
function bundle(target: string, node?: string): Promise<Bundle> {
  const key = `${target} ${node}`;
  const bundled =
    made.get(key) ?? openConnector(join(folder, target)).then((connector) => bundleConnector(connector, node));
  made.set(key, bundled);
  return bundled;
}
const paths = ({ files }: Bundle): string[] => files.map(({ path }) => path);
const digests = ({ files }: Bundle): string[] => files.map(({ path, content }) => `${path} ${sha256(content)}`);
const CACHE = `connector.cjs.${process.version}-${process.platform}-${process.arch}.cache`;

/** What it prints, by a Node that knows of nothing else. */
async function specOf(bundled: Bundle, name: string): Promise<unknown> {
  await writeBundle(bundled, join(folder, name));
  const [line] = execFileSync(process.execPath, [join(folder, name, "main.mjs"), "spec"], { env: {}, encoding: "utf8" })
    .split("\n")
    .map((text): unknown => (text === "" ? undefined : JSON.parse(text)));
  return line;
}

test.each([
  ["far/away/source", undefined],
  ["link", undefined],
  ["far/away/source", process.execPath],
])("the same connector gives the same bytes at %s as at one", async (place, node) => {
  const [here, there] = [await bundle("one", node), await bundle(place, node)];
  expect(digests(there)).toEqual(digests(here));
  expect(there).toMatchObject({ name: "source-one", version: "1.2.3" });
  expect(there.packages).toContainEqual({ name: "old", version: "0.0.9", license: "ISC" });
  for (const { content } of here.files) expect(Buffer.from(content).includes(folder)).toBe(false);
});

test("as one module, and compiled, it says the same; what was compiled is taken", async () => {
  const [module, compiled] = [await bundle("one"), await bundle("one", process.execPath)];
  expect([paths(module), paths(compiled)]).toEqual([["main.mjs"], ["main.mjs", "connector.cjs", CACHE]]);
  const spec = { type: "SPEC", spec: { connectionSpecification: { title: "NUMBERS" } } };
  expect(await specOf(module, "module")).toMatchObject(spec);
  expect(await specOf(compiled, "compiled")).toMatchObject(spec);
  const [, script, cachedData] = compiled.files.map(({ content }) => Buffer.from(content));
  expect(new Script(script!.toString("latin1"), { cachedData: cachedData! }).cachedDataRejected).toBe(false);
});

test("a source that waits while it is loaded is one module", async () => {
  const waiting = await bundle("waiting", process.execPath);
  expect(paths(waiting)).toEqual(["main.mjs"]);
  expect(await specOf(waiting, "waited")).toMatchObject({ spec: { connectionSpecification: { title: "later" } } });
});

test("a source in code finds the files that it reads from beside it, its manifest among them", async () => {
  const reading = (target: string): string => `readFileSync(new URL("${target}", import.meta.url), "utf8")`;
  const names = `${reading("../title.txt")} + ${reading("../manifest.yaml")} + ${reading("../schemas/a.json")}`;
  put("reading/package.json", '{ "name": "source-reading", "type": "module" }');
  put(
    "reading/src/source.ts",
    `import { readFileSync } from "node:fs";\n${SOURCE.replace(/import \{ title.*\n/, `const title = ${names};\n`)}`,
  );
  put("reading/title.txt", "one ");
  put("reading/manifest.yaml", "two ");
  put("reading/schemas/a.json", "{}");
  symlinkSync(join(folder, "reading"), join(folder, "reading-link"));
  for (const [name, node] of [["reading"], ["reading-link", process.execPath]] as const) {
    const place = join(folder, name);
    const connector = await openConnector(join(place, "src/source.ts"));
    const whole = { ...connector, folder: place, manifestPath: join(place, "manifest.yaml") };
    const read = await bundleConnector(whole, node);
    expect(paths(read).slice(node === undefined ? 1 : 3)).toEqual([
      "files/title.txt",
      "source_declarative_manifest/manifest.yaml",
      "source_declarative_manifest/schemas/a.json",
    ]);
    const found = await specOf(read, `bundled-${name}`);
    expect(found).toMatchObject({ spec: { connectionSpecification: { title: "one two {}" } } });
  }
});

test("a manifest lies beside it, as in an image, with its schemas", async () => {
  const beside = await bundle("manifest", process.execPath);
  expect(paths(beside)).toEqual([
    ...["main.mjs", "connector.cjs", CACHE],
    ...["source_declarative_manifest/manifest.yaml", "source_declarative_manifest/schemas/orders.json"],
  ]);
  expect(await specOf(beside, "manifest-bundle")).toMatchObject({ type: "SPEC" });
  expect(readdirSync(join(folder, "manifest-bundle")).sort()).toEqual(
    [CACHE, "connector.cjs", "main.mjs", "source_declarative_manifest"].sort(),
  );
});

test("a Node that is not there compiles nothing, and what is wrong is told with its place", async () => {
  expect(paths(await bundle("manifest", "/nowhere/node")).slice(0, 2)).toEqual(["main.mjs", "connector.cjs"]);
  put("wrong/package.json", '{ "name": "source-wrong" }');
  put("wrong/src/source.ts", "export const source = ;\n");
  await expect(bundle("wrong")).rejects.toThrow(/wrong\/src\/source\.ts:1:23: Unexpected ";"/);
});
