import type { Scanner } from "./scanner.ts";

/** Where rows begin, in a list or as one object; "more" bytes are needed to tell; or only a parse of the "whole" body can. */
type Start = { readonly at: number; readonly single: boolean } | "more" | "whole";

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const LIST = 91;
const OBJECT = 123;

/** Walks down the path to the rows, in the bytes that the scanner has loaded. */
export function findRows(bytes: Buffer, path: readonly string[], scanner: Scanner): Start {
  let at = skipBlank(bytes, skipMark(bytes));
  for (const name of path) {
    if (at === bytes.length) return "more";
    if (bytes[at] !== OBJECT) return "whole";
    const member = findMember(bytes, at, name, scanner);
    if (typeof member === "string") return member;
    at = member;
  }
  if (at === bytes.length) return "more";
  if (bytes[at] === OBJECT) return { at, single: true };
  return bytes[at] === LIST ? { at: at + 1, single: false } : "whole";
}

/** Where the value of this member begins. What is no JSON is left to the parse, which says where it is wrong. */
function findMember(bytes: Buffer, object: number, name: string, scanner: Scanner): number | "more" | "whole" {
  for (let before = object; ;) {
    const key = skipBlank(bytes, before + 1);
    if (key === bytes.length) return "more";
    if (bytes[key] !== QUOTE) return "whole";
    const keyEnd = scanner.skip(key);
    if (typeof keyEnd === "string") return keyEnd === "more" ? "more" : "whole";
    const colon = skipBlank(bytes, keyEnd);
    if (colon === bytes.length) return "more";
    if (bytes[colon] !== COLON) return "whole";
    const value = skipBlank(bytes, colon + 1);
    if (JSON.parse(bytes.toString("utf8", key, keyEnd)) === name) return value;
    const end = scanner.skip(value);
    if (typeof end === "string") return end === "more" ? "more" : "whole";
    before = skipBlank(bytes, end);
    if (before === bytes.length) return "more";
    if (bytes[before] !== COMMA) return "whole";
  }
}

/** Behind a byte order mark. */
export function skipMark(bytes: Buffer): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** The first place from `at` on that is no white space. */
function skipBlank(bytes: Buffer, at: number): number {
  for (let c = bytes[at]; c === 32 || c === 10 || c === 13 || c === 9; c = bytes[++at]);
  return at;
}
