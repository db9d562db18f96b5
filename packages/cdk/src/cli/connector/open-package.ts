import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { configError } from "../../errors.ts";
import { loadModule, type LoadOptions } from "../../entrypoint/modules/load-module.ts";
import { sourceOf } from "../../entrypoint/source-of.ts";
import type { Connector } from "./open-connector.ts";

/** Where a package keeps its source, in this order, where its package.json does not say so as `"ferry": { "source": … }`. */
const ENTRIES = ["source", "index"].flatMap((name) =>
  ["src", ".", "dist/src", "dist"].flatMap((folder) => ["ts", "mjs", "js"].map((end) => `${folder}/${name}.${end}`)),
);

/**
 * A connector in code: the module exports its source as `source`, by default, or under any other name.
 * @param entry the module's path, where it is known
 */
export async function openPackage(folder: string, entry?: string, options: LoadOptions = {}): Promise<Connector> {
  const described = await packageOf(folder);
  const path = entry ?? entryOf(folder, described);
  return {
    name: described.name ?? basename(folder),
    folder,
    entryPath: path,
    async open() {
      return { source: sourceOf(await loadModule(path, options), path) };
    },
  };
}

/** Whether the package.json of a folder says which module is the source. */
export const namesSource = async (folder: string): Promise<boolean> =>
  (await packageOf(folder)).ferry?.source !== undefined;

interface Package {
  readonly name?: string;
  readonly main?: string;
  readonly ferry?: { readonly source?: string };
}

async function packageOf(folder: string): Promise<Package> {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(await readFile(path, "utf8")) as Package; // npm makes the same assumption
  } catch (cause) {
    throw configError(`${path} cannot be read: ${String(cause)}`, { cause });
  }
}

function entryOf(folder: string, { ferry, main }: Package): string {
  const named = ferry?.source;
  if (named !== undefined) return join(folder, named);
  const found = [...ENTRIES, ...(main === undefined ? [] : [main])].find((entry) => existsSync(join(folder, entry)));
  if (found !== undefined) return join(folder, found);
  throw configError(
    `${folder} has a package.json, but no module that holds a source: name it there as "ferry": { "source": "src/source.ts" }.`,
    { code: "no-connector" },
  );
}
