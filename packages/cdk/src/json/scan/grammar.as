// Strings, numbers and values, by the whole grammar of JSON; Python's NaN and Infinity are numbers too.

export const IN: usize = 0x200000;
const ZERO: usize = 0x14000;
const CUTS: usize = 0xa0000;
const MAX_CUTS: i32 = 131072;
export const DEEPEST: i32 = 1000;

// flags of a row
export const ODD: i32 = 1; // cannot be printed as it stands
export const CARE: i32 = 2; // JSON.parse would lose something
export const OTHER: i32 = 4; // no object
export const EMPTY: i32 = 8; // {}

export let bad: usize = 0; // the first wrong byte; at or behind the end it means more bytes are needed
export let cutCount: i32 = 0;
export let depth: i32 = 0;
export let flags: i32 = 0;
export let full: bool = false; // no room for a cut
export let lines: bool = false; // a newline is no white space

@inline
export function u(i: usize): u32 {
  return load<u8>(i);
}

export function wrong(i: usize): usize {
  if (!bad) bad = i;
  return ZERO;
}

@inline
export function cut(from: usize, to: usize): void {
  if (cutCount == MAX_CUTS) {
    full = true;
    return;
  }
  store<u32>(CUTS + 8 * cutCount, <u32>(from - IN));
  store<u32>(CUTS + 8 * cutCount + 4, <u32>(to - IN));
  cutCount++;
}

export function blank(i: usize): usize {
  for (;;) {
    const c = u(i);
    if (c != 32 && c != 10 && c != 13 && c != 9) return i;
    i++;
  }
  return i;
}

function gap(i: usize): usize {
  const to = blank(i);
  if (lines) for (let p = i; p < to; p++) if (u(p) == 10) return wrong(p);
  if (to > i) cut(i, to);
  return to;
}

@inline
export function space(i: usize): usize {
  return u(i) <= 32 ? gap(i) : i;
}

@inline
export function isDigit(c: u32): bool {
  return c - 48 <= 9;
}

@inline
function isHex(c: u32): bool {
  return isDigit(c) || (c | 32) - 97 < 6;
}

/** The rest of a string with escapes, byte by byte. */
export function rest(i: usize): usize {
  for (;;) {
    const c = u(i);
    if (c == 34) return i + 1;
    if (c < 32) return wrong(i);
    if (c != 92) {
      i++;
      continue;
    }
    const e = u(++i);
    if (e == 117) {
      for (let k = 1; k < 5; k++) if (!isHex(u(i + k))) return wrong(i + k);
      i += 5;
    } else if (e == 34 || e == 92 || e == 47 || e == 98 || e == 102 || e == 110 || e == 114 || e == 116) i++;
    else return wrong(i);
  }
  return i;
}

/** The first byte from i on that is a quote, a backslash or a control character. */
@inline
export function run(i: usize): usize {
  for (;;) {
    const v = v128.load(i);
    const quote = i8x16.eq(v, i8x16.splat(34));
    const backslash = i8x16.eq(v, i8x16.splat(92));
    const m = i8x16.bitmask(v128.or(v128.or(quote, backslash), i8x16.lt_u(v, i8x16.splat(32))));
    if (m) return i + ctz(m);
    i += 16;
  }
  return i;
}

/** From behind the opening quote to behind the closing one. */
@inline
function string(i: usize): usize {
  i = run(i);
  return u(i) == 34 ? i + 1 : rest(i);
}

/** A key of digits, or which may be one once its escapes are read, stands elsewhere in a JavaScript object. */
export function keyNeedsCare(i: usize, to: usize): bool {
  let onlyDigits = true;
  for (; i < to; i++) {
    if (u(i) == 92) return true;
    if (!isDigit(u(i))) onlyDigits = false;
  }
  return onlyDigits;
}

@inline
export function lookAtKey(from: usize, to: usize): void {
  if ((isDigit(u(from)) || u(from) == 92) && keyNeedsCare(from, to)) flags |= CARE;
}

@inline
function digits(i: usize): usize {
  if (!isDigit(u(i))) return wrong(i);
  do i++; while (isDigit(u(i)));
  return i;
}

/** Whether a fraction may be integral as a float: all zeros, or so near to an integer that it rounds to one. */
function mayBeIntegral(start: usize, point: usize, end: usize): bool {
  const a = u(point + 1);
  if (end - start > 16) { // 16 digits: 15 are always told apart
    const same: i32 = 15 - <i32>(point - start);
    if (same <= 0) return true;
    if (a != 48 && a != 57) return false;
    for (let k = 1; k < same; k++) if (u(point + 1 + k) != a) return false;
    return true;
  }
  for (let i = point + 1; i < end; i++) if (u(i) != 48) return false;
  return true;
}

export function number(i: usize): usize {
  const negative = u(i) == 45;
  if (negative) i++;
  const start = i;
  if (u(i) == 48) i++;
  else if (u(i) == 73) return infinity(i);
  else i = digits(i);
  let integral = true;
  if (u(i) == 46) {
    const point = i;
    i = digits(i + 1);
    integral = false;
    if (mayBeIntegral(start, point, i)) flags |= CARE;
  }
  if ((u(i) | 32) == 101) {
    i++;
    if (u(i) == 43 || u(i) == 45) i++;
    const exponent = i;
    i = digits(i);
    integral = false;
    flags |= i - exponent > 2 ? CARE | ODD : CARE;
  }
  if (integral && (i - start >= 16 || (negative && u(start) == 48))) flags |= CARE;
  if (i - start > 300) flags |= ODD; // it may be infinite
  return i;
}

function word(i: usize, text: u32, length: i32): usize {
  for (let k = 0; k < length; k++) if (u(i + k) != ((text >> (8 * k)) & 255)) return wrong(i + k);
  return i + length;
}

function infinity(i: usize): usize {
  flags |= CARE | ODD;
  return word(word(i, 0x69666e49, 4), 0x7974696e, 4);
}

export function value(i: usize): usize {
  const c = u(i);
  if (c == 34) return string(i + 1);
  if (c == 123 || c == 91) {
    if (++depth > DEEPEST) return wrong(i);
    i = c == 123 ? object(i + 1) : list(i + 1);
    depth--;
    return i;
  }
  if (c == 110) return word(i, 0x6c6c756e, 4);
  if (c == 116) return word(i, 0x65757274, 4);
  if (c == 102) return word(i + 1, 0x65736c61, 4);
  if (c == 78) {
    flags |= CARE | ODD;
    return word(i, 0x4e614e, 3);
  }
  if (c == 73) return infinity(i);
  return number(i);
}

function object(i: usize): usize {
  i = space(i);
  if (u(i) == 125) return i + 1;
  for (;;) {
    if (u(i) != 34) return wrong(i);
    const key = i + 1;
    i = string(key);
    lookAtKey(key, i - 1);
    i = space(i);
    if (u(i) != 58) return wrong(i);
    i = space(value(space(i + 1)));
    if (u(i) == 125) return i + 1;
    if (u(i) != 44) return wrong(i);
    i = space(i + 1);
  }
  return i;
}

function list(i: usize): usize {
  i = space(i);
  if (u(i) == 93) return i + 1;
  for (;;) {
    i = space(value(i));
    if (u(i) == 93) return i + 1;
    if (u(i) != 44) return wrong(i);
    i = space(i + 1);
  }
  return i;
}
