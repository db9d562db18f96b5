import { IN, memoryFor, TEXT } from "./memory.ts";

const PIECE = 65536;
const BACKSLASH = 92;

/**
 * Whether `JSON.parse` would lose something of this text (an integer of 16 digits, a float that is integral, the place of a
 * key of digits), refuse what Python takes (NaN), or nest deeper than 1,000 levels. Says yes too often rather than too
 * seldom. No check of the grammar.
 */
export function isLossy(text: string): boolean {
  const { scan, bytes } = memoryFor(TEXT - IN + 2 * PIECE);
  scan.inside.value = 0;
  scan.depth.value = 0;
  for (let from = 0; from < text.length;) {
    const to = pieceEnd(text, from);
    if (to === from) return true;
    bytes.write(from === 0 && to === text.length ? text : text.slice(from, to), TEXT, "utf16le");
    if (scan.lossy(to - from, to === text.length ? 1 : 0) !== 0) return true;
    from = to;
  }
  return false;
}

/** Behind a comma where there is one, so that no number and no key is cut; never behind a backslash (`from` then). */
function pieceEnd(text: string, from: number): number {
  let end = from + PIECE;
  if (end >= text.length) return text.length;
  const comma = text.lastIndexOf(",", end - 1);
  if (comma >= from) return comma + 1;
  while (end > from && text.charCodeAt(end - 1) === BACKSLASH) end--;
  return end;
}
