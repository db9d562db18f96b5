import { copy, Float, get, isList, isObject, set, type Json, type JsonObject } from "../../json/value.ts";
import { followed, models, type Schema } from "./models.ts";

/** One thing that is wrong with a request, in the form of FastAPI. */
export type Fault = JsonObject;

/** The request with its defaults filled in, or all that is wrong with it. Texts that write a number stand for it. */
export function validateRequest(
  model: string,
  body: Json,
): { readonly value: JsonObject } | { readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const value = check(models[model]!, body, ["body"], faults); // names of models are given by endpoints
  return faults.length > 0 || !isObject(value) ? { faults } : { value };
}

export const fault = (type: string, loc: readonly Json[], msg: string, input: Json, ctx?: JsonObject): Fault =>
  ctx === undefined ? { type, loc, msg, input } : { type, loc, msg, input, ctx };

function check(given: Schema, input: Json, loc: readonly Json[], faults: Fault[]): Json {
  const schema = followed(given);
  const wrong = (type: string, msg: string, ctx?: JsonObject): Json => {
    faults.push(fault(type, loc, msg, input, ctx));
    return null;
  };
  if (schema.anyOf !== undefined) return input === null ? null : check(schema.anyOf[0]!, input, loc, faults);
  switch (schema.type) {
    case "object":
      if (isObject(input)) return checkMembers(schema, input, loc, faults);
      return wrong("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");
    case "string":
      return typeof input === "string" ? input : wrong("string_type", "Input should be a valid string");
    case "array":
      return isList(input) ? input : wrong("list_type", "Input should be a valid list");
    case "integer":
      return checkInteger(schema, input, wrong);
    default:
      return input;
  }
}

function checkMembers(schema: Schema, input: JsonObject, loc: readonly Json[], faults: Fault[]): JsonObject {
  const result = copy(input);
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const value = get(input, name);
    if (value !== undefined) set(result, name, check(member, value, [...loc, name], faults));
    else if (schema.required?.includes(name) === true)
      faults.push(fault("missing", [...loc, name], "Field required", input));
    else if (member.default !== undefined) set(result, name, member.default);
  }
  return result;
}

type Wrong = (type: string, msg: string, ctx?: JsonObject) => Json;

function checkInteger({ minimum, maximum }: Schema, input: Json, wrong: Wrong): Json {
  const number = numberOf(input);
  if (number === undefined) {
    if (typeof input !== "string") return wrong("int_type", "Input should be a valid integer");
    return wrong("int_parsing", "Input should be a valid integer, unable to parse string as an integer");
  }
  if (!Number.isInteger(number)) {
    return wrong("int_from_float", "Input should be a valid integer, got a number with a fractional part");
  }
  if (maximum !== undefined && number > maximum) {
    return wrong("less_than_equal", `Input should be less than or equal to ${maximum}`, { le: maximum });
  }
  if (minimum !== undefined && number < minimum) {
    return wrong("greater_than_equal", `Input should be greater than or equal to ${minimum}`, { ge: minimum });
  }
  return number;
}

function numberOf(input: Json): number | undefined {
  if (typeof input === "number") return input;
  if (typeof input === "bigint" || typeof input === "boolean") return Number(input);
  if (input instanceof Float) return input.value;
  return typeof input === "string" && /^\s*[-+]?\d+(?:\.0*)?\s*$/.test(input) ? Number(input) : undefined;
}
