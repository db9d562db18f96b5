import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { componentsOf } from "./components.ts";
import { runDeclarative } from "./declarative.ts";
import type { Exports } from "./modules/load-module.ts";
import { processSurroundings, runSource } from "./run-source.ts";
import { sourceOf } from "./source-of.ts";

/** Runs what a bundle was made of. Gives the exit code. */
export function runBundled(bundled: Bundled, argv: readonly string[]): Promise<number> {
  if (bundled.source !== undefined) return runSource(sourceOf(bundled.source, "The bundle"), argv);
  // The manifest may be put beside the bundle later: an image without one serves any.
  const beside = fileURLToPath(new URL("source_declarative_manifest/manifest.yaml", bundled.place));
  const around = processSurroundings();
  return existsSync(beside)
    ? runDeclarative(argv, around, beside, bundled.components && componentsOf(bundled.components))
    : runDeclarative(argv, around);
}

export interface Bundled {
  /** The URL of the bundle. */
  readonly place: string;
  /** The module of a source in code. */
  readonly source?: Exports;
  /** The module of a manifest's own components. */
  readonly components?: Exports;
}
