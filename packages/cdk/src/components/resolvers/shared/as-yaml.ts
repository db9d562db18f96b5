import type { Json } from "../../../json/value.ts";
import { readYaml } from "../../../yaml/read.ts";
import { YamlFault } from "../../../yaml/reading.ts";

const DATE = /^\s*\d{4}-\d\d?-\d\d?/;

/**
 * A text read as YAML, any other value as it is. What is no YAML stays a text; there the reference fails for some, such as
 * `@name`. So does a date, with which the reference cannot go on, and whatever holds a tab, which PyYAML refuses.
 */
export function asYaml(value: Json): Json {
  if (typeof value !== "string" || value.includes("\t") || DATE.test(value)) return value;
  try {
    return readYaml(value);
  } catch (fault) {
    if (fault instanceof YamlFault) return value;
    throw fault;
  }
}
