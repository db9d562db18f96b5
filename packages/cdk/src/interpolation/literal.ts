import { unicodePattern } from "./text/unicode.ts";
import { float, integer, set, type Json, type JsonObject } from "../json/value.ts";
import { unescape } from "./text/escapes.ts";
import { repr } from "./value/text.ts";
import { keyOf } from "./value/key.ts";
import { isJsonObject } from "./value/kind.ts";
import { Tuple, tuple } from "./value/value.ts";

/**
 * The value of a text that is a Python literal, as `ast.literal_eval` reads it; undefined for any other text. A set
 * comes as a list, a tuple as a {@link Tuple}, keys of dicts as text. What JSON has no form for (bytes, complex numbers,
 * the ellipsis) is no literal here.
 */
export function literal(text: string): Json | undefined {
  if (SHORT_INTEGER.test(text)) return Number(text) + 0;
  return mayBeLiteral(text) ? readLiteral(text) : undefined;
}

const SHORT_INTEGER = /^-?(?:0|[1-9]\d{0,14})$/;

const WORDS: Readonly<Record<string, Json>> = { None: null, True: true, False: false };
const WORD = unicodePattern("(?:None|True|False)(?![\\p{L}\\p{N}_])", "uy");
/** A surrogate without its other half. */
const SURROGATE = unicodePattern("\\p{Surrogate}");
const SET = /set(?=[\s\\(])/y;
const NUMBER =
  /(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)|((?:\d+(?:_\d+)*)?\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?|\d+(?:_\d+)*(?:\.(?:[eE][-+]?\d+(?:_\d+)*)?|[eE][-+]?\d+(?:_\d+)*))|([1-9]\d*(?:_\d+)*|0+(?:_0+)*)/y;
const LONGEST = 4300;
const STRING =
  /([uU]|[rR]?)(?:'''((?:[^'\\]|\\[^]|'(?!''))*)'''|"""((?:[^"\\]|\\[^]|"(?!""))*)"""|'(?!'')((?:[^'\\\n]|\\[^])*)'|"(?!"")((?:[^"\\\n]|\\[^])*)")/y;
const GAP = /(?:[ \t\f]|\\\n)+/y;
const WIDE_GAP = /(?:[ \t\f\n]|\\\n|#[^\n]*)+/y;
/** Blank lines and comments before the first line that counts, which must not be indented. */
const LEAD = /[ \t]*(?:(?:[ \t\f]*(?:#[^\n]*)?\n|\\\n)*)\f*/y;
const TAIL = /(?:#[^\n]*)?(?:\n(?:[ \t\f]*(?:#[^\n]*)?\n)*(?:\f*|[ \t\f]*#[^\n]*))?$/y;
const DEEPEST = 200;

/** A cheap look at the start: most texts are no literals. */
function mayBeLiteral(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= 97 || (first >= 65 && first <= 90)) {
    if (first === 78 || first === 84 || first === 70) return /^(?:None|True|False)[\s,\\#]*/.test(text);
    return first === 123 || /^(?:set[\s\\(]|[uUrR]['"])/.test(text);
  }
  if (first >= 48 && first <= 57) {
    NUMBER.lastIndex = 0;
    return NUMBER.test(text) && /[\s,#\\]|^$/.test(text.charAt(NUMBER.lastIndex));
  }
  return first < 128 && first !== 37 && first !== 38 && first !== 42 && first !== 47 && first !== 64;
}

function readLiteral(given: string): Json | undefined {
  const text = given.includes("\r") ? given.replace(/\r\n?/g, "\n") : given;
  if (text.includes("\0") || (/[\ud800-\udfff]/.test(text) && SURROGATE().test(text))) return undefined;
  let at = 0;
  let depth = 0;

  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || pattern.lastIndex === at) return undefined;
    at = pattern.lastIndex;
    return match;
  };
  const skipGap = (): void => void take(depth === 0 ? GAP : WIDE_GAP);
  const skip = (character: string): boolean => {
    if (text.charAt(at) !== character) return false;
    at++;
    skipGap();
    return true;
  };

  /** Items up to the closing bracket; undefined when one is no literal. */
  const items = (closing: string): { readonly values: Json[]; readonly comma: boolean } | undefined => {
    const values: Json[] = [];
    let comma = false;
    while (text.charAt(at) !== closing) {
      if (values.length > 0 && !comma) return undefined;
      const value = item();
      if (value === undefined) return undefined;
      values.push(value);
      comma = skip(",");
    }
    return { values, comma };
  };

  const bracketed = <Result>(closing: string, read: () => Result | undefined): Result | undefined => {
    at++;
    if (++depth > DEEPEST) return undefined;
    skipGap();
    const result = read();
    if (result === undefined || text.charAt(at) !== closing) return undefined;
    at++;
    depth--;
    skipGap();
    return result;
  };

  const inParentheses = (): Json | undefined =>
    bracketed(")", () => {
      const found = items(")");
      if (found === undefined) return undefined;
      return found.values.length === 1 && !found.comma ? found.values[0] : tuple(found.values);
    });

  const members = (first: Json): JsonObject | undefined => {
    const object: JsonObject = {};
    let key: Json | undefined = first;
    for (;;) {
      if (key === undefined || !isHashable(key) || !skip(":")) return undefined;
      const value = item();
      if (value === undefined) return undefined;
      set(object, keyText(key), value);
      if (!skip(",") || text.charAt(at) === "}") return object;
      key = item();
    }
  };

  const inBraces = (): Json | undefined =>
    bracketed("}", (): Json | undefined => {
      if (text.charAt(at) === "}") return {};
      const first = item();
      if (first === undefined) return undefined;
      if (text.charAt(at) === ":") return members(first);
      const values = [first];
      if (skip(",")) {
        const rest = items("}");
        if (rest === undefined) return undefined;
        values.push(...rest.values);
      }
      return values.every(isHashable) ? unique(values) : undefined;
    });

  const number = (sign: string): Json | undefined => {
    const match = take(NUMBER);
    if (match === undefined) return undefined;
    skipGap();
    return numberValue(match, sign);
  };

  /** A number behind a sign, which may stand in parentheses. */
  const signed = (sign: string): Json | undefined => {
    if (text.charAt(at) !== "(") return number(sign);
    return bracketed(")", () => signed(sign));
  };

  const strings = (): string | undefined => {
    let joined: string | undefined;
    for (let match = take(STRING); match !== undefined; match = take(STRING)) {
      const inside = match[2] ?? match[3] ?? match[4] ?? match[5] ?? "";
      const value = match[1] === "r" || match[1] === "R" ? inside : unescape(inside);
      if (value === undefined) return undefined;
      joined = (joined ?? "") + value;
      skipGap();
    }
    return joined;
  };

  const item = (): Json | undefined => {
    switch (text.charAt(at)) {
      case "[":
        return bracketed("]", () => items("]")?.values);
      case "{":
        return inBraces();
      case "(":
        return inParentheses();
      case "-":
      case "+": {
        const sign = text.charAt(at++);
        skipGap();
        return signed(sign);
      }
    }
    const word = take(WORD());
    if (word !== undefined) {
      skipGap();
      return WORDS[word[0]];
    }
    if (take(SET) !== undefined) {
      skipGap();
      return text.charAt(at) === "("
        ? bracketed(")", (): Json | undefined => (text.charAt(at) === ")" ? [] : undefined))
        : undefined;
    }
    const numeric = number("");
    return numeric === undefined ? strings() : numeric;
  };

  take(LEAD);
  if (text.charAt(at) === " " || text.charAt(at) === "\t") return undefined;
  const first = item();
  if (first === undefined) return undefined;
  let result: Json = first;
  if (skip(",")) {
    const values: Json[] = [first];
    while (at < text.length && text.charAt(at) !== "\n" && text.charAt(at) !== "#") {
      const value = item();
      if (value === undefined) return undefined;
      values.push(value);
      if (!skip(",")) break;
    }
    result = tuple(values);
  }
  TAIL.lastIndex = at;
  // A line that ends in a backslash goes on, and must.
  return TAIL.test(text) && !(at === text.length && text.endsWith("\\\n")) ? result : undefined;
}

function numberValue(match: RegExpExecArray, sign: string): Json | undefined {
  const digits = match[0].replaceAll("_", "");
  if (match[2] !== undefined) return float(sign === "-" ? -Number(digits) : Number(digits));
  if (match[3] !== undefined && digits.length > LONGEST) return undefined;
  if (digits.length < 16) {
    const value = Number(digits.toLowerCase());
    return sign === "-" ? 0 - value : value;
  }
  const value = BigInt(digits.toLowerCase());
  return integer(sign === "-" ? -value : value);
}

function isHashable(value: Json): boolean {
  if (Array.isArray(value)) return value instanceof Tuple && value.every((part: Json) => isHashable(part));
  return !isJsonObject(value);
}

function unique(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

/** A key as Python's `json.dumps` writes it. */
function keyText(key: Json): string {
  if (typeof key === "string") return key;
  if (key === null) return "null";
  return typeof key === "boolean" ? String(key) : repr(key);
}
