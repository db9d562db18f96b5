import { loadManifest } from "../../manifest/load.ts";
import { migrateManifest } from "../../manifest/migrate.ts";
import { normalizeManifest } from "../../manifest/normalize.ts";
import { resolveManifest } from "../../manifest/resolve.ts";
import { prettyJson } from "../../json/pretty.ts";
import { withManifest, type ExitCode, type Terminal } from "./terminal.ts";

export interface ResolveOptions {
  /** Bring older forms up to date, as the platform's builder asks for. */
  readonly migrate: boolean;
  /** Put what stands in it twice into `definitions.linked`, as the platform's builder asks for. */
  readonly normalize: boolean;
}

/** Prints a manifest as JSON with its references followed, its parameters handed down, its left-out types filled in. */
export function resolveFile(file: string, options: ResolveOptions, terminal: Terminal): Promise<ExitCode> {
  return withManifest(file, terminal, (text) => {
    let manifest = resolveManifest(loadManifest(text, file));
    if (options.migrate) manifest = migrateManifest(manifest);
    if (options.normalize) manifest = normalizeManifest(manifest);
    terminal.print(`${prettyJson(manifest)}\n`);
    return 0;
  });
}
