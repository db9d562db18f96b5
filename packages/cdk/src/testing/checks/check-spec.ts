import { configProblems } from "../../entrypoint/validate-config.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { ConnectorSpecification } from "../../protocol/messages.gen.ts";
import type { Problem } from "./problem.ts";

/** Names of config fields that hold a secret, whatever the connector. */
const SECRET = /^(?:.*[_-])?(?:token|secret|password|passwd|api_?key|secret_?key|private_?key|access_?key|jwt)$/i;

/** What is wrong with a spec; with a config, also what the config lacks by it. */
export async function checkSpec(
  { connectionSpecification: schema }: ConnectorSpecification,
  config?: JsonObject,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const wrong = (message: string, isWarning = false): void => void problems.push({ rule: "spec", message, isWarning });
  if (get(schema, "type") !== undefined && get(schema, "type") !== "object") {
    wrong(`connectionSpecification/type must be "object", not ${JSON.stringify(get(schema, "type"))}.`);
  }
  walk(schema, "connectionSpecification", (object, at) => {
    const properties = get(object, "properties");
    const names = isObject(properties) ? entries(properties).map(([name]) => name) : [];
    const required = get(object, "required");
    if (required !== undefined && !isList(required)) {
      wrong(`${at}/required must be a list of names.`);
    } else if (isObject(properties)) {
      for (const name of required ?? []) {
        if (!names.includes(String(name))) wrong(`${at}/required names "${String(name)}", which is not in properties.`);
      }
    }
    for (const [name, field] of isObject(properties) ? entries(properties) : []) {
      if (!isObject(field) || get(field, "airbyte_secret") === true || !SECRET.test(name)) continue;
      const type = get(field, "type");
      if ([type].flat().includes("string") && get(field, "const") === undefined) {
        wrong(`${at}/properties/${name} looks like a secret: mark it with airbyte_secret: true.`, true);
      }
    }
  });
  try {
    const lacks = config === undefined ? [] : await configProblems(schema, config);
    for (const lack of lacks)
      problems.push({ rule: "config", message: `The config does not hold to the spec: ${lack}` });
  } catch (error) {
    wrong(error instanceof Error ? error.message : String(error)); // the schema is none
  }
  return problems;
}

function walk(value: Json | undefined, at: string, visit: (object: JsonObject, at: string) => void): void {
  if (isList(value)) value.forEach((item, index) => walk(item, `${at}/${index}`, visit));
  if (!isObject(value)) return;
  visit(value, at);
  for (const [name, member] of entries(value)) {
    if (name !== "default" && name !== "examples" && name !== "enum") walk(member, `${at}/${name}`, visit);
  }
}
