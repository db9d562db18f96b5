import { RUNS } from "./printable.gen.ts";

let ends: Uint32Array | undefined;

/** Whether Python's `str.isprintable` takes this code point. */
export function isPrintable(code: number): boolean {
  if (code < 127) return code >= 32;
  ends ??= readRuns();
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= code) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 0;
}

/** The ends of the runs, which are printable and unprintable in turn. */
function readRuns(): Uint32Array {
  let end = 0;
  return Uint32Array.from(RUNS.split(" "), (length) => (end += parseInt(length, 36)));
}
