import { systemError } from "../errors.ts";
import { COMMAND, INJECTED } from "./generic-spec.ts";
import { codeKeys } from "./injected-code.ts";
import { certainlyHolds } from "../json-schema/certainly-holds.ts";
import { copy, get, has, isObject, keys, remove, type JsonObject } from "../json/value.ts";

/**
 * The problems of a config, all at once; empty where it is valid.
 * @throws a system error where the spec is no JSON Schema
 */
export async function configProblems(connectionSpecification: JsonObject, config: JsonObject): Promise<string[]> {
  const own = withoutReserved(connectionSpecification, config);
  if (certainlyHolds(connectionSpecification, own)) return []; // as most do; the library takes its time to load
  const { schemaProblems } = await import("../json-schema/schema-problems.ts");
  try {
    return schemaProblems(connectionSpecification, own);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw systemError(`The spec's connectionSpecification is not a valid JSON Schema: ${reason}`, { cause });
  }
}

const RESERVED = new Set([
  INJECTED,
  ...codeKeys,
  COMMAND,
  "__test_read_config",
  "__should_normalize",
  "__should_migrate",
]);
const ALWAYS_LEFT_OUT = new Set(["_limit", "_page_size"]);

/** The config without the keys that are meant for the runtime, unless the spec speaks of them. */
function withoutReserved(connectionSpecification: JsonObject, config: JsonObject): JsonObject {
  const properties = get(connectionSpecification, "properties");
  const declared = (key: string): boolean => isObject(properties) && has(properties, key);
  const own = copy(config);
  for (const key of keys(config)) {
    if (ALWAYS_LEFT_OUT.has(key) || (RESERVED.has(key) && !declared(key))) remove(own, key);
  }
  return own;
}
