import { systemError } from "../../../errors.ts";
import type { Context } from "../../../interpolation/template.ts";
import { deepCopyObject } from "../../../json/deep-copy.ts";
import { str } from "../../../json/python-text.ts";
import { truthy } from "../../../json/truthy.ts";
import { get, isList, isObject, set, type Json, type JsonObject } from "../../../json/value.ts";
import type { ComponentMapping } from "../../../roles.ts";
import { compilePath, type Step } from "../../shared/dpath/path.ts";
import { setAt } from "../../shared/dpath/set.ts";
import { asYaml } from "./as-yaml.ts";

/** What a resolver does with a mapping's value beyond putting it where the template has a place for it. */
export interface Filling {
  /** Whether a text is read as YAML. */
  readonly readsYaml: boolean;
  /** Whether a value that the mapping declares as text is one all the same. */
  readonly keepsText: boolean;
  /** Whether mappings may make places that the template does not have. */
  readonly makesPlaces: boolean;
  /** Whether a mapping applies; all do where it is left out. */
  applies?(mapping: ComponentMapping, context: Context): boolean;
}

/** The stream's template, with every mapping's value put at all places that its path matches. */
export function fillTemplate(
  template: JsonObject,
  mappings: readonly ComponentMapping[],
  context: Context,
  filling: Filling,
): JsonObject {
  const stream = deepCopyObject(template);
  const seen = { ...context, stream_template_config: template };
  for (const mapping of mappings) {
    if (filling.applies?.(mapping, seen) === false) continue;
    const given = mapping.value(seen);
    const path = mapping.path(seen);
    const value = filling.readsYaml && !(filling.keepsText && mapping.isText) ? asYaml(given) : given;
    const places = compilePath(path).places(stream);
    for (const place of places) replace(stream, place, value);
    if (places.length > 0 || !filling.makesPlaces || !mapping.createsMissing || !truthy(value)) continue;
    if (path.length === 0) throw systemError("A ComponentMappingDefinition has an empty field_path: name a place.");
    setAt(stream, path.map(str), value);
  }
  return stream;
}

/** A place that went with one replaced before is passed over. */
function replace(stream: JsonObject, place: readonly Step[], value: Json): void {
  let holder: Json | undefined = stream;
  for (const step of place.slice(0, -1)) holder = memberOf(holder, step);
  const last = place.at(-1)!; // a place is never the template itself
  if (memberOf(holder, last) === undefined) return;
  if (isList(holder))
    (holder as Json[])[Number(last)] = value; // the copy's lists are its own
  else set(holder as JsonObject, String(last), value); // what has a member and is no list is an object
}

function memberOf(holder: Json | undefined, step: Step): Json | undefined {
  if (isList(holder)) return typeof step === "number" ? holder[step] : undefined;
  return isObject(holder) && typeof step === "string" ? get(holder, step) : undefined;
}
