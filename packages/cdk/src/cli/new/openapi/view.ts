import { isNode, nodesOf, textOf, type Document, type Node } from "./document.ts";

/** What a schema comes to, with what it is put together from (allOf, oneOf, anyOf, references) laid into one. */
export interface View {
  readonly types: ReadonlySet<string>;
  readonly nullable: boolean;
  readonly properties: ReadonlyMap<string, Property>;
  /** The schema of what else an object holds. */
  readonly others: unknown;
  readonly items: unknown;
  readonly values: readonly unknown[] | undefined;
  readonly format: string | undefined;
  readonly description: string | undefined;
  readonly example: unknown;
  readonly node: Node;
}

interface Property {
  readonly schema: unknown;
  readonly required: boolean;
}

/** Of whole schemas, each of which is looked at many times. */
const views = new WeakMap<Node, View>();

/** Lays a schema out. Alternatives are laid over each other: what not all of them require is optional. */
export function viewOf(schema: unknown, document: Document): View {
  const node = document.resolve(schema);
  const view = views.get(node) ?? laidOut(node, document, 0);
  views.set(node, view);
  return view;
}

function laidOut(node: Node, document: Document, depth: number): View {
  let view = own(node);
  if (depth > 8) return view; // a schema that is made of itself
  const part = (schema: unknown): View => laidOut(document.resolve(schema), document, depth + 1);
  for (const schema of nodesOf(node["allOf"])) view = both(view, part(schema));
  for (const keyword of ["oneOf", "anyOf"]) {
    const alternatives = nodesOf(node[keyword]).map(part);
    if (alternatives.length > 0) view = both(view, alternatives.reduce(either));
  }
  return view;
}

function own(node: Node): View {
  const stated = [node["type"]].flat().filter((type): type is string => typeof type === "string");
  const types = new Set(stated.filter((type) => type !== "null" && type !== "file"));
  const required = new Set(nodesOf(node["required"]));
  const properties = isNode(node["properties"]) ? Object.entries(node["properties"]) : [];
  const values = Array.isArray(node["enum"]) ? nodesOf(node["enum"]) : "const" in node ? [node["const"]] : undefined;
  if (types.size === 0 && properties.length > 0) types.add("object");
  if (types.size === 0 && node["items"] !== undefined) types.add("array");
  if (types.size === 0) for (const value of values ?? []) types.add(value === null ? "" : jsonType(value));
  types.delete("");
  return {
    types,
    nullable:
      stated.includes("null") ||
      node["nullable"] === true ||
      node["x-nullable"] === true ||
      (values?.includes(null) ?? false),
    properties: new Map(
      properties.map(([name, schema]) => [name, { schema, required: required.has(name) }] satisfies [string, Property]),
    ),
    others: isNode(node["additionalProperties"]) ? node["additionalProperties"] : undefined,
    items: node["items"],
    values: values?.filter((value) => value !== null),
    format: textOf(node["format"]),
    description: textOf(node["description"]),
    example: node["example"] ?? nodesOf(node["examples"])[0] ?? node["default"],
    node,
  };
}

/** What holds where both hold. */
function both(first: View, second: View): View {
  return {
    types: first.types.size === 0 ? second.types : first.types,
    nullable: first.nullable || second.nullable,
    properties: merged(first, second, (one, other) => one || other),
    others: first.others ?? second.others,
    items: first.items ?? second.items,
    values: first.values ?? second.values,
    format: first.format ?? second.format,
    description: first.description ?? second.description,
    example: first.example ?? second.example,
    node: first.node,
  };
}

/** What holds where one of them holds. */
function either(first: View, second: View): View {
  const isNothing = ({ types, nullable }: View): boolean => types.size === 0 && nullable;
  if (isNothing(first)) return { ...second, nullable: true };
  if (isNothing(second)) return { ...first, nullable: true };
  return {
    types: new Set([...first.types, ...second.types]),
    nullable: first.nullable || second.nullable,
    properties: merged(first, second, (one, other) => one && other),
    others: first.others ?? second.others,
    items: first.items ?? second.items,
    values: first.values === undefined || second.values === undefined ? undefined : [...first.values, ...second.values],
    format: first.format === second.format ? first.format : undefined,
    description: first.description ?? second.description,
    example: first.example ?? second.example,
    node: first.node,
  };
}

function merged(
  first: View,
  second: View,
  require: (one: boolean, other: boolean) => boolean,
): ReadonlyMap<string, Property> {
  const names = new Set([...first.properties.keys(), ...second.properties.keys()]);
  return new Map(
    [...names].map((name) => {
      const one = first.properties.get(name);
      const other = second.properties.get(name);
      const required = require(one?.required ?? false, other?.required ?? false);
      return [name, { schema: one?.schema ?? other?.schema, required }];
    }),
  );
}

export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? (Number.isInteger(value) ? "integer" : "number") : typeof value;
}
