import { set, type Json, type JsonObject } from "../json/value.ts";
import { addRow, notePlaces } from "./places.ts";
import {
  anchored,
  checkCollectionTag,
  checkValue,
  emptyValue,
  keyText,
  merge,
  noteMember,
  readAlias,
  readProperty,
  readScalar,
  scalarValue,
  type Properties,
} from "./node.ts";
import { ended, enter, LONGEST_KEY, skip, YamlFault, type Reading } from "./reading.ts";

/** What may stand within brackets: `[…]`, `{…}`, an alias or a scalar. */
export function readFlowNode(reading: Reading, properties?: Properties): Json {
  const { at } = reading;
  switch (reading.text.charCodeAt(at)) {
    case 91: // [ { * & !
      checkCollectionTag(properties?.tag, "seq", at);
      return readFlowSequence(reading);
    case 123:
      checkCollectionTag(properties?.tag, "map", at);
      return readFlowMapping(reading);
    case 42:
      if (properties !== undefined) throw new YamlFault("An alias takes no anchor and no tag.", at);
      return readAlias(reading);
    case 38:
    case 33:
      return readPropertied(reading);
    default:
      return scalarValue(reading, readScalar(reading, -1, true), properties?.tag, at);
  }
}

function readPropertied(reading: Reading): Json {
  const { at } = reading;
  let properties: Properties = { anchor: undefined, tag: undefined };
  while (isOneOf(reading, "&!")) {
    properties = readProperty(reading, properties);
    skip(reading, true);
  }
  return anchored(reading, properties, at, () => {
    if (!isOneOf(reading, ",]}:")) return readFlowNode(reading, properties);
    return emptyValue(reading, properties, at);
  });
}

export function readFlowSequence(reading: Reading): readonly Json[] {
  const opening = reading.at;
  const { places } = reading;
  const items: Json[] = [];
  let row = -1;
  enter(reading);
  reading.at++;
  while (!closes(reading, opening, "]", items.length > 0)) {
    const { at } = reading;
    if (places) row = addRow(places, items.length, at, at, row);
    if (isOneOf(reading, "?")) {
      items.push(readPair(reading, undefined));
    } else {
      const value = readFlowNode(reading);
      skip(reading, true);
      if (isOneOf(reading, ":")) {
        checkOneLine(reading, at);
        items.push(readPair(reading, { key: value, at }));
      } else items.push(checkValue(reading, value, at));
    }
  }
  reading.depth--;
  const list = items.slice(); // as in blocks, without room for more
  if (places) notePlaces(places, list, row);
  return list;
}

export function readFlowMapping(reading: Reading): JsonObject {
  const opening = reading.at;
  const object: JsonObject = {};
  const merges: { value: Json; at: number }[] = [];
  let row = -1;
  enter(reading);
  reading.at++;
  let first = true;
  while (!closes(reading, opening, "}", !first)) {
    first = false;
    row = readFlowMember(reading, object, merges, row);
  }
  reading.depth--;
  if (reading.places) notePlaces(reading.places, object, row);
  return merges.length === 0 ? object : merge(reading, object, merges);
}

/** Gives the member's row where places are noted, else that of the one before. */
function readFlowMember(
  reading: Reading,
  object: JsonObject,
  merges: { value: Json; at: number }[],
  before: number,
): number {
  const explicit = isOneOf(reading, "?");
  if (explicit) {
    reading.at++;
    skip(reading, true);
  }
  const keyAt = reading.at;
  const key = explicit && isOneOf(reading, ",]}:") ? null : readFlowNode(reading);
  const merging = key === "<<" && !reading.quoted;
  skip(reading, true);
  if (!explicit && isOneOf(reading, ":")) checkOneLine(reading, keyAt);
  const value = readFlowValue(reading);
  if (!merging) return setMember(reading, object, keyText(key, keyAt), keyAt, value, before);
  merges.push({ value: value.value, at: value.at });
  return before;
}

function setMember(
  { places }: Reading,
  object: JsonObject,
  key: string,
  keyAt: number,
  { value, at }: { readonly value: Json; readonly at: number },
  before: number,
): number {
  const row = places ? noteMember(places, object, key, keyAt, at, before) : before;
  set(object, key, value);
  return row;
}

/** A mapping of one member within a list: `[key: value]`. */
function readPair(reading: Reading, known: { key: Json; at: number } | undefined): JsonObject {
  const object: JsonObject = {};
  const merges: { value: Json; at: number }[] = [];
  let row = -1;
  if (known === undefined) row = readFlowMember(reading, object, merges, row);
  else {
    const merging = known.key === "<<" && !reading.quoted;
    const value = readFlowValue(reading);
    if (merging) merges.push(value);
    else row = setMember(reading, object, keyText(known.key, known.at), known.at, value, row);
  }
  if (reading.places) notePlaces(reading.places, object, row);
  return merges.length === 0 ? object : merge(reading, object, merges);
}

function readFlowValue(reading: Reading): { value: Json; at: number } {
  if (!isOneOf(reading, ":")) return { value: null, at: reading.at };
  reading.at++;
  skip(reading, true);
  const { at } = reading;
  return { value: isOneOf(reading, ",]}") ? null : checkValue(reading, readFlowNode(reading), at), at };
}

/** A key that is not announced by `?` stands on one line with its colon. */
function checkOneLine(reading: Reading, keyAt: number): void {
  if (keyAt < reading.line || reading.at - keyAt > LONGEST_KEY) {
    throw new YamlFault("A key and its colon stand on one line, at most 1024 characters long.", keyAt);
  }
}

/** Reads the comma between two entries, or the closing bracket. */
function closes(reading: Reading, opening: number, bracket: "]" | "}", comma: boolean): boolean {
  skip(reading, true);
  if (comma && isOneOf(reading, ",")) {
    reading.at++;
    skip(reading, true);
  } else if (comma && !ended(reading) && !isOneOf(reading, bracket)) {
    throw new YamlFault(`Here a comma or ${bracket} is missing.`, reading.at);
  }
  if (ended(reading)) throw new YamlFault(`This ${reading.text[opening]!} is never closed.`, opening);
  if (!isOneOf(reading, bracket)) return false;
  reading.at++;
  reading.fresh = false;
  return true;
}

const isOneOf = (reading: Reading, characters: string): boolean =>
  !ended(reading) && characters.includes(reading.text[reading.at]!);
