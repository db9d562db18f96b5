import { WASM } from "./scan.gen.ts";

/** What scan.as exports. Places are addresses in its memory. */
export interface Scan {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly wanted: Cell;
  readonly bad: Cell;
  readonly count: Cell;
  readonly cutCount: Cell;
  readonly first: Cell;
  readonly expects: Cell;
  readonly closed: Cell;
  readonly seen: Cell;
  readonly inside: Cell;
  readonly depth: Cell;
  rows(from: number, end: number, mode: number): number;
  skip(from: number): number;
  hash(from: number, end: number): number;
  lossy(length: number, last: number): number;
}
interface Cell {
  value: number;
}

/** A scanner and the view of its memory; `bytes` is a new view once the memory has grown. */
export interface Memory {
  readonly scan: Scan;
  bytes: Buffer;
  /** Whose wanted fields stand in it. */
  owner: object | undefined;
}

/** Where the bytes to scan begin. Zeros must follow them. */
export const IN = 0x200000;
/** Where UTF-16 text stands for `lossy`. */
export const TEXT = 0x220000;
const PAD = 64;
const PAGE = 65536;
const LARGE = 16 * 1024 * 1024;

interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Scan };
}
// Node's types leave WebAssembly to those of browsers, which a server program should not see.
const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

let compiled: object | undefined;
let memory: Memory | undefined;

/**
 * The one memory of all readers, with room for this many bytes: what a call leaves in it holds until the next one. Memory
 * cannot shrink, so a large one is left to the collector once less is asked for.
 */
export function memoryFor(length: number): Memory {
  const need = IN + length + PAD;
  if (memory === undefined || (memory.bytes.length > LARGE && need < LARGE / 4)) memory = create();
  const missing = need - memory.bytes.length;
  if (missing > 0) {
    memory.scan.memory.grow(Math.ceil(missing / PAGE));
    memory.bytes = Buffer.from(memory.scan.memory.buffer);
  }
  return memory;
}

/** Ends the input: the zeros which stop every walk. */
export function pad(bytes: Buffer, end: number): void {
  bytes.fill(0, end, end + PAD);
}

function create(): Memory {
  compiled ??= new Module(Buffer.from(WASM, "base64"));
  const scan = new Instance(compiled, { env: { abort: () => undefined } }).exports;
  return { scan, bytes: Buffer.from(scan.memory.buffer), owner: undefined };
}
