import { systemError } from "../../../errors.ts";
import { equal } from "../../../json/equal.ts";
import { copy, entries, get, isObject, keys, set, type JsonObject } from "../../../json/value.ts";

type Part = JsonObject | string | undefined;

/**
 * Several components' additions to one part of a request, in one. A name given twice is an error.
 * @param part names the part in messages, such as "request_parameters"
 */
export function combine(part: string, additions: readonly Part[]): JsonObject | string {
  return combineBy(part, additions, (target, source) => {
    const result = copy(target);
    for (const [name, value] of entries(source)) {
      if (get(result, name) !== undefined) throw twice(part, [name]);
      set(result, name, value);
    }
    return result;
  });
}

/** The same for JSON bodies: objects are merged at any depth, and one place may be given twice with equal values. */
export function combineJson(part: string, additions: readonly Part[]): JsonObject | string {
  return combineBy(part, additions, (target, source) => merge(part, [], target, source));
}

function combineBy(
  part: string,
  additions: readonly Part[],
  into: (target: JsonObject, source: JsonObject) => JsonObject,
): JsonObject | string {
  const texts: string[] = [];
  const objects: JsonObject[] = [];
  for (const addition of additions) {
    if (typeof addition === "string") texts.push(addition);
    else if (isObject(addition) && keys(addition).length > 0) objects.push(addition);
  }
  const [text, second] = texts;
  if (second !== undefined || (text !== undefined && objects.length > 0)) {
    throw systemError(`The ${part} of a request is given as a text, so nothing else can be added to it.`);
  }
  if (text !== undefined) return text;
  const [first = {}, ...others] = objects;
  return others.reduce(into, first);
}

function merge(part: string, path: readonly string[], target: JsonObject, source: JsonObject): JsonObject {
  const result = copy(target);
  for (const [name, value] of entries(source)) {
    const known = get(result, name);
    const place = [...path, name];
    if (known === undefined) set(result, name, value);
    else if (isObject(known) && isObject(value)) set(result, name, merge(part, place, known, value));
    else if (!equal(known, value)) throw twice(part, place);
  }
  return result;
}

const twice = (part: string, path: readonly string[]): Error =>
  systemError(
    `The ${part} of a request is given "${path.join(".")}" twice: the requester, its authenticator, the paginator, the ` +
      `partition router and the cursor must set different names.`,
    { code: "request-conflict" },
  );
