import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const cdk = join(root, "packages/cdk/src");

/** The folders and files of packages/cdk/src: each may import of its own layer's earlier ones, and of earlier layers. */
const layers: readonly (readonly string[])[] = [
  ["errors.ts", "json", "encoding", "csv", "yaml", "datetime", "protocol", "interpolation", "json-schema", "http"],
  ["cassette"],
  ["roles", "roles.ts", "component.ts"],
  ["components"],
  ["manifest", "read"],
  [
    "source.ts",
    "code-source.ts",
    "run.ts",
    "open-manifest.ts",
    "mixed-streams.ts",
    "declarative-source.ts",
    "read-manifest-file.ts",
  ],
  ["entrypoint", "testing"],
  ["cli"],
  ["index.ts", "files.ts"],
];
const order = layers.flat();

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (path) => path.endsWith(".ts") && !path.split("/").some((part) => part === "node_modules" || part === "dist"),
    )
    .sort();
}
const sources = filesOf(cdk);
const isTest = (path: string): boolean => path.endsWith(".test.ts") || path.endsWith("-for-test.ts");
const lines = (path: string): number => readFileSync(path, "utf8").split("\n").length - 1;

test("a file imports only of its own folder or of an earlier one", () => {
  const wrong = sources
    .filter((path) => !isTest(path))
    .flatMap((path) => {
      const own = order.indexOf(path.split("/")[0]!);
      const imports = readFileSync(join(cdk, path), "utf8").matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g);
      return [...imports]
        .map(([, target]) => relative(cdk, join(cdk, dirname(path), target!)))
        .filter((target) => own < 0 || order.indexOf(target.split("/")[0]!) > own || target.startsWith(".."))
        .map((target) => `${path} imports ${target}`);
    });
  expect(wrong).toEqual([]);
});

test("every component is registered", () => {
  const registry = readFileSync(join(cdk, "components/registry.ts"), "utf8");
  const structural = /(^|\/)(registry|custom)\.ts$/;
  const missing = sources.filter(
    (path) =>
      path.startsWith("components/") &&
      !isTest(path) &&
      !path.includes("/shared/") &&
      !structural.test(path) &&
      !registry.includes(`"./${path.slice("components/".length)}"`),
  );
  expect(missing).toEqual([]);
});

test("no component imports another component", () => {
  const wrong = sources
    .filter((path) => path.startsWith("components/") && !isTest(path) && !path.includes("/shared/"))
    .filter((path) => !path.endsWith("registry.ts"))
    .flatMap((path) => {
      const imports = readFileSync(join(cdk, path), "utf8").matchAll(/\bfrom\s+"(\.{1,2}\/[^"]+)"/g);
      return [...imports]
        .map(([, target]) => relative(cdk, join(cdk, dirname(path), target!)))
        .filter((target) => target.startsWith("components/") && !target.includes("/shared/"))
        .filter((target) => target !== "components/custom.ts")
        .map((target) => `${path} imports ${target}`);
    });
  expect(wrong).toEqual([]);
});

const written = [...readdirSync(join(root, "packages")).map((name) => `packages/${name}`), "test"].flatMap((folder) =>
  filesOf(join(root, folder)).map((path) => join(folder, path)),
);

test("no file is longer than 300 lines, but tables and what is generated", () => {
  const long = written
    .filter((path) => !path.endsWith(".gen.ts") && !path.endsWith(".test.ts"))
    .filter((path) => lines(join(root, path)) > 300);
  expect(long).toEqual([]);
});

test("every test file has a test", () => {
  const empty = written
    .filter((path) => path.endsWith(".test.ts"))
    .filter((path) => !/\b(?:test|it)(?:\.\w+)*\s*(?:\(|`|<)/.test(readFileSync(join(root, path), "utf8")));
  expect(empty).toEqual([]);
});

test("a table in test/tables has the script that made it", () => {
  const tables = readdirSync(join(root, "test/tables"));
  const orphans = tables.filter(
    (name) => name.endsWith(".json") && !tables.includes(`make-${name.replace(/\.json$/, "")}.py`),
  );
  expect(orphans).toEqual([]);
});
