import { floatText } from "../json/float-text.ts";
import { entries, Float, isList, isObject, set, type Json, type JsonObject } from "../json/value.ts";
import { expandedSize, MOST_VALUES } from "../json/size.ts";
import { addRow, notePlace, placeOf, type Places } from "./places.ts";
import { readPlain, wordsEnd } from "./plain.ts";
import { readQuoted } from "./quoted.ts";
import { isBlank, isBreak, LONGEST_KEY, YamlFault, type Reading } from "./reading.ts";
import { noValue, plainScalar, taggedScalar } from "./scalar.ts";

/** The anchor and the tag that stand before a node. */
export interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
}

const ANCHOR = /[&*]([\w-]+)(?=[ \t\r\n\x85\u2028\u2029?:,\]}%@`]|$)/y;
const TAG = /!(?:<([^>\s]+)>|!([\w;/?:@&=+$.~*'()%-]+)|[\w;/?:@&=+$.!~*'()%-]*)(?=[ \t\r\n\x85\u2028\u2029,]|$)/y;
/** The tag `!`, which leaves the type to the text, quoted or not. */
const ANY = "!";
const CORE = "tag:yaml.org,2002:";

/** A scalar as it is written, quotes and folding undone. */
export function readScalar(reading: Reading, indent: number, flow: boolean): string {
  const first = reading.text.charCodeAt(reading.at);
  reading.quoted = first === 34 || first === 39;
  reading.fresh = false;
  return reading.quoted ? readQuoted(reading) : readPlain(reading, indent, flow);
}

export function scalarValue(reading: Reading, text: string, tag: string | undefined, at: number): Json {
  if (tag === undefined) return reading.quoted ? text : plainScalar(text, at);
  reading.quoted = tag !== ANY;
  if (tag === ANY) return plainScalar(text, at);
  const value = taggedScalar(tag, text);
  if (value === undefined) throw new YamlFault(`"${text}" cannot be read as !!${tag}.`, at);
  return value;
}

/** What stands for a node of which only anchor or tag are written. */
export function emptyValue(reading: Reading, { tag }: Properties, at: number): Json {
  reading.quoted = tag !== undefined;
  if (tag === undefined) return null;
  return tag === ANY ? "" : scalarValue(reading, "", tag, at);
}

/** What is read as an item, as a member's value, or as a whole: `<<` and `=` are none of these. */
export function checkValue(reading: Reading, value: Json, at: number): Json {
  if ((value === "<<" || value === "=") && !reading.quoted) throw noValue(value, at);
  return value;
}

export function checkCollectionTag(tag: string | undefined, kind: "map" | "seq", at: number): void {
  if (tag !== undefined && tag !== ANY && tag !== kind)
    throw new YamlFault(`A ${kind} cannot be read as !!${tag}.`, at);
}

/** Reads one anchor or tag, `before` being what stood before it. */
export function readProperty(reading: Reading, before: Properties): Properties {
  const pattern = reading.text.charCodeAt(reading.at) === 38 ? ANCHOR : TAG;
  const { at } = reading;
  pattern.lastIndex = at;
  const found = pattern.exec(reading.text);
  if (found === null) throw new YamlFault("This is neither an anchor (&name) nor a tag (!!name).", at);
  reading.at = pattern.lastIndex;
  reading.fresh = false;
  if ((pattern === ANCHOR ? before.anchor : before.tag) !== undefined) {
    throw new YamlFault("A value takes one anchor and one tag.", at);
  }
  if (pattern === ANCHOR) return { ...before, anchor: found[1] };
  const [whole, verbatim, core] = found;
  if (whole === ANY) return { ...before, tag: ANY };
  const tag = verbatim ?? (core === undefined ? whole : CORE + core);
  if (!tag.startsWith(CORE)) throw new YamlFault(`The tag ${whole} is unknown.`, at);
  return { ...before, tag: tag.slice(CORE.length) };
}

/** Reads a node by `read`, and keeps it under its anchor. */
export function anchored(reading: Reading, { anchor }: Properties, at: number, read: () => Json): Json {
  if (anchor === undefined) return read();
  if (reading.anchors.has(anchor)) throw new YamlFault(`There is an anchor &${anchor} already, above.`, at);
  reading.anchors.set(anchor, undefined);
  const value = read();
  reading.anchors.set(anchor, value);
  return value;
}

export function readAlias(reading: Reading): Json {
  ANCHOR.lastIndex = reading.at;
  const name = ANCHOR.exec(reading.text)?.[1];
  if (name === undefined) throw new YamlFault("A text cannot start with * unless it is quoted.", reading.at);
  const value = reading.anchors.get(name);
  if (value === undefined) {
    const problem = reading.anchors.has(name)
      ? `The anchor &${name} contains itself.`
      : `There is no anchor &${name} above.`;
    throw new YamlFault(problem, reading.at);
  }
  reading.aliased += expandedSize(value, reading.sizes);
  if (reading.aliased > MOST_VALUES) {
    throw new YamlFault(`The aliases stand for more than ${MOST_VALUES} values: this is no manifest.`, reading.at);
  }
  reading.at = ANCHOR.lastIndex;
  reading.fresh = false;
  reading.quoted = true;
  return value;
}

/** The text of a key, as JSON has it: `200` is "200", `yes` is "true". */
export function keyText(key: Json, at: number): string {
  if (typeof key === "string") return key;
  if (key instanceof Float) return floatText(key.value);
  if (typeof key === "number") return Number.isInteger(key) ? String(key) : floatText(key);
  if (typeof key === "object" && key !== null) throw new YamlFault("A list or a mapping cannot be a key.", at);
  return String(key);
}

/** Notes where a member stands that is about to be set, and whether it was set before. Gives its row. */
export function noteMember(
  places: Places,
  object: JsonObject,
  key: string,
  keyAt: number,
  valueAt: number,
  before: number,
): number {
  if (Object.hasOwn(object, key)) places.duplicates.push({ key, offset: keyAt });
  return addRow(places, key, keyAt, valueAt, before);
}

/** The mapping with what its `<<` name put before its own members, which win; of several the first mapping wins. */
export function merge(reading: Reading, own: JsonObject, sources: readonly { value: Json; at: number }[]): JsonObject {
  const { places } = reading;
  const whole: JsonObject = {};
  const add = (from: JsonObject): void => {
    for (const [key, value] of entries(from)) {
      set(whole, key, value);
      const place = places && placeOf(places, from, key);
      if (place !== undefined) notePlace(places!, whole, key, place.key, place.value);
    }
  };
  for (const { value, at } of sources) {
    const list = isList(value) ? [...value].reverse() : [value];
    for (const each of list) {
      if (!isObject(each)) throw new YamlFault("<< takes a mapping, or a list of mappings.", at);
      add(each);
    }
  }
  add(own);
  return whole;
}

/** Whether a simple key starts here: where its colon stands, or -1. */
export function findColon(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 38 || code === 33 || code === 42) {
      if (code === 33) while (!isBlank(text.charCodeAt(at))) at++;
      else at = nameEnd(text, at + 1);
      if (code === 42) break;
      while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
    } else if (code === 34 || code === 39) {
      at = closingQuote(text, at, code);
      break;
    } else if (code === 91 || code === 123) return -1;
    else {
      at = wordsEnd(text, at, false);
      break;
    }
  }
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return text.charCodeAt(at) === 58 && isBlank(text.charCodeAt(at + 1)) && at - start <= LONGEST_KEY ? at : -1;
}

/** After the name of an anchor. */
function nameEnd(text: string, start: number): number {
  let at = start;
  while (/[\w-]/.test(text.charAt(at))) at++;
  return at;
}

/** After the quote that closes the one here, on the same line. */
function closingQuote(text: string, opening: number, quote: number): number {
  for (let at = opening + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (isBreak(code) || Number.isNaN(code)) return at;
    if (code === 92 && quote === 34) at++;
    else if (code === quote) {
      if (quote === 34 || text.charCodeAt(at + 1) !== 39) return at + 1;
      at++;
    }
  }
}
