import { get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { inOrder, type Path, type Problem } from "../../manifest/check/problem.ts";
import { createPlaces, placeOf, type Places } from "../../yaml/places.ts";
import { readYaml } from "../../yaml/read.ts";
import { YamlFault } from "../../yaml/reading.ts";
import { iconProblems } from "./icon-problems.ts";
import type { Change } from "./connector-changes.ts";
import { hostProblems } from "./host-problems.ts";
import { registryProblems } from "./registry-problems.ts";
import { schemaProblems } from "./schema-problems.ts";
import { stepProblems } from "./step-problems.ts";
import { streamProblems } from "./stream-problems.ts";

/** What lies beside a `metadata.yaml`. */
export interface Surroundings {
  readonly folder: string;
  /** The connector's manifest, resolved; undefined where it has none, or none that can be read. */
  readonly manifest: JsonObject | undefined;
  readonly changes?: ChangesSince | undefined;
}

/** What changed since the connector was something else. */
export interface ChangesSince {
  /** As the user names it. */
  readonly against: string;
  /** The version then. */
  readonly version: string | undefined;
  readonly changes: readonly Change[];
}

/** Makes a problem of the member at a path: its offset is that of the value, or of the nearest part that is there. */
export type Found = (severity: Problem["severity"], code: string, path: Path, message: string) => Problem;

/** Everything there is to say about the text of a `metadata.yaml`, errors first: a registry refuses what has one. */
export function checkMetadata(text: string, surroundings: Surroundings): Problem[] {
  const places = createPlaces();
  let root: Json;
  try {
    root = readYaml(text, places);
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    return [{ severity: "error", code: "syntax", message: error.message, offset: error.offset, path: "" }];
  }
  const found: Found = (severity, code, path, message) => ({
    severity,
    code,
    message,
    path: path.join("."),
    offset: offsetOf(root, places, path),
  });
  if (!isObject(root))
    return [found("error", "syntax", [], "metadata.yaml is a mapping of metadataSpecVersion and data.")];
  const twice = places.duplicates.map(({ key, offset }): Problem => ({
    severity: "warning",
    code: "duplicate-key",
    message: `The key \`${key}\` stands here a second time; the last one counts.`,
    offset,
    path: key,
  }));
  const data = get(root, "data");
  return inOrder([
    ...twice,
    ...schemaProblems(root, found),
    ...(isObject(data)
      ? [
          ...registryProblems(data, found),
          ...stepProblems(data, surroundings.changes, found),
          ...iconProblems(data, surroundings.folder, found),
          ...hostProblems(data, surroundings.manifest, found),
          ...streamProblems(data, surroundings.manifest, found),
        ]
      : []),
  ]);
}

/** Of a mapping or list the place is its key; of what is missing that of the mapping around it. */
function offsetOf(root: Json, places: Places, path: Path): number {
  let value: Json | undefined = root;
  let offset = 0;
  for (const key of path) {
    if (!isList(value) && !isObject(value)) break;
    const place = placeOf(places, value, isList(value) ? Number(key) : String(key));
    if (place === undefined) break;
    value = isList(value) ? value[Number(key)] : get(value, String(key));
    offset = isObject(value) || isList(value) ? place.key : place.value;
  }
  return offset;
}
