// Fields as they stand, and as JSON text.

// settings
export let delimiter: u32 = 44; // its first byte
export let delimiterLength: i32 = 1;
export let delimiterAt: usize = 0;
export let quote: u32 = 34; // 256: none, as for escape and comment
export let doubled: bool = true; // two quotes within quotes are one
export let escape: u32 = 256;
export let comment: u32 = 256;
export let limit: usize = 0; // 64 bytes of room are behind it

export let end: usize = 0; // of the input
export let ended: bool = false; // no more input will follow
export let line: i32 = 1;
export let unclosed: i32 = 0; // the line where a quote was opened that the input does not close

export let o: usize = 0; // where the output goes on
export let incomplete: i32 = 0; // 1: the input ends within the row; 2: there is no room for it
export let trimmed: usize = 0; // where a quoted field closed; behind the end of one that something follows

export function start(to: usize, isLast: bool): void {
  end = to;
  ended = isLast;
  incomplete = 0;
  unclosed = 0;
}

export function more(): void {
  incomplete = 1;
}

@inline
export function setOut(to: usize): void {
  o = to;
}

@inline
export function setLine(to: i32): void {
  line = to;
}

@inline
export function u(i: usize): u32 {
  return load<u8>(i);
}

@inline
export function room(length: usize): bool {
  if (o + length < limit) return true;
  incomplete = 2;
  return false;
}

function isWholeDelimiter(i: usize): bool {
  if (i + delimiterLength > end && !ended) incomplete = 1;
  return memory.compare(i, delimiterAt, delimiterLength) == 0;
}

@inline
export function isDelimiter(i: usize): bool {
  if (u(i) != delimiter) return false;
  return delimiterLength == 1 || isWholeDelimiter(i);
}

function hex(digit: u32): u8 {
  return <u8>(digit < 10 ? 48 + digit : 87 + digit);
}

/** One byte as JSON text. */
function put(c: u32): void {
  let short: u32 = 0;
  if (c == 34 || c == 92) short = c;
  else if (c >= 32) {
    store<u8>(o++, <u8>c);
    return;
  } else if (c == 10) short = 110;
  else if (c == 13) short = 114;
  else if (c == 9) short = 116;
  else if (c == 8) short = 98;
  else if (c == 12) short = 102;
  if (short) {
    store<u16>(o, <u16>((short << 8) | 92));
    o += 2;
    return;
  }
  store<u32>(o, 0x3030755c); // \u00
  store<u8>(o + 4, hex(c >> 4));
  store<u8>(o + 5, hex(c & 15));
  o += 6;
}

@inline
function stops(v: v128, a: u32, b: u32): i32 {
  const quotes = v128.or(i8x16.eq(v, i8x16.splat(34)), i8x16.eq(v, i8x16.splat(92)));
  const others = v128.or(i8x16.eq(v, i8x16.splat(<i8>a)), i8x16.eq(v, i8x16.splat(<i8>b)));
  return i8x16.bitmask(v128.or(v128.or(quotes, others), i8x16.lt_u(v, i8x16.splat(32))));
}

/** A field without quotes, written as JSON text. Gives its end: a delimiter, a comment, the line's end or the input's. */
export function plain(i: usize): usize {
  const other = escape < 256 ? escape : comment < 256 ? comment : delimiter;
  const both = escape < 256 && comment < 256; // rare: then the comment is looked for byte by byte
  for (;;) {
    const v = v128.load(i);
    v128.store(o, v);
    const m = both ? 1 : stops(v, delimiter, other);
    if (!m) {
      i += 16;
      o += 16;
      if (o >= limit) {
        incomplete = 2;
        return i;
      }
      continue;
    }
    const n = ctz(m);
    i += n;
    o += n;
    if (o >= limit) {
      incomplete = 2;
      return i;
    }
    let c = u(i);
    if (c == delimiter && isDelimiter(i)) return i;
    if (c == 10 || c == 13 || c == comment) return i;
    if (i >= end) {
      if (!ended) incomplete = 1;
      return i;
    }
    if (c == escape) {
      i++;
      if (i >= end) {
        if (!ended) incomplete = 1;
        return i;
      }
      c = u(i);
      if (c == 10) line++;
    }
    put(c);
    i++;
  }
  return i;
}

/** A field that begins with a quote, written as JSON text. */
export function quoted(i: usize): usize {
  const opened = line;
  const other = escape < 256 ? escape : quote;
  i++;
  for (;;) {
    const v = v128.load(i);
    v128.store(o, v);
    const m = stops(v, quote, other);
    if (!m) {
      i += 16;
      o += 16;
      if (o >= limit) {
        incomplete = 2;
        return i;
      }
      continue;
    }
    const n = ctz(m);
    i += n;
    o += n;
    if (o >= limit) {
      incomplete = 2;
      return i;
    }
    let c = u(i);
    if (i >= end) {
      incomplete = 1;
      unclosed = opened;
      return i;
    }
    if (c == escape && c != quote) {
      i++;
      if (i >= end) {
        incomplete = 1;
        unclosed = opened;
        return i;
      }
      c = u(i);
    } else if (c == quote) {
      if (i + 1 >= end && !ended) {
        incomplete = 1;
        return i;
      }
      if (!doubled || u(i + 1) != quote) return behindQuote(i);
      i++;
    }
    if (c == 10 || (c == 13 && u(i + 1) != 10)) line++;
    put(c);
    i++;
  }
  return i;
}

/** What follows a closing quote belongs to the field. */
@inline
function behindQuote(i: usize): usize {
  trimmed = i;
  const c = u(i + 1);
  if (isDelimiter(i + 1) || c == 10 || c == 13 || i + 1 >= end) return i + 1;
  i = plain(i + 1);
  trimmed = i + 64; // no null is as long
  return i;
}

/** The end of a field that is not written. */
export function fieldEnd(i: usize, isQuoted: bool): usize {
  if (isQuoted) {
    const opened = line;
    i++;
    for (;;) {
      const c = u(i);
      if (c == escape && c != quote) i++;
      else if (c == quote) {
        if (i + 1 >= end && !ended) {
          incomplete = 1;
          return i;
        }
        if (!doubled || u(i + 1) != quote) break;
        i++;
      } else if (c == 10 || (c == 13 && u(i + 1) != 10)) line++;
      if (i >= end) {
        incomplete = 1;
        unclosed = opened;
        return i;
      }
      i++;
    }
    trimmed = i++;
  }
  const from = i;
  if (escape < 256 || comment < 256) return ending(carefulEnd(i), from, isQuoted);
  for (;;) {
    const v = v128.load(i);
    const m = i8x16.bitmask(v128.or(i8x16.eq(v, i8x16.splat(<i8>delimiter)), i8x16.lt_u(v, i8x16.splat(32))));
    const n = m ? ctz(m) : 16;
    i += n;
    if (!m) continue;
    const c = u(i);
    if (c == 10 || c == 13 || (c == delimiter && isDelimiter(i))) break;
    if (i >= end) {
      if (!ended) incomplete = 1;
      break;
    }
    i++;
  }
  return ending(i, from, isQuoted);
}

function carefulEnd(i: usize): usize {
  for (;;) {
    let c = u(i);
    if (c == delimiter && isDelimiter(i)) return i;
    if (c == 10 || c == 13 || c == comment) return i;
    if (c == escape) i++;
    if (i >= end) {
      if (!ended) incomplete = 1;
      return i > end ? end : i;
    }
    i++;
  }
  return i;
}

function ending(i: usize, from: usize, isQuoted: bool): usize {
  if (isQuoted && i > from) trimmed = i; // what follows makes it no value of a type
  return i;
}
