import { get, has, type JsonObject } from "../../json/value.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Found } from "./check-metadata.ts";
import { at, itemsOf, textsOf } from "./members.ts";

/** `suggestedStreams` beside the streams that the manifest has. */
export function streamProblems(data: JsonObject, manifest: JsonObject | undefined, found: Found): Problem[] {
  if (manifest === undefined || has(manifest, "dynamic_streams")) return [];
  const names = itemsOf(get(manifest, "streams")).flatMap((stream) => {
    const name = at(stream, "name");
    const conditional = itemsOf(at(stream, "streams")).map((inner) => at(inner, "name"));
    return [name, ...conditional].filter((each) => typeof each === "string");
  });
  if (names.length === 0 || names.some((name) => name.includes("{{"))) return [];
  return textsOf(at(data, "suggestedStreams", "streams")).flatMap((name, index) => {
    if (names.includes(name)) return [];
    const problem = found(
      "warning",
      "unknown-stream",
      ["data", "suggestedStreams", "streams", index],
      `The manifest has no stream ${name}, which is suggested to users.`,
    );
    return [{ ...problem, hint: nearest(name, names) }];
  });
}
