// AssemblyScript; `node build-csv.mjs` makes csv.gen.ts of it.
//
// Turns rows of CSV in memory into rows of JSON: `convert` reads whole rows, each value by its column's type, and writes down
// where each JSON row stands, which values did not fit, and which rows had another number of fields. The bytes end in 64
// zeros: a zero stops every walk. A row that ends before the input does is left for the next call.

import {
  comment, delimiterLength, end, ended, fieldEnd, incomplete, isDelimiter, line, more, o, plain, quote, quoted, room, setLine,
  setOut, start, trimmed, u,
} from "./text";
import { typed } from "./values";

export { comment, delimiter, delimiterAt, delimiterLength, doubled, escape, limit, line, quote, unclosed } from "./text";
export { decimal } from "./values";

// settings
export let columns: i32 = 0; // none: each row is a list of texts
export let columnsAt: usize = 0; // key address, key length, type, values seen, values that did not fit; 20 bytes each
export let nullsAt: usize = 0; // length u32, then the bytes, for each
export let nulls: i32 = 0;
export let nullLengths: u64 = 0; // a bit for each length that a null may have
export let skipSpace: bool = false;
export let skipBlank: bool = true;
export let dropLong: bool = false; // leaves out rows with too many fields
export let maxRows: i32 = 1024;
export let outAt: usize = 0;
export let enough: usize = 0; // no row is begun behind this place of the output
export let rowsAt: usize = 0; // start, end, 0, CARE: see json/rows/batch.ts
export let misfitsAt: usize = 0; // row, column, line, start and end of the value; 20 bytes each
export let misfitRoom: i32 = 0;
export let raggedAt: usize = 0; // row or -1, line, fields; 12 bytes each
export let raggedRoom: i32 = 0;

// results
export let count: i32 = 0;
export let misfits: i32 = 0;
export let ragged: i32 = 0;
export let state: i32 = 0; // why it stopped: see below
export let lastEnd: usize = 0; // of the output

const MORE: i32 = 1; // the input ends within a row, or with one
// 2: there is no room for the row that comes
const SOME: i32 = 3; // enough for one batch

const CARE: i32 = 2;
const TEXT: u32 = 0;
const SKIP: u32 = 7;

function isNull(from: usize, to: usize): bool {
  const length = to - from;
  if (length > 63 || !((nullLengths >> length) & 1)) return false;
  if (length == 0) return true;
  let at = nullsAt;
  for (let n = 0; n < nulls; n++) {
    const size: usize = load<u32>(at);
    if (size == length && memory.compare(at + 4, from, length) == 0) return true;
    at += 4 + size;
  }
  return false;
}

@inline
function key(at: usize, length: usize): void {
  for (let k: usize = 0; k < length; k += 16) v128.store(o + k, v128.load(at + k));
  setOut(o + length);
}

function misfit(column: i32, from: usize, to: usize): void {
  const at = misfitsAt + 20 * misfits;
  store<i32>(at, count);
  store<i32>(at + 4, column);
  store<i32>(at + 8, line);
  store<u32>(at + 12, <u32>from);
  store<u32>(at + 16, <u32>to);
  misfits++;
}

/** A value of a column with a type; nothing of it is left in the output where it is null, or does not fit. */
@inline
function field(i: usize, column: i32): usize {
  const at = columnsAt + 20 * column;
  const type = load<u32>(at + 8);
  const before = o;
  const length: usize = load<u32>(at + 4);
  if (!room(length)) return i;
  if (type == TEXT) {
    key(load<u32>(at), length);
    const isQuoted = u(i) == quote;
    const from = isQuoted ? i + 1 : i;
    i = isQuoted ? quoted(i) : plain(i);
    if (incomplete) return i;
    if (isNull(from, isQuoted ? trimmed : i)) {
      setOut(before);
      return i;
    }
    store<u8>(o, 34);
    setOut(o + 1);
    store<u32>(at + 12, load<u32>(at + 12) + 1);
    return i;
  }
  const isQuoted = u(i) == quote;
  let from = isQuoted ? i + 1 : i;
  i = fieldEnd(i, isQuoted);
  if (incomplete || type == SKIP) return i;
  let to = isQuoted ? trimmed : i;
  while (from < to && (u(from) == 32 || u(from) == 9)) from++;
  while (to > from && (u(to - 1) == 32 || u(to - 1) == 9)) to--;
  if (from == to || isNull(from, to)) return i;
  store<u32>(at + 12, load<u32>(at + 12) + 1);
  if (!room(length + (to - from))) return i;
  key(load<u32>(at), length);
  const written = typed(type, from, to, o);
  if (written) setOut(written);
  else {
    setOut(before);
    store<u32>(at + 16, load<u32>(at + 16) + 1);
    misfit(column, from, to);
  }
  return i;
}

/** A field of a row without columns. */
function item(i: usize): usize {
  if (!room(2)) return i;
  store<u16>(o, 0x222c);
  setOut(o + 2);
  i = u(i) == quote ? quoted(i) : plain(i);
  store<u8>(o, 34);
  setOut(o + 1);
  return i;
}

function restOfLine(i: usize): usize {
  for (;;) {
    const c = u(i);
    if (c == 10 || c == 13 || (c == 0 && i >= end)) return i;
    i++;
  }
  return i;
}

/** Behind the end of the line at i. */
@inline
function newline(i: usize): usize {
  if (i >= end) {
    if (!ended) more();
    return i;
  }
  setLine(line + 1);
  if (u(i) == 10) return i + 1;
  if (i + 1 >= end && !ended) more(); // its \n may come with the next part
  return u(i + 1) == 10 ? i + 2 : i + 1;
}

/** Whether the line at i is blank, or a comment. */
@inline
function isNothing(i: usize): bool {
  const c = u(i);
  if (c == comment) return true;
  if (!skipBlank || c > 32) return false;
  while ((u(i) == 32 || u(i) == 9) && !isDelimiter(i)) i++;
  return u(i) == 10 || u(i) == 13 || i >= end;
}

export function convert(i: usize, to: usize, isLast: bool): usize {
  start(to, isLast);
  setOut(outAt);
  count = 0;
  misfits = 0;
  ragged = 0;
  state = SOME;
  while (count < maxRows && o < enough && misfits + columns <= misfitRoom && ragged < raggedRoom) {
    const rowStart = i;
    const rowOut = o;
    const rowLine = line;
    const rowMisfits = misfits;
    lastEnd = o;
    if (i >= to) {
      state = MORE;
      return i;
    }
    if (isNothing(i)) {
      i = newline(restOfLine(i));
      if (incomplete) {
        setLine(rowLine);
        state = MORE;
        return rowStart;
      }
      continue;
    }
    let f = 0;
    for (;;) {
      if (skipSpace) while (u(i) == 32) i++;
      if (columns == 0) i = item(i);
      else if (f < columns) i = field(i, f);
      else i = fieldEnd(i, u(i) == quote);
      if (incomplete) break;
      f++;
      if (i < to && isDelimiter(i)) {
        i += delimiterLength;
        continue;
      }
      if (u(i) == comment) i = restOfLine(i);
      i = newline(i);
      break;
    }
    if (incomplete) {
      state = incomplete;
      setLine(rowLine);
      misfits = rowMisfits;
      return rowStart;
    }
    const isDropped = dropLong && columns > 0 && f > columns;
    if (f != columns && columns > 0) {
      const at = raggedAt + 12 * ragged++;
      store<i32>(at, isDropped ? -1 : count);
      store<i32>(at + 4, rowLine);
      store<i32>(at + 8, f);
    }
    if (isDropped) {
      setOut(rowOut);
      misfits = rowMisfits;
      continue;
    }
    const open: u8 = columns == 0 ? 91 : 123;
    if (o == rowOut) setOut(o + 1);
    store<u8>(rowOut, open); // in place of the first comma
    store<u8>(o, open + 2);
    setOut(o + 1);
    const at = rowsAt + 16 * count;
    store<u32>(at, <u32>(rowOut - outAt));
    store<u32>(at + 4, <u32>(o - outAt));
    store<u32>(at + 8, 0);
    store<u32>(at + 12, CARE);
    count++;
    lastEnd = o;
  }
  return i;
}
