import { afterBreak, isBreak, YamlFault, type Reading } from "./reading.ts";
import { fold, readBreaks } from "./plain.ts";

/** A scalar in single or double quotes. */
export function readQuoted(reading: Reading): string {
  const { text } = reading;
  const opening = reading.at;
  const double = text.charCodeAt(opening) === 34;
  let whole = "";
  let at = opening + 1;
  let from = at;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === (double ? 34 : 39)) {
      if (double || text.charCodeAt(at + 1) !== 39) break;
      whole += text.slice(from, at + 1);
      from = at += 2;
    } else if (double && code === 92) {
      whole += text.slice(from, at);
      reading.at = at;
      whole += readEscape(reading);
      from = at = reading.at;
    } else if (isBreak(code)) {
      whole += withoutTrailingBlanks(text, from, at);
      reading.at = at;
      whole += fold(readBreaks(reading, -1));
      from = at = reading.at;
    } else if (Number.isNaN(code)) throw new YamlFault("This quote is never closed.", opening);
    else at++;
  }
  reading.at = at + 1;
  return whole === "" ? text.slice(from, at) : whole + text.slice(from, at);
}

// Blanks before a line break are no part of the text; those that an escape made, which lie before `from`, are.
function withoutTrailingBlanks(text: string, from: number, to: number): string {
  while (to > from && (text.charCodeAt(to - 1) === 32 || text.charCodeAt(to - 1) === 9)) to--;
  return text.slice(from, to);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "\\": "\\",
  "/": "/",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(reading: Reading): string {
  const { text, at } = reading;
  const letter = text[at + 1] ?? "";
  if (isBreak(letter.charCodeAt(0))) {
    reading.at = reading.line = afterBreak(text, at + 1);
    const more = readBreaks(reading, -1);
    while (text.charCodeAt(reading.at) === 32 || text.charCodeAt(reading.at) === 9) reading.at++;
    return more;
  }
  const length = LENGTHS[letter];
  if (length !== undefined) {
    const digits = text.slice(at + 2, at + 2 + length);
    const code = Number.parseInt(digits, 16);
    if (!/^[0-9a-f]+$/i.test(digits) || digits.length !== length || code > 0x10ffff) {
      throw new YamlFault(`\\${letter} must be followed by ${length} hexadecimal digits.`, at);
    }
    reading.at = at + 2 + length;
    return String.fromCodePoint(code);
  }
  const value = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  if (value === undefined) {
    throw new YamlFault(`There is no escape \\${letter}; in single quotes a backslash stands for itself.`, at);
  }
  reading.at = at + 2;
  return value;
}
