import { openManifest, type OpenManifest, type Surrounding } from "../../open-manifest.ts";
import type { JsonObject } from "../../json/value.ts";
import { migrateManifest } from "../../manifest/migrate.ts";
import { normalizeManifest } from "../../manifest/normalize.ts";
import { resolveManifest } from "../../manifest/resolve.ts";

/** What a connector builder asks for beside the manifest. */
export interface BuilderWishes {
  /** Bring older forms up to date. */
  readonly migrate: boolean;
  /** Show what stands in it twice once, under `definitions.linked`. */
  readonly normalize: boolean;
}

/** A manifest that a connector builder works on. */
export interface BuilderManifest extends OpenManifest {
  /** What is run. */
  readonly resolved: JsonObject;
  /** What is shown. */
  readonly shown: JsonObject;
}

/** @throws what is wrong with the manifest */
export async function openBuilderManifest(
  manifest: JsonObject,
  { migrate, normalize }: BuilderWishes,
  surrounding: Surrounding = {},
): Promise<BuilderManifest> {
  const checked = async (resolved: JsonObject): Promise<OpenManifest & { readonly resolved: JsonObject }> => {
    const open = openManifest(() => resolved, surrounding);
    await open.language();
    return { ...open, resolved };
  };
  const written = await checked(resolveManifest(manifest));
  const run = migrate ? await checked(migrateManifest(written.resolved)) : written;
  return { ...run, shown: normalize ? normalizeManifest(run.resolved) : run.resolved };
}
