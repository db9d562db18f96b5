import type { Json } from "../json/value.ts";
import type { Places } from "./places.ts";

/** The text being read, and how far. */
export interface Reading {
  readonly text: string;
  /** Offset of what is read next. */
  at: number;
  /** Offset at which its line starts. */
  line: number;
  /** Whether a block collection may start here: before it on its line stand only white space, "- " and "? ". */
  fresh: boolean;
  /** Whether the scalar read last was written in quotes, or as a block. */
  quoted: boolean;
  depth: number;
  /** How many values the aliases stand for so far. */
  aliased: number;
  readonly sizes: Map<object, number>;
  /** What the anchors name; undefined while it is being read. */
  readonly anchors: Map<string, Json | undefined>;
  readonly places: Places | undefined;
}

/** A text that is no YAML, and where. */
export class YamlFault extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const DEEPEST = 1000;
/** How far a key's colon may be from its start. */
export const LONGEST_KEY = 1024;

export const column = (reading: Reading): number => reading.at - reading.line;

export const ended = (reading: Reading): boolean => reading.at >= reading.text.length;

export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** White space, a line break, or the end of the text (where `charCodeAt` gives NaN). */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || isBreak(code) || Number.isNaN(code);
}

/** Whether the character here, and a blank after it, stand here: "- ", "? ", ": ". */
export function isIndicator(reading: Reading, code: number): boolean {
  return reading.text.charCodeAt(reading.at) === code && isBlank(reading.text.charCodeAt(reading.at + 1));
}

/** Goes past white space, line breaks, comments, and a byte order mark alone on its line. A tab may stand where it cannot be taken for indentation. */
export function skip(reading: Reading, flow: boolean): void {
  const { text } = reading;
  let at = reading.at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32) at++;
    else if (code === 10) {
      at++;
      reading.line = at;
      reading.fresh = true;
    } else if (code === 35) at = endOfLine(text, at);
    else if (code === 9 && (flow || !reading.fresh)) at++;
    else if (isBreak(code)) {
      at = afterBreak(text, at);
      reading.line = at;
      reading.fresh = true;
    } else if (code === 0xfeff && at === reading.line && isBlank(text.charCodeAt(at + 1))) at++;
    else break;
  }
  reading.at = at;
}

export function afterBreak(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

export function endOfLine(text: string, at: number): number {
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** Goes one level deeper; who calls it comes back by `depth--`. */
export function enter(reading: Reading): void {
  reading.depth++;
  if (reading.depth > DEEPEST) throw new YamlFault(`Nested deeper than ${DEEPEST} levels.`, reading.at);
}
