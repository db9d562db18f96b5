import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a package.json says. */
export interface PackageFile {
  readonly name: string;
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package that a file belongs to: the nearest one above that has a name. */
export function nearestPackage(file: string): (PackageFile & { readonly folder: string }) | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const described = JSON.parse(readFileSync(path, "utf8")) as Partial<PackageFile>; // npm makes the same assumption
      if (described.name !== undefined) return { ...described, name: described.name, folder };
    }
    if (folder === dirname(folder)) return undefined;
  }
}
