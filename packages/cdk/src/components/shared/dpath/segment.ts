import { Float, type Json } from "../../../json/value.ts";

/** One part of a path: which members of an object, and which items of a list, it stands for. */
export interface Segment {
  /** The one key that it can match, where it is no pattern. */
  readonly key: string | undefined;
  readonly any: boolean;
  matchesKey(key: string): boolean;
  matchesIndex(index: number, length: number): boolean;
}

/** `**`: any number of parts. */
export const ANY_DEPTH: unique symbol = Symbol("**");

/** A part of a path as dpath reads it: a text is a glob, and may be an index; any other value is at most an index. */
export function segment(source: Json): Segment | typeof ANY_DEPTH {
  if (source === "**") return ANY_DEPTH;
  const index = indexOf(source);
  const pattern = typeof source === "string" && /[*?[]/.test(source) ? globPattern(source) : undefined;
  return {
    key: typeof source === "string" && pattern === undefined ? source : undefined,
    any: source === "*",
    matchesKey: (key) => (pattern === undefined ? key === source : pattern.test(key)),
    matchesIndex: (at, length) =>
      index === undefined ? (pattern?.test(String(at)) ?? false) : at === index || at === length + index,
  };
}

/** What Python's `int()` makes of it. */
function indexOf(source: Json): number | undefined {
  if (typeof source === "number") return Math.trunc(source);
  if (typeof source === "boolean") return Number(source);
  if (source instanceof Float && Number.isFinite(source.value)) return source.value;
  return typeof source === "string" && /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(source)
    ? Number(source.replaceAll("_", ""))
    : undefined;
}

/** The pattern of a glob, as Python's `fnmatch` reads it. */
function globPattern(glob: string): RegExp {
  let pattern = "";
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === "*") pattern += ".*";
    else if (character === "?") pattern += ".";
    else if (character === "[") {
      const end = classEnd(glob, at + 1);
      if (end < 0) pattern += "\\[";
      else {
        pattern += characterClass(glob.slice(at + 1, end));
        at = end;
      }
    } else pattern += character.replace(/[\\^$.|+(){}\]/-]/, "\\$&");
  }
  return new RegExp(`^${pattern}$`, "su");
}

/** Where a class ends; a bracket that comes first in it is one of its characters. */
function classEnd(glob: string, from: number): number {
  if (glob.charAt(from) === "!") from++;
  if (glob.charAt(from) === "]") from++;
  return glob.indexOf("]", from);
}

function characterClass(text: string): string {
  const negated = text.startsWith("!");
  const parts: string[] = [];
  const characters = Array.from(negated ? text.slice(1) : text);
  for (let i = 0; i < characters.length; i++) {
    const first = characters[i]!;
    const last = characters[i + 2];
    if (characters[i + 1] !== "-" || last === undefined) {
      parts.push(codePoint(first));
      continue;
    }
    i += 2;
    if (first <= last) parts.push(`${codePoint(first)}-${codePoint(last)}`); // a range the wrong way round is empty
  }
  if (parts.length === 0) return negated ? "." : "(?!)";
  return `[${negated ? "^" : ""}${parts.join("")}]`;
}

const codePoint = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;
