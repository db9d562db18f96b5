import type { Json } from "../json/value.ts";
import { LONGEST_KEY } from "./reading.ts";
import { noValue, plainScalar } from "./scalar.ts";

// The lines that nearly all of a manifest consists of, each recognised by one expression: it is several times faster than
// going by characters. They see as far as the next line's first word, to know that no scalar goes on there.
const PLAIN = String.raw`[A-Za-z0-9/.$(_=~+](?:(?:[^:#\n\r\t\x85\u2028\u2029]|:(?=\S))*[^\s:#])?`;
const SCALAR = String.raw`(${PLAIN}|"[^"\\\n\r\x85\u2028\u2029]*"|'[^'\n\r\x85\u2028\u2029]*')`;
const NEXT = String.raw`\n( *)(?=[^\s#])`;
const MEMBER = new RegExp(String.raw`([A-Za-z$][\w$.-]*):(?: ${SCALAR})?${NEXT}`, "y");
const ITEM = new RegExp(`- ${SCALAR}${NEXT}`, "y");

/** A line that is a whole member, or the key of one. */
export interface MemberLine {
  readonly length: number;
  readonly key: string;
  /** Its value where the line holds it. */
  readonly scalar: string | undefined;
  /** The indentation of the next line. */
  readonly next: number;
}

export function memberLine(text: string, at: number): MemberLine | undefined {
  MEMBER.lastIndex = at;
  const found = MEMBER.exec(text);
  return found === null || found[1]!.length > LONGEST_KEY
    ? undefined
    : { length: found[0].length, key: found[1]!, scalar: found[2], next: found[3]!.length };
}

/** A line that is a whole item of a list. */
export interface ItemLine {
  readonly length: number;
  readonly scalar: string;
  readonly next: number;
}

export function itemLine(text: string, at: number): ItemLine | undefined {
  ITEM.lastIndex = at;
  const found = ITEM.exec(text);
  return found === null ? undefined : { length: found[0].length, scalar: found[1]!, next: found[2]!.length };
}

/** The value of a scalar that stands on one line. */
export function lineScalar(scalar: string, at: number): Json {
  const first = scalar.charCodeAt(0);
  if (scalar === "=") throw noValue(scalar, at);
  return first === 34 || first === 39 ? scalar.slice(1, -1) : plainScalar(scalar, at);
}
