import { configError } from "../errors.ts";
import { isObject, type JsonObject } from "../json/value.ts";
import { loadManifest } from "./load.ts";
import { resolveManifest } from "./resolve.ts";
import { createTrace, type Trace } from "./trace.ts";
import { createPlaces, type Places } from "../yaml/places.ts";
import { readYaml } from "../yaml/read.ts";

/** A manifest as written and as resolved, and what tells the one from the other. */
export interface TracedManifest {
  readonly written: JsonObject;
  readonly resolved: JsonObject;
  readonly trace: Trace;
  readonly places: Places;
}

/** Loads a manifest and keeps where everything stands. Broken references are an error, as in {@link loadManifest}. */
export function loadTraced(text: string, file: string): TracedManifest {
  resolveManifest(loadManifest(text, file));
  const places = createPlaces();
  const trace = createTrace();
  const written = readYaml(text, places);
  if (!isObject(written)) throw configError(`${file} is no mapping.`);
  return { written, resolved: resolveManifest(written, trace), trace, places };
}
