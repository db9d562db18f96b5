import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ManifestFile } from "./component.ts";
import { configError } from "./errors.ts";
import type { JsonObject } from "./json/value.ts";
import { loadManifest } from "./manifest/load.ts";

/** A manifest and where it is: what `createDeclarativeSource` takes. */
export interface ManifestOnDisk {
  readonly manifest: JsonObject;
  readonly folder: string;
  readonly file: ManifestFile;
}

/**
 * Reads a manifest's file.
 * @throws a config error that names file, line and column
 * @example
 * createDeclarativeSource({ ...(await readManifestFile(new URL("../manifest.yaml", import.meta.url))), streams });
 */
export async function readManifestFile(file: string | URL): Promise<ManifestOnDisk> {
  const path = inBundle(file instanceof URL ? fileURLToPath(file) : file);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw configError(`The manifest ${path} cannot be read: ${String(cause)}`, { code: "unreadable-manifest", cause });
  });
  return { manifest: loadManifest(text, path), folder: dirname(path), file: { path, text } };
}

/** In a bundle all modules are where the bundle is, and the connector's manifest beside it, as `ferry bundle` puts it. */
function inBundle(path: string): string {
  if (existsSync(path)) return path;
  const beside = fileURLToPath(new URL("source_declarative_manifest/manifest.yaml", import.meta.url));
  return existsSync(beside) ? beside : path;
}
