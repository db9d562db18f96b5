/** What a package holds when it is published. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, test, vi } from "vitest";
import { notesOf, stamp } from "../scripts/release/changelog.mjs";
import { pack } from "../scripts/release/pack.mjs";
import { published as released, readJson, versionProblems } from "../scripts/release/packages.mjs";

const root = fileURLToPath(new URL("../packages", import.meta.url));
const execute = promisify(execFile);
vi.setConfig({ testTimeout: 60_000 }); // npm itself is run, on a machine that may be busy
/** All but the site, which is built here and is no package for others. */
const packages = readdirSync(root).filter((name) => name !== "site" && existsSync(join(root, name, "package.json")));

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

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
    const { files } = released.includes(name) ? await wellMade(name) : await listed(folder);
    const paths = files.map(({ path }) => path);
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

/** What npm would ship. */
async function listed(folder: string): Promise<Packed> {
  const { stdout } = await execute("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder });
  return (JSON.parse(stdout) as [Packed])[0];
}

/** What is published: made as a package should be, and without what only this repository has. */
async function wellMade(name: string): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "ferry-packed-"));
  const packed = await pack(name, folder, "https://example.com/ferry");
  const tarball = Uint8Array.from(readFileSync(packed.path)).buffer;
  rmSync(folder, { recursive: true });
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  expect(pkg).not.toHaveProperty("devDependencies");
  expect(JSON.stringify(pkg)).not.toContain("ferry-source");
  expect(pkg).toHaveProperty("repository.directory", `packages/${name}`);
  return packed;
}

test("all versions agree, and the changelog says what is new", () => {
  const { version } = readJson("packages/cdk/package.json") as { version: string };
  expect(versionProblems(version)).toEqual([]);
  expect(versionProblems("9.9.9")).toContain(
    "packages/cdk/package.json: ferry-cdk is 0.1.0, not 9.9.9.".replace("0.1.0", version),
  );
  expect(versionProblems("9.9.9").join("\n")).toMatch(/^templates\/mixed\/package.json: dependencies name ferry-cdk/m);
  expect(versionProblems("9.9.9").join("\n")).not.toContain("source-example is");
  expect(notesOf("Unreleased") ?? notesOf(version)).toMatch(/^- /);
  const stamped = stamp(
    "9.9.9",
    "2026-03-01",
    "# Changelog\n\n## Unreleased\n\n- New.\n\n## 9.9.8 - 2026-01-01\n\n- Old.\n",
  );
  expect(notesOf("9.9.9", stamped)).toBe("- New.");
  expect(notesOf("9.9.7", stamped)).toBeUndefined();
});
