// Values that have a type: each is checked, and written as JSON.

import { u } from "./text";

export let decimal: u32 = 46;

const INTEGER: u32 = 1;
const NUMBER: u32 = 2;
const BOOLEAN: u32 = 3;
const DATE: u32 = 4;
const DATETIME: u32 = 5;
const DATETIME_WITH_ZONE: u32 = 6;

const LARGEST_EXPONENT: i32 = 300; // a larger number may be infinite to its reader

/** Writes the value at `o`; gives the end of what was written, 0 where the value is none of the type. */
export function typed(type: u32, from: usize, to: usize, o: usize): usize {
  if (type == INTEGER) return integer(from, to, o);
  if (type == NUMBER) return number(from, to, o);
  if (type == BOOLEAN) return boolean(from, to, o);
  if (type == DATE) return to - from == 10 && isDate(from) ? text(from, to, o) : 0;
  if (type == DATETIME) return datetime(from, to, o, false);
  return type == DATETIME_WITH_ZONE ? datetime(from, to, o, true) : 0;
}

@inline
function isDigit(c: u32): bool {
  return c - 48 <= 9;
}

function copied(from: usize, to: usize, o: usize): usize {
  const length = to - from;
  if (length > 16) memory.copy(o, from, length);
  else v128.store(o, v128.load(from));
  return o + length;
}

function text(from: usize, to: usize, o: usize): usize {
  store<u8>(o, 34);
  o = copied(from, to, o + 1);
  store<u8>(o, 34);
  return o + 1;
}

/** The end of the digits at i. */
@inline
function digits(i: usize, to: usize): usize {
  while (i < to && isDigit(u(i))) i++;
  return i;
}

/** `007` is none: it would lose its zeros. */
function integer(from: usize, to: usize, o: usize): usize {
  const first = u(from) == 45 ? from + 1 : from;
  if (first == to || (u(first) == 48 && to - first > 1)) return 0;
  return digits(first, to) == to ? copied(from, to, o) : 0;
}

function number(from: usize, to: usize, o: usize): usize {
  let i = from;
  if (u(i) == 45) {
    store<u8>(o++, 45);
    i++;
  }
  const whole = i;
  i = digits(i, to);
  const wholeLength = i - whole;
  if (wholeLength > 300 || (wholeLength > 1 && u(whole) == 48)) return 0;
  if (wholeLength == 0) store<u8>(o++, 48);
  else o = copied(whole, i, o);
  if (i < to && u(i) == decimal) {
    const fraction = ++i;
    i = digits(i, to);
    if (i == fraction && wholeLength == 0) return 0;
    store<u8>(o++, 46);
    if (i == fraction) store<u8>(o++, 48);
    else o = copied(fraction, i, o);
  } else if (wholeLength == 0) return 0;
  if (i == to) return o;
  if ((u(i) | 32) != 101) return 0;
  store<u8>(o++, 101);
  i++;
  if (i < to && (u(i) == 43 || u(i) == 45)) store<u8>(o++, <u8>u(i++));
  const exponent = i;
  let size = 0;
  for (; i < to && isDigit(u(i)); i++) {
    size = 10 * size + (u(i) - 48);
    if (size > LARGEST_EXPONENT) return 0;
  }
  return i == to && i > exponent ? copied(exponent, i, o) : 0;
}

/** `true` and `false` in any case of letters; the bit that is set turns only their capitals into these letters. */
function boolean(from: usize, to: usize, o: usize): usize {
  if (to - from == 4 && (load<u32>(from) | 0x20202020) == 0x65757274) {
    store<u32>(o, 0x65757274);
    return o + 4;
  }
  if (to - from != 5 || (load<u32>(from) | 0x20202020) != 0x736c6166 || (u(from + 4) | 32) != 101) return 0;
  store<u32>(o, 0x736c6166);
  store<u8>(o + 4, 101);
  return o + 5;
}

/** Two digits at i, as a number; 100 where they are none. */
@inline
function pair(i: usize): u32 {
  const tens = u(i) - 48;
  const ones = u(i + 1) - 48;
  return tens <= 9 && ones <= 9 ? 10 * tens + ones : 100;
}

/** `YYYY-MM-DD` of a day that there is. */
function isDate(i: usize): bool {
  const century = pair(i);
  const year = pair(i + 2);
  const month = pair(i + 5);
  const day = pair(i + 8);
  if (century > 99 || year > 99 || u(i + 4) != 45 || u(i + 7) != 45) return false;
  if (century + year == 0 || month == 0 || month > 12 || day == 0) return false;
  if (month != 2) return day <= (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
  const isLeap = year % 4 == 0 && (year != 0 || century % 4 == 0);
  return day <= (isLeap ? 29 : 28);
}

/** A date and a time, between them a T or a space; written with a T, with seconds, and the zone as Z or ±HH:MM. */
function datetime(from: usize, to: usize, o: usize, hasZone: bool): usize {
  if (to - from < 16 || !isDate(from)) return 0;
  const between = u(from + 10);
  if (between != 84 && between != 32 && between != 116) return 0;
  if (pair(from + 11) > 23 || u(from + 13) != 58 || pair(from + 14) > 59) return 0;
  store<u8>(o++, 34);
  v128.store(o, v128.load(from));
  store<u8>(o + 10, 84);
  o += 16;
  let i = from + 16;
  if (i < to && u(i) == 58) {
    if (i + 3 > to || pair(i + 1) > 59) return 0;
    const seconds = i;
    i += 3;
    if (i < to && (u(i) == 46 || u(i) == 44)) {
      const fraction = i + 1;
      i = digits(fraction, to);
      if (i == fraction) return 0;
      o = copied(seconds, i, o);
      store<u8>(o - (i - fraction) - 1, 46);
    } else o = copied(seconds, i, o);
  } else {
    store<u32>(o, 0x30303a); // :00
    o += 3;
  }
  if (hasZone) {
    o = zone(i, to, o);
    if (!o) return 0;
  } else if (i != to) return 0;
  store<u8>(o, 34);
  return o + 1;
}

function zone(i: usize, to: usize, o: usize): usize {
  if (i < to && u(i) == 32) i++;
  const length = to - i;
  const isUtc = length == 3 && u(i) == 85 && u(i + 1) == 84 && u(i + 2) == 67;
  if (isUtc || (length == 1 && (u(i) | 32) == 122)) {
    store<u8>(o, 90);
    return o + 1;
  }
  if ((u(i) != 43 && u(i) != 45) || length < 3 || pair(i + 1) > 23) return 0;
  const minutes: usize = length == 3 ? 0 : u(i + 3) == 58 ? i + 4 : i + 3;
  if (minutes != 0 && (to - minutes != 2 || pair(minutes) > 59)) return 0;
  store<u8>(o, <u8>u(i));
  store<u16>(o + 1, load<u16>(i + 1));
  store<u8>(o + 3, 58);
  store<u16>(o + 4, minutes == 0 ? 0x3030 : load<u16>(minutes));
  return o + 6;
}
