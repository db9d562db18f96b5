// AssemblyScript; `node build-scan.mjs` makes scan.gen.ts of it.
//
// Walks JSON in memory. `rows` checks its whole grammar and writes down places: rows, cuts and wanted fields. `lossy` only
// looks for what JSON.parse would lose. The bytes end in 64 zeros: a zero is in no token, so every walk stops there. After
// a wrong byte the walk goes on in ZERO, where nothing fits, and so falls out of every loop at once.
// Besides JSON, Python's NaN and Infinity are numbers.

const TABLE: usize = 0x10000;
const WANTED: usize = 0x11000;
const ZERO: usize = 0x14000;
const AT: usize = 0x20000;
const CUTS: usize = 0xa0000;
const IN: usize = 0x200000;
const TEXT: usize = 0x220000;
const ROOM: i32 = 0x80000; // bytes at AT
const MAX_CUTS: i32 = 131072;
const DEEPEST: i32 = 1000;

// modes of `rows`
const LINES: i32 = 1;
const SINGLE: i32 = 2;
const ENDED: i32 = 4;

// flags of a row
const ODD: i32 = 1; // cannot be printed as it stands
const CARE: i32 = 2; // JSON.parse would lose something
const OTHER: i32 = 4; // no object
const EMPTY: i32 = 8; // {}

export let wanted: i32 = 0; // fields in WANTED: hash u32, length u32, bytes; 128 bytes each
export let bad: usize = 0; // the first wrong byte; at or behind `end` it means more bytes are needed
export let count: i32 = 0; // rows written
export let cutCount: i32 = 0;
export let first: i32 = 1; // no row seen yet
export let expects: i32 = 1; // a value must follow (not a comma)
export let closed: i32 = 0; // the list is over
export let seen: i32 = 0; // flags of all rows
export let inside: i32 = 0; // `lossy`: the piece ended inside a string
export let depth: i32 = 0;
let flags: i32 = 0;
let full: bool = false;
let lines: bool = false;
let serial: u32 = 0;

@inline
function u(i: usize): u32 {
  return load<u8>(i);
}

function wrong(i: usize): usize {
  if (!bad) bad = i;
  return ZERO;
}

@inline
function cut(from: usize, to: usize): void {
  if (cutCount == MAX_CUTS) {
    full = true;
    return;
  }
  store<u32>(CUTS + 8 * cutCount, <u32>(from - IN));
  store<u32>(CUTS + 8 * cutCount + 4, <u32>(to - IN));
  cutCount++;
}

function blank(i: usize): usize {
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
function space(i: usize): usize {
  return u(i) <= 32 ? gap(i) : i;
}

@inline
function isDigit(c: u32): bool {
  return c - 48 <= 9;
}

@inline
function isHex(c: u32): bool {
  return isDigit(c) || (c | 32) - 97 < 6;
}

/** The rest of a string with escapes, byte by byte. */
function rest(i: usize): usize {
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
function run(i: usize): usize {
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
function keyNeedsCare(i: usize, to: usize): bool {
  let onlyDigits = true;
  for (; i < to; i++) {
    if (u(i) == 92) return true;
    if (!isDigit(u(i))) onlyDigits = false;
  }
  return onlyDigits;
}

@inline
function lookAtKey(from: usize, to: usize): void {
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

function number(i: usize): usize {
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

function value(i: usize): usize {
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

export function hash(i: usize, to: usize): u32 {
  let h: u64 = (to - i) * 0x9e3779b97f4a7c15;
  for (; i + 8 <= to; i += 8) h = (rotl<u64>(h, 23) ^ load<u64>(i)) * 0xff51afd7ed558ccd;
  if (i < to) h = (rotl<u64>(h, 23) ^ (load<u64>(i) & (((<u64>1) << (8 * (to - i))) - 1))) * 0xff51afd7ed558ccd;
  return <u32>(h >> 32);
}

/** Equal keys have equal hashes, so a key that comes twice is never missed; two keys of one hash only make the row odd. */
@inline
function again(h: u32): bool {
  for (let k: u32 = h & 255, tries = 0; tries < 64; k = (k + 1) & 255, tries++) {
    const stamp = load<u32>(TABLE + 8 * k);
    if (stamp != serial) {
      store<u32>(TABLE + 8 * k, serial);
      store<u32>(TABLE + 8 * k + 4, h);
      return false;
    }
    if (load<u32>(TABLE + 8 * k + 4) == h) return true;
  }
  return true;
}

@inline
function isWanted(at: usize, h: u32, from: usize, length: usize): bool {
  if (load<u32>(at) != h || load<u32>(at + 4) != <u32>length) return false;
  for (let k: usize = 0; k < length; k++) if (u(at + 8 + k) != u(from + k)) return false;
  return true;
}

/** One row that is an object: its null members are cut, and so is white space. */
function record(i: usize, found: usize): usize {
  serial++;
  depth = 1;
  let kept = false;
  let comma: usize = 0;
  let mark = 0;
  i = space(i + 1);
  if (u(i) == 125) {
    flags = EMPTY;
    return i + 1;
  }
  for (;;) {
    const start = i;
    if (!kept) mark = cutCount;
    if (u(i) != 34) return wrong(i);
    const end = run(++i);
    if (u(end) != 34) {
      flags |= ODD | CARE; // an escape in a key: compare keys as text
      i = rest(end);
    } else {
      const h = hash(i, end);
      if (again(h)) flags |= ODD;
      lookAtKey(i, end);
      for (let f = 0; f < wanted; f++) {
        if (isWanted(WANTED + 128 * f, h, i, end - i)) store<i32>(found + 8 * f, -2);
      }
      i = end + 1;
    }
    i = space(i);
    if (u(i) != 58) return wrong(i);
    i = space(i + 1);
    const from = i;
    const isNull = u(i) == 110;
    i = value(i);
    for (let f = 0; f < wanted; f++) {
      if (load<i32>(found + 8 * f) != -2) continue;
      store<u32>(found + 8 * f, <u32>(from - IN));
      store<u32>(found + 8 * f + 4, <u32>(i - IN));
    }
    i = space(i);
    if (isNull) {
      cutCount = mark;
      if (kept) cut(comma, i);
      else cut(start, u(i) == 44 ? i + 1 : i);
    } else kept = true;
    if (u(i) == 125) return i + 1;
    if (u(i) != 44) return wrong(i);
    comma = i;
    mark = cutCount;
    i = space(i + 1);
  }
  return i;
}

/** Rows from i on. Gives the place after the last whole row; `bad` < end means not JSON, `closed` the end of the list. */
export function rows(i: usize, end: usize, mode: i32): usize {
  const stride: usize = 16 + 8 * wanted;
  const room: i32 = ROOM / <i32>stride;
  count = 0;
  cutCount = 0;
  bad = 0;
  closed = 0;
  seen = 0;
  lines = (mode & LINES) != 0;
  while (count < room) {
    i = blank(i);
    if (i >= end) break;
    const c = u(i);
    if (!(mode & (LINES | SINGLE))) {
      if (c == 93 && (first || !expects)) {
        closed = 1;
        return i + 1;
      }
      if (!expects) {
        if (c != 44) {
          wrong(i);
          return i;
        }
        expects = 1;
        first = 0;
        i++;
        continue;
      }
    }
    const at = AT + stride * count;
    const mark = cutCount;
    for (let f = 0; f < wanted; f++) store<i64>(at + 16 + 8 * f, -1);
    flags = c == 123 ? 0 : OTHER;
    full = false;
    depth = 0;
    const to = c == 123 ? record(i, at + 16) : value(i);
    if (full) {
      if (mark) { // this row alone, in the next call
        cutCount = mark;
        bad = 0;
        break;
      }
      cutCount = 0;
      flags |= ODD;
    }
    if (bad || (c != 123 && to >= end && !(mode & ENDED))) { // a number may go on in the next chunk
      cutCount = mark;
      break;
    }
    let next = to;
    if (lines) {
      while (u(next) == 32 || u(next) == 9 || u(next) == 13) next++;
      if (next < end ? u(next) != 10 : !(mode & ENDED)) {
        cutCount = mark;
        if (next < end) wrong(next);
        break;
      }
    }
    store<u32>(at, <u32>(i - IN));
    store<u32>(at + 4, <u32>(to - IN));
    store<u32>(at + 8, <u32>(2 * cutCount));
    store<u32>(at + 12, flags);
    seen |= flags;
    count++;
    first = 0;
    expects = 0;
    i = next;
    if (mode & SINGLE) {
      closed = 1;
      break;
    }
  }
  return i;
}

/** The end of the value at i. */
export function skip(i: usize): usize {
  bad = 0;
  depth = 0;
  cutCount = 0;
  lines = false;
  return value(i);
}

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
