import { configError } from "../errors.ts";
import { truthy } from "../json/truthy.ts";
import {
  copy,
  entries,
  get,
  has,
  isList,
  isObject,
  keys,
  remove,
  set,
  type Json,
  type JsonObject,
} from "../json/value.ts";
import { customTypes, defaultTypes } from "./default-types.ts";
import { carryOrigins, noteOrigin, originOf, type Trace } from "./trace.ts";

const PARAMETERS = "$parameters";

export interface ParameterOptions {
  /** The "type.field" that the component stands in; empty for the manifest itself. */
  readonly place?: string;
  /** Parameters handed down from above. */
  readonly parameters?: JsonObject;
  /** Whether those win over the component's own of the same name. */
  readonly parentsWin?: boolean;
  /** Learns which members came from parameters and defaults. */
  readonly trace?: Trace | undefined;
}

/**
 * Gives each component the type that its place implies, hands `$parameters` down to all components below, and fills a
 * component's absent or empty fields from them. The input is left as it is; parts that need no change are shared.
 */
export function propagateParameters(component: JsonObject, options: ParameterOptions = {}): JsonObject {
  const { place = "", parameters = {}, parentsWin = false, trace } = options;

  function visit(source: JsonObject, place: string, inherited: JsonObject): JsonObject {
    const type = has(source, "type") ? get(source, "type") : impliedType(source, place);
    const result = copy(source);
    if (trace) carryOrigins(trace, source, result);
    if (type !== undefined && !has(source, "type")) {
      set(result, "type", type);
      if (trace) noteOrigin(trace, result, "type", { holder: source, key: "type", how: "default", through: [] });
    }
    remove(result, PARAMETERS);
    if (isSchemaType(type)) return result;
    const current = combine(inherited, ownParameters(source));
    if (type === undefined) return visitUntyped(result, place, current);

    for (const [key, value] of entries(current)) {
      const existing = get(result, key);
      if (existing !== undefined && truthy(existing)) continue;
      set(result, key, value);
      if (trace) noteOrigin(trace, result, key, { ...originOf(trace, current, key), how: "$parameters" });
    }
    for (const field of [...keys(result)]) visitField(result, field, current);
    if (keys(current).length > 0) set(result, PARAMETERS, current);
    return result;
  }

  function combine(inherited: JsonObject, own: JsonObject): JsonObject {
    const [weak, strong] = parentsWin ? [own, inherited] : [inherited, own];
    const both = copy(weak);
    for (const [key, value] of entries(strong)) set(both, key, value);
    if (trace) {
      carryOrigins(trace, weak, both);
      carryOrigins(trace, strong, both);
    }
    return both;
  }

  // A parameter of the field's own name is held back below that field, or it would nest without end. What is held back
  // comes last afterwards; an empty one is lost, as in the reference.
  function visitField(result: JsonObject, field: string, current: JsonObject): void {
    const value = get(result, field)!;
    const below = `${typeName(get(result, "type"))}.${field}`;
    if (isList(value)) {
      const items = value;
      const withheld = withhold(current, field);
      if (items.some(isObject)) {
        const visited = items.map((item) => (isObject(item) ? visit(item, below, current) : item));
        if (trace) carryOrigins(trace, items, visited);
        set(result, field, visited);
        restore(current, field, withheld === value ? visited : withheld);
      } else restore(current, field, withheld);
    } else if (isObject(value)) {
      const withheld = withhold(current, field);
      set(result, field, visit(value, below, current));
      restore(current, field, withheld);
    }
  }

  // An object without a type is no component; but components right below it are (`request_parameters`, `definitions`).
  function visitUntyped(result: JsonObject, place: string, current: JsonObject): JsonObject {
    for (const [field, value] of entries(result)) {
      if (isObject(value) && truthy(get(value, "type") ?? null)) set(result, field, visit(value, place, current));
    }
    return result;
  }

  return visit(component, place, parameters);
}

function impliedType(component: JsonObject, place: string): string | undefined {
  const types = has(component, "class_name") ? customTypes : defaultTypes;
  return Object.hasOwn(types, place) ? types[place] : undefined;
}

/** A `type` of "object", of a list, or of a mapping belongs to a JSON schema, not to a component. */
function isSchemaType(type: Json | undefined): boolean {
  return type === "object" || isList(type) || isObject(type);
}

function ownParameters(component: JsonObject): JsonObject {
  const own = get(component, PARAMETERS) ?? {};
  if (!isObject(own)) throw configError(`"$parameters" must be a mapping.`, { code: "parameters-not-a-mapping" });
  return own;
}

function withhold(parameters: JsonObject, field: string): Json | undefined {
  const value = get(parameters, field);
  if (value !== undefined) remove(parameters, field);
  return value;
}

function restore(parameters: JsonObject, field: string, value: Json | undefined): void {
  if (value !== undefined && truthy(value)) set(parameters, field, value);
}

const typeName = (type: Json | undefined): string => (typeof type === "string" ? type : "");
