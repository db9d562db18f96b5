import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BundledPackage } from "./bundle.ts";

/**
 * The packages that files belong to, and those which were bundled into them before: a `dist` folder lists these in its
 * LICENSES.txt, each by a line such as `yaml 2.9.1 (ISC)`.
 */
export async function packagesOf(files: readonly string[]): Promise<readonly BundledPackage[]> {
  const folders = new Set(files.map((file) => packageFolder(file)).filter((folder) => folder !== undefined));
  const lists = new Set(
    files.map((file) => /^.*\/dist(?=\/)/.exec(file)?.[0]).filter((folder) => folder !== undefined),
  );
  const found: BundledPackage[] = [];
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(
      await readFile(join(folder, "package.json"), "utf8"),
    ) as Partial<BundledPackage>;
    if (name !== undefined && version !== undefined) found.push({ name, version, license: license ?? "NOASSERTION" });
  }
  for (const folder of lists) {
    const path = join(folder, "LICENSES.txt");
    if (!existsSync(path)) continue;
    const lines = (await readFile(path, "utf8")).matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d[\w.+-]*) \(([^)]*)\)$/gm);
    for (const [, name, version, license] of lines) found.push({ name: name!, version: version!, license: license! });
  }
  const unique = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

/** The nearest folder above that is a package. */
function packageFolder(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  return undefined;
}
