/** What Python's `str.isspace` takes, for a character class of a regular expression. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const leading = new RegExp(`^[${SPACE}]+`);
const trailing = new RegExp(`[${SPACE}]+$`);

export function stripStart(text: string): string {
  return spaceAt(text, 0) ? text.replace(leading, "") : text;
}

export function stripEnd(text: string): string {
  return spaceAt(text, text.length - 1) ? text.slice(0, endOfText(text)) : text;
}

export function strip(text: string): string {
  return stripStart(stripEnd(text));
}

export function isSpace(text: string): boolean {
  return text !== "" && endOfText(text) === 0;
}

/** The words between white space, as `str.split()` gives them. */
export function words(text: string): string[] {
  return text.match(wordPattern) ?? [];
}

const wordPattern = new RegExp(`[^${SPACE}]+`, "g");

/** Lines as `str.splitlines` cuts them, each with its end where `keepEnds` says so. */
export function splitLines(text: string, keepEnds = false): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/g)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** Counted by hand: a pattern anchored at the end would try every run of spaces on the way. */
function endOfText(text: string): number {
  let end = text.length;
  while (end > 0 && spaceAt(text, end - 1)) end--;
  return end;
}

function spaceAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return trailing.test(text.charAt(index));
}
