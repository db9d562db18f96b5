import { identifier, unicodePattern } from "../text/unicode.ts";
import { float, integer } from "../../json/value.ts";
import { SyntaxFailure } from "../failure.ts";
import { unescape } from "../text/escapes.ts";
import { SPACE, stripEnd } from "../text/whitespace.ts";
import type { Operator, Token } from "./token.ts";

const OPENING = /\{[{%#]/g;
const RAW_BEGIN = new RegExp(`\\{%[-+]?[${SPACE}]*raw[${SPACE}]*(?:-%\\}[${SPACE}]*|%\\})`, "y");
const RAW_END = new RegExp(`\\{%([-+]?)[${SPACE}]*endraw[${SPACE}]*(?:\\+%\\}|-%\\}[${SPACE}]*|%\\})`, "g");
const COMMENT_END = new RegExp(`-#\\}[${SPACE}]*|\\+?#\\}`, "g");
const BLOCK_END = new RegExp(`-%\\}[${SPACE}]*|\\+?%\\}`, "y");
const VARIABLE_END = new RegExp(`-\\}\\}[${SPACE}]*|\\}\\}`, "y");
const GAP = new RegExp(`[${SPACE}]+`, "y");
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = unicodePattern("[\\p{XIDC}\\p{N}]+", "uy");
const STRING = /'([^'\\]*(?:\\[^][^'\\]*)*)'|"([^"\\]*(?:\\[^][^"\\]*)*)"/y;
const OPERATOR = /\/\/|\*\*|[=!<>]=|[-+/*%~[\](){}><=.:|,;]/y;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The tokens of a template. Text comes without the white space that a neighbouring `-` takes away. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    OPENING.lastIndex = at;
    const opening = OPENING.exec(source);
    if (opening === null) {
      pushData(tokens, source.slice(at), at);
      break;
    }
    const start = opening.index;
    const sign = source.charAt(start + 2);
    const text = source.slice(at, start);
    pushData(tokens, sign === "-" ? stripEnd(text) : text, at);
    const inside = start + (sign === "-" || sign === "+" ? 3 : 2);
    if (opening[0] === "{#") at = skipComment(source, inside);
    else if (opening[0] === "{{") at = readTag(source, tokens, start, inside, "variable");
    else {
      const body = match(RAW_BEGIN, source, start);
      at = body === undefined ? readTag(source, tokens, start, inside, "block") : readRaw(source, tokens, body);
    }
  }
  tokens.push({ type: "eof", value: "", at: source.length });
  return tokens;
}

function pushData(tokens: Token[], value: string, at: number): void {
  if (value !== "") tokens.push({ type: "data", value, at });
}

function skipComment(source: string, at: number): number {
  if (at === source.length) return at; // as the reference has it: what is cut short by the end itself may stand
  COMMENT_END.lastIndex = at;
  if (!COMMENT_END.test(source)) throw new SyntaxFailure("Missing end of comment tag", at);
  return COMMENT_END.lastIndex;
}

function readRaw(source: string, tokens: Token[], at: number): number {
  if (at === source.length) return at;
  RAW_END.lastIndex = at;
  const end = RAW_END.exec(source);
  if (end === null) throw new SyntaxFailure("Missing end of raw directive", at);
  const text = source.slice(at, end.index);
  pushData(tokens, end[1] === "-" ? stripEnd(text) : text, at);
  return RAW_END.lastIndex;
}

function readTag(source: string, tokens: Token[], start: number, inside: number, kind: "block" | "variable"): number {
  tokens.push({ type: `${kind}_begin`, value: "", at: start });
  const end = kind === "block" ? BLOCK_END : VARIABLE_END;
  const open: string[] = [];
  let at = inside;
  for (;;) {
    const code = source.charCodeAt(at);
    if (code === 32) {
      at++;
      continue;
    }
    // An end tag counts only where no bracket is open, so that `{{ {'a': {}}}}` is whole.
    const mayEnd = open.length === 0 && (code === 125 || code === 37 || code === 45 || code === 43);
    const after = mayEnd ? match(end, source, at) : undefined;
    if (after !== undefined) {
      tokens.push({ type: `${kind}_end`, value: "", at });
      return after;
    }
    const gap = match(GAP, source, at);
    if (gap !== undefined) at = gap;
    else if (at >= source.length) return at;
    else {
      const [token, next] = readToken(source, at);
      balance(open, token);
      tokens.push(token);
      at = next;
    }
  }
}

function balance(open: string[], { type, at }: Token): void {
  const closing = CLOSING[type];
  if (closing !== undefined) open.push(closing);
  else if (type === ")" || type === "]" || type === "}") {
    const expected = open.pop();
    if (expected === undefined) throw new SyntaxFailure(`unexpected '${type}'`, at);
    if (expected !== type) throw new SyntaxFailure(`unexpected '${type}', expected '${expected}'`, at);
  }
}

/** The token at a place. The first character says which patterns may match. */
function readToken(source: string, at: number): [token: Token, next: number] {
  const code = source.charCodeAt(at);
  if (isLetter(code)) {
    let next = at + 1;
    while (isLetter(source.charCodeAt(next)) || isDigit(source.charCodeAt(next))) next++;
    if (!(source.charCodeAt(next) >= 128)) return [{ type: "name", value: source.slice(at, next), at }, next];
  }
  if (code === 39 || code === 34) {
    const next = match(STRING, source, at);
    if (next !== undefined)
      return [{ type: "string", value: stringValue(source.slice(at + 1, next - 1), at), at }, next];
  } else if (isDigit(code)) return readNumber(source, at);
  const next = match(OPERATOR, source, at);
  // The pattern takes operators only.
  if (next !== undefined) return [{ type: source.slice(at, next) as Operator, value: "", at }, next];
  return readName(source, at);
}

function readNumber(source: string, at: number): [token: Token, next: number] {
  const end = match(FLOAT, source, at);
  if (end !== undefined) {
    const value = float(Number(source.slice(at, end).replaceAll("_", "")));
    return [{ type: "float", value: "", number: value, at }, end];
  }
  const next = match(INTEGER, source, at) ?? at + 1;
  const digits = source.slice(at, next).replaceAll("_", "").toLowerCase();
  const value = digits.length < 16 ? Number(digits) : integer(BigInt(digits));
  return [{ type: "integer", value: "", number: value, at }, next];
}

function readName(source: string, at: number): [token: Token, next: number] {
  const next = match(NAME(), source, at);
  if (next === undefined) {
    throw new SyntaxFailure(`unexpected char '${String.fromCodePoint(source.codePointAt(at) ?? 0)}' at ${at}`, at);
  }
  const value = source.slice(at, next);
  if (!identifier().test(value)) throw new SyntaxFailure("Invalid character in identifier", at);
  return [{ type: "name", value, at }, next];
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function stringValue(inside: string, at: number): string {
  if (!inside.includes("\\")) return inside;
  // The reference spells a character beyond ASCII as an escape before it resolves them: after a backslash that shows.
  const spelled = inside.replace(/(\\*)([^\x00-\x7f])/gu, (whole, slashes: string, character: string) =>
    slashes.length % 2 === 0 ? whole : `${slashes}\\${spelling(character)}`,
  );
  const text = unescape(spelled);
  if (text === undefined) throw new SyntaxFailure("truncated or unknown escape in a string", at);
  return text;
}

function spelling(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `u${hex.padStart(4, "0")}` : `U${hex.padStart(8, "0")}`;
}

/** Where the pattern's match from `at` ends, undefined where there is none. */
function match(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(source) && pattern.lastIndex > at ? pattern.lastIndex : undefined;
}
