import { IN, memoryFor, pad, type Memory } from "../scan/memory.ts";
import { FIELDS, type Places } from "./batch.ts";

// Of scan.as: where it keeps things, and what it has room for.
const WANTED = 0x11000;
const WANTED_SIZE = 128;
const MOST_WANTED = 90;
const LONGEST_WANTED = 120;
const AT = 0x20000;
const CUTS = 0xa0000;

const LINES = 1;
const SINGLE = 2;
const ENDED = 4;

export interface ScanMode {
  /** A row a line. */
  readonly lines: boolean;
  /** One row, no list. */
  readonly single: boolean;
  /** No more bytes will follow. */
  readonly ended: boolean;
}

export interface Found {
  readonly count: number;
  readonly places: Places;
  /** Behind the last whole row. */
  readonly to: number;
  /** Whether a row is unfinished. */
  readonly more: boolean;
  /** Whether the list, or the single row, is over. */
  readonly closed: boolean;
  /** The first byte that is not JSON. */
  readonly fault: number | undefined;
}

export interface Scanner {
  /** The fields whose places are noted. */
  readonly fields: readonly string[];
  /** The bytes that are spoken of until the next load, by any scanner. */
  load(bytes: Buffer): void;
  /** The end of the value at `from`, unless it is not whole, or not JSON. */
  skip(from: number): number | "more" | "wrong";
  rows(from: number, mode: ScanMode): Found;
}

/** A scanner for one body: it remembers between loads where in the list it is. */
export function createScanner(announced: readonly string[]): Scanner {
  const { names, fields } = wantedOf(announced);
  let memory: Memory = memoryFor(0);
  let bytes: Buffer = NOTHING;
  let first = 1;
  let expects = 1;

  return {
    fields,
    load(next) {
      bytes = next;
      memory = memoryFor(bytes.length);
      memory.bytes.set(bytes, IN);
      pad(memory.bytes, IN + bytes.length);
      if (memory.owner !== names) announce(memory, names);
    },
    skip(from) {
      const to = memory.scan.skip(IN + from);
      const bad = memory.scan.bad.value;
      return bad === 0 ? to - IN : bad - IN < bytes.length ? "wrong" : "more";
    },
    rows(from, { lines, single, ended }) {
      const { scan } = memory;
      scan.first.value = first;
      scan.expects.value = expects;
      const mode = (lines ? LINES : 0) | (single ? SINGLE : 0) | (ended ? ENDED : 0);
      const to = scan.rows(IN + from, IN + bytes.length, mode) - IN;
      first = scan.first.value;
      expects = scan.expects.value;
      const bad = scan.bad.value === 0 ? undefined : scan.bad.value - IN;
      const count = scan.count.value;
      const stride = FIELDS + 2 * names.length;
      const { buffer } = memory.bytes;
      return {
        count,
        to,
        more: bad !== undefined,
        closed: scan.closed.value === 1,
        fault: bad !== undefined && bad < bytes.length ? bad : undefined,
        places: {
          bytes,
          stride,
          at: new Int32Array(buffer, AT, count * stride).slice(),
          cuts: new Int32Array(buffer, CUTS, 2 * scan.cutCount.value).slice(),
          seen: scan.seen.value,
        },
      };
    },
  };
}

const NOTHING = Buffer.alloc(0);

interface Wanted {
  readonly fields: readonly string[];
  readonly names: readonly Buffer[];
}
/** Of each stream's list of fields: it is the same for all bodies. */
const wanted = new WeakMap<readonly string[], Wanted>();

function wantedOf(announced: readonly string[]): Wanted {
  let found = wanted.get(announced);
  if (found === undefined) {
    const names = [...new Set(announced)]
      .map((field) => Buffer.from(field))
      .filter((name) => name.length <= LONGEST_WANTED)
      .slice(0, MOST_WANTED);
    wanted.set(announced, (found = { names, fields: names.map(String) }));
  }
  return found;
}

function announce(memory: Memory, names: readonly Buffer[]): void {
  memory.owner = names;
  memory.scan.wanted.value = names.length;
  names.forEach((name, f) => {
    const at = WANTED + WANTED_SIZE * f;
    memory.bytes.fill(0, at, at + WANTED_SIZE);
    memory.bytes.set(name, at + 8);
    memory.bytes.writeUInt32LE(memory.scan.hash(at + 8, at + 8 + name.length) >>> 0, at);
    memory.bytes.writeUInt32LE(name.length, at + 4);
  });
}
