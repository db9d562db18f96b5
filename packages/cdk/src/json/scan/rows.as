// Rows and their places.

import {
  CARE, EMPTY, IN, ODD, OTHER, bad, blank, cut, cutCount, depth, flags, full, lines, lookAtKey, rest, run, space, u, value, wrong,
} from "./grammar";

const TABLE: usize = 0x10000;
const WANTED: usize = 0x11000;
const AT: usize = 0x20000;
const ROOM: i32 = 0x80000; // bytes at AT

// modes
const LINES: i32 = 1;
const SINGLE: i32 = 2;
const ENDED: i32 = 4;

export let wanted: i32 = 0; // fields in WANTED: hash u32, length u32, bytes; 128 bytes each
export let count: i32 = 0; // rows written
export let first: i32 = 1; // no row seen yet
export let expects: i32 = 1; // a value must follow (not a comma)
export let closed: i32 = 0; // the list is over
export let seen: i32 = 0; // flags of all rows
let serial: u32 = 0;

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
