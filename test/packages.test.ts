/** What a package holds when it is published. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../packages", import.meta.url));
const execute = promisify(execFile);
/** All but the site, which is built here and is no package for others. */
const packages = readdirSync(root).filter((name) => name !== "site" && existsSync(join(root, name, "package.json")));

interface Manifest {
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

test.concurrent.each(packages)(
  "%s holds its commands, its exports and its licenses, and nothing else",
  async (name) => {
    const folder = join(root, name);
    const { stdout } = await execute("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder });
    const [packed] = JSON.parse(stdout) as [{ files: { path: string; mode: number }[] }];
    const paths = packed.files.map(({ path }) => path);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

    const published = Object.values(manifest.exports).flatMap((conditions) =>
      Object.entries(conditions).flatMap(([condition, path]) => (condition === "ferry-source" ? [] : [path])),
    );
    const needed = [...Object.values(manifest.bin ?? {}), ...published, "LICENSE", "dist/LICENSES.txt", "package.json"];
    expect(paths).toEqual(expect.arrayContaining(needed.map((path) => path.replace(/^\.\//, ""))));
    const allowed =
      /^(?:bin\/[^/]+\.mjs|dist\/.+\.(?:c?js|d\.ts)|dist\/LICENSES\.txt|dist\/manifest\.schema\.json|LICENSE|README\.md|package\.json)$/;
    expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
    expect(readFileSync(join(folder, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "../LICENSE"), "utf8"));
    expect([manifest.license, manifest.engines.node]).toEqual(["MIT", ">=20.19"]);
  },
);
