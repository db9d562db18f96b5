import { set, type Json, type JsonObject } from "../../../json/value.ts";
import type { Document } from "./document.ts";
import { viewOf, type View } from "./view.ts";

/** How deep objects are described, and how many fields a stream's schema states; below and beyond, anything goes. */
const DEEPEST = 6;
const MOST = 500;
const KNOWN_FORMATS = new Set(["date", "date-time", "time", "email", "uuid", "uri", "ipv4", "ipv6", "hostname"]);

/** A JSON Schema as a catalog has it, and whether some of the description did not fit in. */
export interface ConvertedSchema {
  readonly schema: JsonObject;
  readonly cut: boolean;
}

/** The schema of records, all in one piece; fields of `certain` are never null. */
export function recordSchema(schema: unknown, document: Document, certain: readonly string[]): ConvertedSchema {
  const state = { left: MOST, cut: false };
  const view = viewOf(schema, document);
  const properties = propertiesOf(view, new Set(certain), []);
  return {
    schema: {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      additionalProperties: true,
      properties,
    },
    cut: state.cut,
  };

  function propertiesOf(of: View, known: ReadonlySet<string>, above: readonly object[]): JsonObject {
    const members: JsonObject = {};
    for (const [name, { schema: member, required }] of of.properties) {
      if (state.left-- <= 0 && above.length > 0) {
        state.cut = true;
        break;
      }
      const inner = viewOf(member, document);
      if (inner.node["writeOnly"] === true) continue;
      set(members, name, converted(inner, (!required || inner.nullable) && !known.has(name), above));
    }
    return members;
  }

  function converted(of: View, nullable: boolean, above: readonly object[]): JsonObject {
    const types = [...of.types].sort();
    const result: JsonObject = {};
    if (types.length > 0) result["type"] = nullable ? ["null", ...types] : types.length === 1 ? types[0]! : types;
    if (of.description !== undefined) Object.assign(result, describe(of.description));
    if (of.format !== undefined && KNOWN_FORMATS.has(of.format) && of.types.has("string")) {
      result["format"] = of.format;
    }
    if (of.values !== undefined && of.values.length > 0 && of.values.length <= 50 && types.length === 1) {
      result["enum"] = [...(of.values as Json[]), ...(nullable ? [null] : [])]; // of a JSON or YAML document
    }
    const isOpen = above.includes(of.node) || above.length >= DEEPEST;
    const within = [...above, of.node];
    if (of.types.has("object")) {
      result["additionalProperties"] = true;
      if (isOpen && of.properties.size > 0) state.cut = true;
      else if (of.properties.size > 0) result["properties"] = propertiesOf(of, new Set(), within);
    }
    if (of.types.has("array") && of.items !== undefined) {
      const items = viewOf(of.items, document);
      if (isOpen) state.cut = true;
      else result["items"] = converted(items, items.nullable, within);
    }
    return result;
  }
}

/** The first sentence, where it is short enough to be read in a manifest. */
function describe(description: string): JsonObject {
  const [sentence = ""] = description.trim().split(/(?<=[.!?])\s|\n/);
  return sentence === "" || sentence.length > 120 ? {} : { description: sentence };
}
