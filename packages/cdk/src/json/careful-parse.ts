import { JsonError } from "./json-error.ts";
import { Float, float, integer, set, type Json, type JsonObject } from "./value.ts";

const DEEPEST = 1000;
const LONG = 4096;
const SLICE = 13; // a shorter piece of a text is a copy in V8, a longer one keeps the whole text alive
const LITERALS: readonly (readonly [string, Json])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", new Float(NaN)],
  ["Infinity", new Float(Infinity)],
  ["-Infinity", new Float(-Infinity)],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

// The text and the place in it. One parse is one synchronous call, so these need no owner; a closure per parse is slower.
let text = "";
let at = 0;
let depth = 0;
let isLong = false;

/** Our own parser: keeps what `JSON.parse` loses, accepts what Python accepts, and fails with Python's words. */
export function parseCarefully(source: string): Json {
  text = source;
  at = 0;
  depth = 0;
  isLong = text.length > LONG;
  try {
    if (text.charCodeAt(0) === 0xfeff) throw fault("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
    blank();
    const result = value();
    blank();
    if (at < text.length) throw fault("Extra data", at);
    return result;
  } finally {
    text = "";
  }
}

function fault(problem: string, position: number): JsonError {
  return new JsonError(problem, text, position);
}

function blank(): void {
  for (;;) {
    const c = text.charCodeAt(at);
    if (c === 32 || c === 10 || c === 13 || c === 9) at++;
    else return;
  }
}

function value(): Json {
  const c = text.charCodeAt(at);
  if (c === 34) return string();
  if (c === 123) return object();
  if (c === 91) return list();
  if ((c >= 48 && c <= 57) || c === 45) return number(c);
  return literal();
}

function literal(): Json {
  for (const [word, meaning] of LITERALS) {
    if (text.startsWith(word, at)) {
      at += word.length;
      return meaning;
    }
  }
  throw fault("Expecting value", at);
}

function object(): JsonObject {
  const start = at++;
  if (++depth > DEEPEST) throw fault("Nested deeper than 1,000 levels", start);
  const result: JsonObject = {};
  let plain = true;
  blank();
  if (text.charCodeAt(at) === 125) {
    at++;
    depth--;
    return result;
  }
  for (;;) {
    if (text.charCodeAt(at) !== 34) throw fault("Expecting property name enclosed in double quotes", at);
    const name = key();
    blank();
    if (text.charCodeAt(at) !== 58) throw fault("Expecting ':' delimiter", at);
    at++;
    blank();
    const member = value();
    const first = name.charCodeAt(0);
    if (plain && ((first >= 48 && first <= 57) || name === "__proto__")) plain = false;
    if (plain) result[name] = member;
    else set(result, name, member);
    blank();
    const c = text.charCodeAt(at);
    if (c === 125) break;
    if (c !== 44) throw fault("Expecting ',' delimiter", at);
    at++;
    blank();
  }
  at++;
  depth--;
  return result;
}

function list(): Json[] {
  const start = at++;
  if (++depth > DEEPEST) throw fault("Nested deeper than 1,000 levels", start);
  const result: Json[] = [];
  blank();
  if (text.charCodeAt(at) === 93) {
    at++;
    depth--;
    return result;
  }
  for (;;) {
    result.push(value());
    blank();
    const c = text.charCodeAt(at);
    if (c === 93) break;
    if (c !== 44) throw fault("Expecting ',' delimiter", at);
    at++;
    blank();
  }
  at++;
  depth--;
  return result;
}

function digits(): number {
  const start = at;
  for (let c = text.charCodeAt(at); c >= 48 && c <= 57; c = text.charCodeAt(++at));
  return at - start;
}

function number(first: number): Json {
  const start = at;
  if (first === 45) at++;
  if (text.charCodeAt(at) === 48) at++;
  else if (digits() === 0) {
    at = start;
    return literal();
  }
  const whole = at;
  let isFloat = false;
  if (text.charCodeAt(at) === 46) {
    at++;
    if (digits() > 0) isFloat = true;
    else at = whole;
  }
  if ((text.charCodeAt(at) | 32) === 101) {
    const mantissa = at++;
    const sign = text.charCodeAt(at);
    if (sign === 43 || sign === 45) at++;
    if (digits() > 0) isFloat = true;
    else at = mantissa;
  }
  const token = text.slice(start, at);
  if (isFloat) return float(Number(token));
  if (at - start < 16) return Number(token) + 0;
  return integer(BigInt(token));
}

function string(): string {
  const start = at++;
  let from = at;
  let result = "";
  for (;;) {
    const c = text.charCodeAt(at);
    if (c === 34) break;
    if (c === 92) {
      result += text.slice(from, at) + escape(start);
      from = at;
    } else if (c >= 32) at++;
    else if (at < text.length) throw fault("Invalid control character at", at);
    else throw fault("Unterminated string starting at", start);
  }
  result += text.slice(from, at++);
  // A copy: one value that is kept must not keep a page in memory.
  return isLong && result.length >= SLICE ? ` ${result}`.slice(1) : result;
}

// The same keys come again and again: one that is known need not be made, nor be looked up by the engine.
const known = new Array<string>(1024).fill("");

function key(): string {
  const start = at + 1;
  let hash = 0;
  let end = start;
  for (let c = text.charCodeAt(end); c !== 34; c = text.charCodeAt(++end)) {
    if (!(c >= 32) || c === 92) return string();
    hash = (Math.imul(hash, 31) + c) | 0;
  }
  at = end + 1;
  const slot = hash & 1023;
  const before = known[slot]!;
  if (before.length === end - start && text.startsWith(before, start)) return before;
  return (known[slot] = text.slice(start, end));
}

function escape(start: number): string {
  const c = text.charAt(at + 1);
  if (c === "") throw fault("Unterminated string starting at", start);
  if (c === "u") {
    const code = text.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(code) || at + 6 >= text.length) throw fault("Invalid \\uXXXX escape", at + 1);
    at += 6;
    return String.fromCharCode(parseInt(code, 16));
  }
  const meaning = ESCAPES[c];
  if (meaning === undefined) throw fault("Invalid \\escape", at);
  at += 2;
  return meaning;
}
