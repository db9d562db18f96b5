import type { Json, JsonObject } from "../../json/value.ts";
import { originOf, type Origin, type Trace } from "../trace.ts";
import { placeOf, startOf, type Places } from "../../yaml/places.ts";
import type { Path } from "./problem.ts";

/** Finds where a part of a resolved manifest stands in the text. */
export interface Locator {
  valueAt(path: Path): Json | undefined;
  originAt(path: Path): Origin | undefined;
  /** Where the member's key stands. */
  key(path: Path): number;
  /** Where the member's value stands. */
  value(path: Path): number;
  /** Where the mapping starts that states what component this is. */
  start(path: Path): number;
  /** Whether a broken reference is to blame for what is missing here. */
  isIncomplete(path: Path): boolean;
}

export function createLocator(resolved: JsonObject, trace: Trace, places: Places): Locator {
  function valueAt(path: Path): Json | undefined {
    let value: Json | undefined = resolved;
    for (const key of path) value = memberOf(value, key);
    return value;
  }

  function originAt(path: Path): Origin | undefined {
    if (path.length === 0) return undefined;
    const holder = valueAt(path.slice(0, -1));
    return typeof holder === "object" && holder !== null ? originOf(trace, holder, path.at(-1)!) : undefined;
  }

  /** The place of the member itself, or of the nearest thing around it that has one. */
  function place(path: Path, part: "key" | "value"): number {
    for (let depth = path.length; depth > 0; depth--) {
      const origin = originAt(path.slice(0, depth));
      const found = origin && placeOf(places, origin.holder, origin.key);
      if (found !== undefined) return found[part];
    }
    return 0;
  }

  return {
    valueAt,
    originAt,
    key: (path) => place(path, "key"),
    value: (path) => place(path, "value"),
    start(path) {
      const type = originAt([...path, "type"]);
      const members = valueAt(path);
      const keys = typeof members === "object" && members !== null ? Object.keys(members) : [];
      const holders = [
        type,
        ...keys.map((key) => originAt([...path, key])).filter((origin) => origin?.how !== "$parameters"),
      ];
      for (const origin of holders) {
        const offset = origin && startOf(places, origin.holder);
        if (offset !== undefined) return offset;
      }
      return place(path, "value");
    },
    isIncomplete(path) {
      for (let depth = path.length; depth >= 0; depth--) {
        const value = valueAt(path.slice(0, depth));
        if (typeof value === "object" && value !== null && trace.incomplete.has(value)) return true;
      }
      return false;
    },
  };
}

function memberOf(value: Json | undefined, key: string | number): Json | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, Json>)[key]; // its own, so Json
}
