import type { ErrorObject } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { systemError } from "../errors.ts";
import { copy, get, has, isObject, keys, remove, type JsonObject } from "../json/value.ts";
import { describeProblems } from "./config-problems.ts";
import { plainJson, plainSchema, searchPattern } from "./plain-schema.ts";

/**
 * The problems of a config, all at once, each with its JSON pointer, its value and what would be right; empty where it
 * is valid. Formats are not checked, as in the reference.
 * @throws a system error where the spec is no JSON Schema
 */
export function configProblems(connectionSpecification: JsonObject, config: JsonObject): string[] {
  const ajv = new Ajv2019({
    allErrors: true,
    code: { regExp: searchPattern },
    logger: false,
    ownProperties: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    verbose: true,
  });
  let errors: readonly ErrorObject[];
  try {
    const validate = ajv.compile(plainSchema(connectionSpecification));
    validate(plainJson(withoutReserved(connectionSpecification, config)));
    errors = validate.errors ?? [];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw systemError(`The spec's connectionSpecification is not a valid JSON Schema: ${reason}`, { cause });
  }
  return describeProblems(errors);
}

const RESERVED = new Set([
  "__injected_declarative_manifest",
  "__injected_components_py",
  "__injected_components_py_checksums",
  "__command",
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
