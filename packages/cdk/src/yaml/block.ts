import { set, type Json, type JsonObject } from "../json/value.ts";
import { readBlockScalar } from "./block-scalar.ts";
import { readFlowNode } from "./flow.ts";
import { itemLine, lineScalar, memberLine, type MemberLine } from "./lines.ts";
import {
  anchored,
  checkCollectionTag,
  checkValue,
  emptyValue,
  findColon,
  keyText,
  merge,
  noteMember,
  readAlias,
  readProperty,
  readScalar,
  scalarValue,
  type Properties,
} from "./node.ts";
import { addRow, notePlaces } from "./places.ts";
import { plainScalar } from "./scalar.ts";
import { column, ended, enter, isIndicator, skip, YamlFault, type Reading } from "./reading.ts";

/**
 * Reads the node that starts here, right of the collection at `indent`. The items of a list may also stand at `items`:
 * as a mapping's value they need not be indented.
 */
export function readBlockNode(reading: Reading, indent: number, items: number): Json {
  const { text, at, fresh } = reading;
  const code = text.charCodeAt(at);
  if (fresh && (code >= 65 || code === 36)) {
    const line = memberLine(text, at);
    if (line !== undefined) return readMapping(reading, line);
  }
  if (code === 45 && isIndicator(reading, 45)) return readSequence(reading);
  if (code === 63 && isIndicator(reading, 63)) return readMapping(reading);
  if (code === 124 || code === 62) return readText(reading, indent, undefined);
  if (fresh && findColon(text, at) >= 0) return readMapping(reading);
  if (code === 38 || code === 33) return readPropertied(reading, indent, items);
  if (code === 91 || code === 123 || code === 42) return readFlowNode(reading);
  return scalarValue(reading, readScalar(reading, indent + 1, false), undefined, at);
}

function readPropertied(reading: Reading, indent: number, items: number): Json {
  const { at } = reading;
  let properties: Properties = { anchor: undefined, tag: undefined };
  do {
    properties = readProperty(reading, properties);
    skip(reading, false);
  } while (
    isProperty(reading) &&
    (!reading.fresh || (belongs(reading, indent, items) && findColon(reading.text, reading.at) < 0))
  );
  const { tag } = properties;

  return anchored(reading, properties, at, () => {
    if (ended(reading) || (reading.fresh && !belongs(reading, indent, items))) {
      return emptyValue(reading, properties, at);
    }
    const code = reading.text.charCodeAt(reading.at);
    const mapping = isIndicator(reading, 63) || (reading.fresh && findColon(reading.text, reading.at) >= 0);
    if (code === 42 && !mapping) return readFlowNode(reading, properties);
    if (tag === undefined) return readBlockNode(reading, indent, items);
    if (code === 124 || code === 62) return readText(reading, indent, tag);
    if (code === 91 || code === 123) return readFlowNode(reading, properties);
    if (isIndicator(reading, 45)) checkCollectionTag(tag, "seq", at);
    else if (mapping) checkCollectionTag(tag, "map", at);
    else if (!isProperty(reading)) {
      const valueAt = reading.at;
      return scalarValue(reading, readScalar(reading, indent + 1, false), tag, valueAt);
    }
    return readBlockNode(reading, indent, items);
  });
}

function readSequence(reading: Reading): readonly Json[] {
  if (!reading.fresh) throw new YamlFault("A list cannot start here: its first - belongs on a new line.", reading.at);
  const indent = column(reading);
  const { places } = reading;
  const values: Json[] = [];
  let row = -1;
  enter(reading);
  for (;;) {
    const dash = reading.at;
    const line = itemLine(reading.text, dash);
    if (line !== undefined && line.next <= indent) {
      if (places) row = addRow(places, values.length, dash, dash + 2, row);
      values.push(lineScalar(line.scalar, dash + 2));
      goTo(reading, dash + line.length, line.next);
    } else {
      reading.at++;
      reading.fresh = true;
      skip(reading, false);
      const { at } = reading;
      const empty = ended(reading) || !(column(reading) > indent || isBlockHeader(reading));
      if (places) row = addRow(places, values.length, dash, empty ? dash : at, row);
      values.push(empty ? null : checkValue(reading, readBlockNode(reading, indent, -1), at));
    }
    if (!continues(reading, indent) || !isIndicator(reading, 45)) break;
  }
  reading.depth--;
  // A copy has no room for more items, for which a list that grew keeps more than most lists are long.
  const list = values.slice();
  if (places) notePlaces(places, list, row);
  return list;
}

function readMapping(reading: Reading, first?: MemberLine): JsonObject {
  if (!reading.fresh) throw new YamlFault("A mapping cannot start here.", reading.at);
  const indent = column(reading);
  const { places } = reading;
  const object: JsonObject = {};
  const merges: { value: Json; at: number }[] = [];
  let line = first;
  let plainKeys = true;
  let row = -1;
  enter(reading);
  for (;;) {
    if (line !== undefined && (line.scalar === undefined || line.next <= indent)) {
      const keyAt = reading.at;
      const key = keyText(plainScalar(line.key, keyAt), keyAt);
      goTo(reading, keyAt + line.length, line.next);
      const valueAt = line.scalar === undefined ? keyAt : keyAt + line.key.length + 2;
      const value = line.scalar === undefined ? readValue(reading, indent) : lineScalar(line.scalar, valueAt);
      if (places) row = noteMember(places, object, key, keyAt, valueAt, row);
      if (plainKeys) object[key] = value;
      else set(object, key, value);
    } else {
      plainKeys = false;
      row = readMember(reading, indent, object, merges, row);
    }
    if (!continues(reading, indent)) break;
    line = memberLine(reading.text, reading.at);
  }
  reading.depth--;
  if (places) notePlaces(places, object, row);
  return merges.length === 0 ? object : merge(reading, object, merges);
}

/** Reads a member that is no simple line. Gives its row where places are noted, else that of the one before. */
function readMember(
  reading: Reading,
  indent: number,
  object: JsonObject,
  merges: { value: Json; at: number }[],
  before: number,
): number {
  const keyAt = reading.at;
  const announced = isIndicator(reading, 63);
  const key = announced ? readComplexKey(reading, indent) : readKey(reading, findColon(reading.text, reading.at));
  const merging = key === "<<" && !reading.quoted;
  const valued = isIndicator(reading, 58) && (!announced || column(reading) === indent);
  if (valued) reading.at++;
  skip(reading, false);
  const { at } = reading;
  const value = valued ? readValue(reading, indent) : null;
  const valueAt = value === null ? keyAt : at;
  if (merging) {
    merges.push({ value, at: valueAt });
    return before;
  }
  const name = keyText(key, keyAt);
  const row = reading.places ? noteMember(reading.places, object, name, keyAt, valueAt, before) : before;
  set(object, name, value);
  return row;
}

/** What follows a key's colon; null where the next line belongs to the mapping or to what is around it. */
function readValue(reading: Reading, indent: number): Json {
  const empty = ended(reading) || (reading.fresh && !belongs(reading, indent, indent));
  const { at } = reading;
  return empty ? null : checkValue(reading, readBlockNode(reading, indent, indent), at);
}

function readKey(reading: Reading, colon: number): Json {
  const { at } = reading;
  if (colon < 0) throw missingColon(reading);
  if (isProperty(reading)) {
    const properties = readProperty(reading, { anchor: undefined, tag: undefined });
    skip(reading, false);
    return anchored(reading, properties, at, () => {
      if (reading.at === colon) return emptyValue(reading, properties, at);
      if (properties.tag === undefined) return readKey(reading, colon);
      return scalarValue(reading, readScalar(reading, 0, false), properties.tag, at);
    });
  }
  const alias = reading.text.charCodeAt(at) === 42;
  const key = alias ? readAlias(reading) : scalarValue(reading, readScalar(reading, colon, false), undefined, at);
  reading.at = colon;
  return key;
}

/** `? key`, then on a line of its own perhaps `: value`. */
function readComplexKey(reading: Reading, indent: number): Json {
  reading.at++;
  reading.fresh = true;
  skip(reading, false);
  const key = ended(reading) || !belongs(reading, indent, indent) ? null : readBlockNode(reading, indent, indent);
  reading.quoted ||= typeof key !== "string";
  skip(reading, false);
  if (column(reading) === indent && isIndicator(reading, 58)) reading.fresh = true;
  return key;
}

function readText(reading: Reading, indent: number, tag: string | undefined): Json {
  const { at } = reading;
  const text = readBlockScalar(reading, indent);
  reading.quoted = true;
  return scalarValue(reading, text, tag, at);
}

/** Goes to what comes after an entry. False where the collection at `indent` ends. */
function continues(reading: Reading, indent: number): boolean {
  skip(reading, false);
  if (ended(reading)) return false;
  const here = column(reading);
  if (reading.fresh && here <= indent) return here === indent;
  throw reading.fresh
    ? new YamlFault("This line is indented deeper than the one it should stand below.", reading.at)
    : new YamlFault(
        isIndicator(reading, 58)
          ? "A second colon on this line: quote the text that holds it."
          : "After the value nothing more may stand on its line.",
        reading.at,
      );
}

function goTo(reading: Reading, at: number, indent: number): void {
  reading.at = at;
  reading.line = at - indent;
  reading.fresh = true;
}

/** Whether what stands here is part of the entry before, not the next one. A block scalar's header need not be indented. */
function belongs(reading: Reading, indent: number, items: number): boolean {
  if (column(reading) !== items) return column(reading) > indent;
  return isBlockHeader(reading) || isIndicator(reading, 45);
}

const isBlockHeader = (reading: Reading): boolean => {
  const code = reading.text.charCodeAt(reading.at);
  return code === 124 || code === 62;
};

const isProperty = (reading: Reading): boolean => {
  const code = reading.text.charCodeAt(reading.at);
  return code === 38 || code === 33;
};

function missingColon(reading: Reading): YamlFault {
  return isIndicator(reading, 45)
    ? new YamlFault("A list item stands among the keys of a mapping.", reading.at)
    : new YamlFault(`Here a key and a colon are expected ("key: value").`, reading.at);
}
