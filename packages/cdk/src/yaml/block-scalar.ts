import { afterBreak, column, endOfLine, ended, isBreak, YamlFault, type Reading } from "./reading.ts";

const HEADER = /[|>](?:([+-])([1-9])?|([1-9])([+-])?)?(?=[ \t\r\n\x85\u2028\u2029#]|$)/y;

/** A literal (`|`) or folded (`>`) scalar; its lines stand right of `parent`. */
export function readBlockScalar(reading: Reading, parent: number): string {
  const { text } = reading;
  const folded = text.charCodeAt(reading.at) === 62;
  const [chomping, indicated] = readHeader(reading);

  const least = Math.max(parent + 1, 1);
  let breaks: string;
  let indent: number;
  if (indicated === undefined) {
    const found = findIndent(reading);
    indent = Math.max(least, found.indent);
    breaks = found.breaks;
  } else {
    indent = least + indicated - 1;
    breaks = readEmptyLines(reading, indent);
  }

  let whole = "";
  let lineBreak = "";
  while (column(reading) === indent && !ended(reading)) {
    whole += breaks;
    const start = reading.at;
    const spaced = isSpace(text.charCodeAt(start));
    reading.at = endOfLine(text, start);
    whole += text.slice(start, reading.at);
    lineBreak = readBreak(reading);
    breaks = readEmptyLines(reading, indent);
    if (column(reading) !== indent || ended(reading)) break;
    if (!folded || lineBreak !== "\n" || spaced || isSpace(text.charCodeAt(reading.at))) whole += lineBreak;
    else if (breaks === "") whole += " ";
  }
  if (chomping !== "-") whole += lineBreak;
  if (chomping === "+") whole += breaks;
  reading.fresh = true;
  return whole;
}

function readHeader(reading: Reading): [chomping: string | undefined, indent: number | undefined] {
  const { text, at } = reading;
  HEADER.lastIndex = at;
  const header = HEADER.exec(text);
  if (header === null)
    throw new YamlFault(`After ${text[at]!} may stand + or - and a digit, and then the line ends.`, at);
  const digit = header[2] ?? header[3];
  let after = at + header[0].length;
  while (isSpace(text.charCodeAt(after))) after++;
  if (text.charCodeAt(after) === 35) after = endOfLine(text, after);
  reading.at = after;
  if (!ended(reading) && !isBreak(text.charCodeAt(after))) {
    throw new YamlFault(`The text of a ${text[at]!} block starts on the next line.`, after);
  }
  readBreak(reading);
  return [header[1] ?? header[4], digit === undefined ? undefined : Number(digit)];
}

/** The indentation of the first line with text, or of the longest of the empty ones before it. */
function findIndent(reading: Reading): { indent: number; breaks: string } {
  const { text } = reading;
  let indent = 0;
  let breaks = "";
  for (;;) {
    while (text.charCodeAt(reading.at) === 32) reading.at++;
    indent = Math.max(indent, column(reading));
    if (text.charCodeAt(reading.at) === 9 && column(reading) === 0) {
      throw new YamlFault("A tab cannot indent; use spaces.", reading.at);
    }
    const lineBreak = readBreak(reading);
    if (lineBreak === "") return { indent, breaks };
    breaks += lineBreak;
  }
}

function readEmptyLines(reading: Reading, indent: number): string {
  let breaks = "";
  for (;;) {
    while (column(reading) < indent && reading.text.charCodeAt(reading.at) === 32) reading.at++;
    const lineBreak = readBreak(reading);
    if (lineBreak === "") return breaks;
    breaks += lineBreak;
  }
}

function readBreak(reading: Reading): string {
  const code = reading.text.charCodeAt(reading.at);
  if (!isBreak(code)) return "";
  reading.at = reading.line = afterBreak(reading.text, reading.at);
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : "\n";
}

const isSpace = (code: number): boolean => code === 32 || code === 9;
