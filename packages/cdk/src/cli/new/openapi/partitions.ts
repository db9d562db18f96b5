import { singular, snakeCase, type ConfigField, type FilledPath, type Finding, type Partition } from "../draft.ts";
import type { Document } from "./document.ts";
import { nodesOf } from "./document.ts";
import type { Operation, Parameter } from "./operations.ts";
import { viewOf } from "./view.ts";

/** What becomes a stream: an endpoint, its name and where its records are. */
export interface Listing {
  readonly name: string;
  readonly operation: Operation;
  readonly item: unknown;
  readonly recordsPath: readonly string[];
}

/**
 * Fills the parameters of a path: by the records of another stream, by the values that the description lists, or by a
 * field of the config.
 */
export function fillPath(listing: Listing, all: readonly Listing[], document: Document): FilledPath {
  const { path, parameters } = listing.operation;
  const partitions: Partition[] = [];
  const fields: ConfigField[] = [];
  const told: string[] = [];
  let least: Finding["confidence"] = "high";
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  const values = new Map<string, string>();
  // From the last one: the stream it comes from may have the others in its own partitions.
  for (const name of [...names].reverse()) {
    if (values.has(name)) continue;
    const described = parameters.find((each) => each.in === "path" && each.name === name);
    const parent = parentOf(name, listing, all, document);
    if (parent !== undefined) {
      const field = partitionName(name);
      partitions.push({ type: "parent", stream: parent.listing.name, key: parent.key, field });
      values.set(name, `{{ stream_partition['${field}'] }}`);
      fromAbove(parent.listing, "stream_partition['parent_slice']");
      told.push(`${name} from ${parent.listing.name}.${parent.key}`);
      if (parent.confidence !== "high") least = least === "low" ? least : parent.confidence;
      continue;
    }
    const listed = nodesOf(described?.schema["enum"]).map(String);
    if (listed.length > 0) {
      const field = partitionName(name);
      partitions.push({ type: "list", values: listed, field });
      values.set(name, `{{ stream_partition['${field}'] }}`);
      told.push(`${name} from ${listed.length} values`);
      continue;
    }
    const field = configField(described ?? { name, description: "", schema: {}, example: undefined });
    fields.push(field);
    values.set(name, `{{ config['${field.name}'] }}`);
    told.push(`${name} from the config`);
    if (least === "high") least = "medium";
  }
  function fromAbove(above: Listing, slice: string): void {
    for (const [, name] of above.operation.path.matchAll(/\{([^}]+)\}/g)) {
      const parent = parentOf(name!, above, all, document);
      if (parent === undefined) continue;
      if (names.includes(name!) && !values.has(name!)) values.set(name!, `{{ ${slice}['${partitionName(name!)}'] }}`);
      fromAbove(parent.listing, `${slice}['parent_slice']`);
    }
  }

  return {
    path: path.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => values.get(name) ?? whole),
    partitions,
    fields,
    finding:
      names.length === 0
        ? undefined
        : {
            subject: "partitions",
            value: told.reverse().join(", "),
            confidence: least,
            why: "what stands in braces in the path",
          },
  };
}

/** A config field for a parameter that the user has to know. */
export function configField(param: Pick<Parameter, "name" | "description" | "schema" | "example">): ConfigField {
  const name = partitionName(param.name);
  const [sentence = ""] = param.description.split(/(?<=[.!?])\s|\n/);
  const example = param.example ?? param.schema["example"] ?? param.schema["default"];
  return {
    name,
    schema: {
      type: "string",
      title: name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "),
      ...(sentence === "" ? {} : { description: sentence }),
    },
    required: true,
    example: typeof example === "string" || typeof example === "number" ? String(example) : "1",
  };
}

const partitionName = (param: string): string => snakeCase(param) || "id";

function parentOf(
  param: string,
  { name, operation }: Listing,
  all: readonly Listing[],
  document: Document,
): { readonly listing: Listing; readonly key: string; readonly confidence: Finding["confidence"] } | undefined {
  const before = operation.path.slice(0, operation.path.indexOf(`{${param}}`)).replace(/\/$/, "");
  const exact = all.find((each) => each.operation.path.replace(/\/$/, "") === before && each.name !== name);
  if (exact !== undefined) {
    const key = keyFor(param, exact, document);
    if (key !== undefined) return { listing: exact, ...key };
  }
  const base = snakeCase(param).replace(/_(?:id|uuid|key|slug|number|name|code|gid)$/, "");
  if (base === "" || base === "id") return undefined;
  // A list elsewhere of what the parameter is called after, that needs no partitions of its own.
  const other = all.find((each) => {
    const last = each.operation.path.split("/").at(-1) ?? "";
    return each.name !== name && !each.operation.path.includes("{") && singular(snakeCase(last)) === base;
  });
  if (other === undefined) return undefined;
  const key = keyFor(param, other, document);
  return key === undefined ? undefined : { listing: other, key: key.key, confidence: "medium" };
}

/** The field of a parent's records which a parameter takes. */
function keyFor(
  param: string,
  { item, operation }: Listing,
  document: Document,
): { readonly key: string; readonly confidence: Finding["confidence"] } | undefined {
  const fields = [...viewOf(item, document).properties.keys()];
  const suffix = /_(id|uuid|key|slug|number|name|code|gid)$/.exec(snakeCase(param))?.[1] ?? "id";
  const resource = singular(snakeCase(operation.path.split("/").at(-1) ?? ""));
  const own = fields.find((field) => snakeCase(field) === snakeCase(param));
  // Of companies that have an id and a company_id, {company_id} is the id: the other one is somebody else's.
  const isOther = snakeCase(param) === `${resource}_id` && fields.includes("id");
  if (own !== undefined && !isOther) return { key: own, confidence: "high" };
  const named = fields.find((field) => [suffix, `${resource}_${suffix}`].includes(snakeCase(field)));
  if (named !== undefined) return { key: named, confidence: "high" };
  const id = fields.find((field) => ["id", "uuid", "guid", "key", "slug", "name"].includes(snakeCase(field)));
  return id === undefined ? undefined : { key: id, confidence: "medium" };
}
