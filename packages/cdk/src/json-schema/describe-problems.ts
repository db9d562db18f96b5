import type { ErrorObject } from "ajv";
import { nearest } from "../protocol/nearest.ts";
import { expectation, kindOf, titleOf, type Schema } from "./expectation.ts";

/** One line for each thing to mend. Of alternatives only the meant one is spoken of, where it is clear which that is. */
export const describeProblems = (errors: readonly ErrorObject[]): string[] => [
  ...new Set(problemsToTell(errors).map(({ text }) => text)),
];

/** The same, each with the error that it is told of. */
export function problemsToTell(
  errors: readonly ErrorObject[],
): { readonly error: ErrorObject; readonly text: string }[] {
  const hidden = new Set<ErrorObject>();
  for (const choice of errors) {
    if (choice.keyword === "if") hidden.add(choice); // the errors of `then` or `else` say more
    if (choice.keyword !== "oneOf" && choice.keyword !== "anyOf") continue;
    const within = errors.filter(({ schemaPath }) => schemaPath.startsWith(`${choice.schemaPath}/`));
    const meant = meantAlternative(choice);
    const kept = within.filter(({ schemaPath }) => schemaPath.startsWith(`${choice.schemaPath}/${meant}/`));
    for (const error of within) if (!kept.includes(error)) hidden.add(error);
    const isOfWrongType = errors.some(
      (error) => error.keyword === "type" && error.instancePath === choice.instancePath && !within.includes(error),
    );
    if (kept.length > 0 || isOfWrongType) hidden.add(choice);
  }
  const shown = errors.filter((error) => !hidden.has(error));
  return (shown.length > 0 ? shown : errors).map((error) => ({ error, text: describe(error) }));
}

/** The only alternative whose constants are those of the value; one that may be left out must not be there. */
function meantAlternative({ schema, data }: ErrorObject): number | undefined {
  if (!Array.isArray(schema) || !isRecord(data)) return undefined;
  const fitting = schema.flatMap((alternative: unknown, index) => {
    const properties = isRecord(alternative) ? alternative["properties"] : undefined;
    const required = isRecord(alternative) ? [alternative["required"]].flat() : [];
    const constants = Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, property]) => {
      const values = isRecord(property) ? constantsOf(property) : undefined;
      const isLeftOut = data[name] === undefined && !required.includes(name);
      return values === undefined || isLeftOut ? [] : [values.includes(data[name])];
    });
    return constants.length > 0 && constants.every((fits) => fits) ? [index] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Where each alternative has a constant of its own under one name: what that name holds instead. */
function wrongChoice({ schema, data, instancePath }: ErrorObject): string | undefined {
  if (!Array.isArray(schema) || !isRecord(data)) return undefined;
  const [first, ...others] = schema.map((alternative: unknown) => {
    const properties = isRecord(alternative) ? alternative["properties"] : undefined;
    const named = Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, property]) => {
      const values = isRecord(property) ? constantsOf(property) : undefined;
      return values?.length === 1 ? [[name, values[0]] as const] : [];
    });
    return new Map(named);
  });
  const name = [...(first?.keys() ?? [])].find((key) => others.length > 0 && others.every((other) => other.has(key)));
  if (first === undefined || name === undefined) return undefined;
  const values = [first, ...others].map((constants) => constants.get(name));
  const place = `${instancePath}/${pointer(name)}`;
  const given = data[name];
  if (new Set(values).size < values.length || values.includes(given)) return undefined;
  const expected = `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  if (given === undefined) return `${place} is missing: it ${expected}`;
  const texts = values.filter((value) => typeof value === "string");
  const meant = typeof given === "string" ? nearest(given, texts) : undefined;
  return `${place} is ${shown({}, given)} but ${expected}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

function constantsOf(property: Schema): readonly unknown[] | undefined {
  if ("const" in property) return [property["const"]];
  const values = property["enum"];
  return Array.isArray(values) ? values : undefined;
}

function describe(error: ErrorObject): string {
  const { keyword, instancePath, params, parentSchema, data } = error;
  const place = instancePath === "" ? "the whole" : instancePath;
  const schema = isRecord(parentSchema) ? parentSchema : {};
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  if (keyword === "required" || keyword === "dependencies" || keyword === "dependentRequired") {
    const name = String(params["missingProperty"]);
    const wanted = properties[name];
    return `${instancePath}/${pointer(name)} is missing: it must be ${isRecord(wanted) ? kindOf(wanted) : "given"}`;
  }
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") {
    const name = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
    const like = nearest(name, Object.keys(properties));
    const hint = like === undefined ? namesOf(schema, Object.keys(properties)) : `did you mean ${like}?`;
    return `${instancePath}/${pointer(name)} is not known: ${hint}`;
  }
  if (keyword === "oneOf" || keyword === "anyOf") {
    const passing: unknown = params["passingSchemas"];
    const alternatives = Array.isArray(error.schema) ? error.schema.map(titleOf) : [];
    const choice = Array.isArray(passing) ? undefined : wrongChoice(error);
    if (choice !== undefined) return choice;
    if (!Array.isArray(passing))
      return `${place} is ${shown(schema, data)} but must be one of: ${alternatives.join("; ")}`;
    const several = passing.map((index) => alternatives[Number(index)]);
    return `${place} fits more than one of its alternatives, it must fit one: ${several.join("; ")}`;
  }
  return `${place} is ${shown(schema, data)} but ${expectation(error, schema)}`;
}

/** Which names a mapping takes. */
function namesOf({ patternProperties }: Schema, names: readonly string[]): string {
  if (names.length > 0) return `must be one of ${names.join(", ")}`;
  return isRecord(patternProperties)
    ? `the name must match ${Object.keys(patternProperties).join(" or ")}`
    : "nothing may be here";
}

/** The value as the user wrote it, shortened; a secret is not shown at all. */
function shown(schema: Schema, data: unknown): string {
  if (schema["airbyte_secret"] === true) return "****";
  if (isRecord(data)) return "an object";
  const text = JSON.stringify(data);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

const isRecord = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const pointer = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
