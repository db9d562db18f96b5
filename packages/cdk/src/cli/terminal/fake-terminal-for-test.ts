import { stripVTControlCharacters } from "node:util";
import { createStyle } from "./style.ts";
import type { Terminal } from "./terminal.ts";

export interface FakeTerminal extends Terminal {
  /** What was printed. */
  readonly out: () => string;
  /** What was complained of, without colours and movements. */
  readonly err: () => string;
  /** The same as it was written. */
  readonly rawErr: () => string;
}

/** A terminal of 100 columns without colours, or a pipe. */
export function fakeTerminal(
  kind: "terminal" | "pipe",
  { isColoured = false, width = 100 }: { isColoured?: boolean; width?: number } = {},
): FakeTerminal {
  let out = "";
  let err = "";
  return {
    print: (text) => void (out += text),
    complain: (text) => void (err += text),
    isTTY: kind === "terminal",
    isWatched: kind === "terminal",
    width,
    style: createStyle(isColoured),
    remarks: createStyle(isColoured),
    out: () => out,
    err: () => stripVTControlCharacters(err),
    rawErr: () => err,
  };
}
