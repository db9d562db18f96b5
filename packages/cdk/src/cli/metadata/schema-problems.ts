import type { ValidateFunction } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { problemsToTell } from "../../json-schema/describe-problems.ts";
import { entries, fromEntries, isList, isObject, type Json } from "../../json/value.ts";
import { plainJson } from "../../json-schema/plain-schema.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import type { Found } from "./check-metadata.ts";
import { metadataSchema } from "./metadata-schema.ts";

/** As lenient as the registry: a number is taken for a text, and what is null for left out. */
export function schemaProblems(root: Json, found: Found): Problem[] {
  const validate = (compiled ??= compile());
  if (validate(plainJson(withoutNulls(root)))) return [];
  return problemsToTell(validate.errors ?? []).map(({ error, text }) => {
    const path = error.instancePath.split("/").slice(1).map(unescaped);
    const extra: unknown = error.params["additionalProperty"];
    return found("error", "schema", typeof extra === "string" ? [...path, extra] : path, `${text}.`);
  });
}

let compiled: ValidateFunction | undefined;

function compile(): ValidateFunction {
  const ajv = new Ajv2019({
    allErrors: true,
    coerceTypes: true,
    formats: {
      date: isDate,
      uri: (text: string) => URL.canParse(text),
      uuid: (text: string) => /^[0-9a-f]{32}$/i.test(text.replace(/^urn:uuid:|[{}-]/gi, "")),
    },
    logger: false,
    strict: false,
    verbose: true,
  });
  return ajv.compile(metadataSchema);
}

function withoutNulls(value: Json): Json {
  if (isList(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return fromEntries(
    entries(value).flatMap(([key, member]): [string, Json][] => (member === null ? [] : [[key, withoutNulls(member)]])),
  );
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

const unescaped = (part: string): string => part.replaceAll("~1", "/").replaceAll("~0", "~");
