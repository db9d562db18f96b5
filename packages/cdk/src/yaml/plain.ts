import { afterBreak, isBlank, isBreak, YamlFault, type Reading } from "./reading.ts";

/**
 * An unquoted scalar, lines folded into one. Lines that stand left of `indent` belong to it no more. White space after it
 * is read too: on its last, empty lines tabs may stand, and only there.
 */
export function readPlain(reading: Reading, indent: number, flow: boolean): string {
  const { text } = reading;
  checkStart(reading, flow);
  const start = reading.at;
  let end = wordsEnd(text, start, flow);
  reading.at = end;
  if (!goesOn(text, end, indent, flow)) return text.slice(start, end);

  let whole = text.slice(start, end);
  for (;;) {
    const breaks = readBreaks(reading, flow ? -1 : indent);
    const next = breaks === "" ? end : wordsEnd(text, reading.at, flow);
    const outside = !flow && reading.at - reading.line < indent;
    if (breaks === "" || outside || next === reading.at || text.charCodeAt(reading.at) === 35) {
      reading.fresh = breaks !== "";
      return whole;
    }
    whole += fold(breaks) + text.slice(reading.at, next);
    reading.at = end = next;
  }
}

const BLANK = String.raw` \t\n\r\x85\u2028\u2029`;
const INNER = String.raw`,\[\]{}`;
const BLOCK_WORDS = new RegExp(
  `(?:[ \\t]*(?:[^${BLANK}:#]|:(?![${BLANK}]|$))(?:[^${BLANK}:]|:(?![${BLANK}]|$))*)*`,
  "y",
);
const FLOW_WORDS = new RegExp(
  `(?:[ \\t]*(?:[^${BLANK}${INNER}:#]|:(?![${BLANK}${INNER}]|$))(?:[^${BLANK}${INNER}:]|:(?![${BLANK}${INNER}]|$))*)*`,
  "y",
);

/** Where the words of an unquoted scalar end on this line: before `: `, ` #`, or a bracket of a flow collection. */
export function wordsEnd(text: string, start: number, flow: boolean): number {
  const words = flow ? FLOW_WORDS : BLOCK_WORDS;
  words.lastIndex = start;
  words.test(text);
  return words.lastIndex;
}

/** Reads line breaks and the white space around them. Gives the breaks, "" where there are none. */
export function readBreaks(reading: Reading, indent: number): string {
  const { text } = reading;
  let breaks = "";
  let at = reading.at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isBreak(code)) {
      breaks += code === 0x2028 || code === 0x2029 ? text[at]! : "\n";
      at = afterBreak(text, at);
      reading.line = at;
    } else if (code === 9 && breaks !== "" && at - reading.line < indent) {
      throw new YamlFault("A tab cannot indent; use spaces.", at);
    } else if (code === 32 || code === 9) at++;
    else break;
  }
  if (breaks !== "") reading.at = at;
  return breaks;
}

/** One break between lines is a space; of several the first vanishes. */
export function fold(breaks: string): string {
  if (breaks[0] !== "\n") return breaks;
  return breaks.length === 1 ? " " : breaks.slice(1);
}

/** A quick look at the next line, which mostly stands too far left to belong to the scalar. */
function goesOn(text: string, end: number, indent: number, flow: boolean): boolean {
  if (flow || text.charCodeAt(end) !== 10) return true;
  let at = end + 1;
  while (text.charCodeAt(at) === 32) at++;
  const code = text.charCodeAt(at);
  return at - end - 1 >= indent || code === 9 || isBreak(code);
}

function checkStart(reading: Reading, flow: boolean): void {
  const first = reading.text[reading.at]!;
  if (!"-?:,[]{}#&*!|>'\"%@`\t".includes(first)) return;
  const next = reading.text.charCodeAt(reading.at + 1);
  if (!isBlank(next) && (first === "-" || (!flow && (first === "?" || first === ":")))) return;
  throw new YamlFault(
    first === "\t" ? "A tab cannot indent; use spaces." : `A text cannot start with ${first} unless it is quoted.`,
    reading.at,
  );
}
