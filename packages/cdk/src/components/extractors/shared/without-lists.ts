import { deepCopyObject } from "../../../json/deep-copy.ts";
import { isList, isObject, remove, type Json, type JsonObject } from "../../../json/value.ts";
import type { Path, Step } from "../../shared/dpath/path.ts";

/** A copy of a record without the lists at a path. Other values that match stay. */
export function withoutLists(record: JsonObject, path: Path): JsonObject {
  const rest = deepCopyObject(record);
  // From the last to the first, so that no index of a list shifts before it is used.
  for (const steps of path.places(rest).reverse()) {
    const last = steps.at(-1)!;
    const parent = valueAt(rest, steps.slice(0, -1));
    if (isList(parent) && typeof last === "number") {
      if (isList(parent[last])) (parent as Json[]).splice(last, 1); // the copy's lists are our own
    } else if (isObject(parent) && typeof last === "string" && isList(parent[last])) remove(parent, last);
  }
  return rest;
}

function valueAt(root: Json, steps: readonly Step[]): Json | undefined {
  let value: Json | undefined = root;
  for (const step of steps) {
    if (isList(value) && typeof step === "number") value = value[step];
    else if (isObject(value) && typeof step === "string") value = value[step];
  }
  return value;
}
