import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { configError } from "../../errors.ts";

/** An object of a file that others wrote: any member may be there, or not. */
export type Described = Readonly<Record<string, unknown>>;

/** The `data` of a connector's `metadata.yaml`; empty where there is no such file. */
export async function readMetadata(folder: string): Promise<Described> {
  const metadata = await readDescribed(join(folder, "metadata.yaml"), parse);
  return (metadata["data"] ?? {}) as Described;
}

/**
 * The object in a file; empty where there is no such file, or no object in it.
 * @throws a config error where the file cannot be read
 */
export async function readDescribed(path: string, parser: (text: string) => unknown): Promise<Described> {
  if (!existsSync(path)) return {};
  try {
    const value = parser(await readFile(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Described) : {};
  } catch (cause) {
    throw configError(`${path} cannot be read: ${String(cause)}`, { cause });
  }
}

/** A text that says something; undefined for anything else. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
