import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { nearestPackage } from "../../entrypoint/modules/nearest-package.ts";
import type { BundledPackage } from "./bundle.ts";

/**
 * The packages that files belong to, and those which were bundled into them before: a `dist` folder lists these in its
 * LICENSES.txt, each by a line such as `yaml 2.9.1 (ISC)`.
 */
export async function packagesOf(files: readonly string[]): Promise<readonly BundledPackage[]> {
  const lists = new Set(
    files.map((file) => /^.*\/dist(?=\/)/.exec(file)?.[0]).filter((folder) => folder !== undefined),
  );
  const found: BundledPackage[] = [];
  const oneOfEachFolder = new Map(files.map((file) => [dirname(file), file])).values();
  for (const file of oneOfEachFolder) {
    const { name, version, license = "NOASSERTION" } = nearestPackage(file) ?? {};
    if (name !== undefined && version !== undefined) found.push({ name, version, license });
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
