// What JSON.parse would lose.

import { DEEPEST, IN, bad, blank, depth, flags, isDigit, keyNeedsCare, number, run, u } from "./grammar";

const TEXT: usize = 0x220000;

export let inside: i32 = 0; // the piece ended inside a string

/** Makes bytes of the UTF-16 text at TEXT; what is beyond Latin-1 becomes a byte that means nothing. */
function narrow(length: i32): void {
  const most = i16x8.splat(255);
  for (let k: usize = 0; k < <usize>length; k += 16) {
    const a = i16x8.min_u(v128.load(TEXT + 2 * k), most);
    const b = i16x8.min_u(v128.load(TEXT + 2 * k, 16), most);
    v128.store(IN + k, i8x16.narrow_i16x8_u(a, b));
  }
  for (let k: usize = 0; k < 64; k += 16) v128.store(IN + length + k, i8x16.splat(0));
}

/** The quote that ends a string, or the control character that stands in it. */
function stringEnd(i: usize): usize {
  i = run(i);
  while (u(i) == 92) i = run(i + 2);
  return i;
}

/**
 * Whether JSON.parse would lose something of the piece of a text at TEXT, or refuse what Python takes. No check of the grammar.
 * A piece ends behind a comma or the text's end, else not behind a backslash; `inside` and `depth` go on from piece to piece.
 */
export function lossy(length: i32, last: i32): bool {
  narrow(length);
  let i = IN;
  const end = IN + length;
  flags = 0;
  bad = 0;
  if (inside) {
    i = stringEnd(i);
    if (i >= end) return false;
    if (u(i++) != 34) return true;
    inside = 0;
  }
  for (;;) {
    const c = u(i);
    if (c == 34) {
      const from = i + 1;
      i = run(from);
      if (u(i) == 92) i = stringEnd(i);
      if (u(i) != 34) {
        inside = 1;
        return i < end; // a control character
      }
      i++;
      if ((isDigit(u(from)) || u(from) == 92) && u(blank(i)) == 58 && keyNeedsCare(from, i - 1)) return true;
    } else if (c == 45 || isDigit(c)) {
      i = number(i);
      if (flags || bad || (i >= end && !last)) return true;
    } else if (c == 123 || c == 91) {
      if (++depth > DEEPEST) return true;
      i++;
    } else if (c == 125 || c == 93) {
      depth--;
      i++;
    } else if (c == 0) {
      return i < end;
    } else if (c == 78 || c == 73) {
      return true; // NaN, Infinity
    } else i++;
  }
  return false;
}
