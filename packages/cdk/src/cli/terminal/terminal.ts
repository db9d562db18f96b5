import { createStyle, type Style } from "./style.ts";

/** What a command speaks to: the process's own streams, or a test's. */
export interface Terminal {
  /** Writes to stdout: results. */
  print(text: string): void;
  /** Writes to stderr: remarks, progress, what went wrong. */
  complain(text: string): void;
  /** Whether people read stdout. Otherwise programs do. */
  readonly isTTY: boolean;
  /** Whether people see stderr, so that lines there may be drawn again. */
  readonly isWatched: boolean;
  /** Columns. */
  readonly width: number;
  /** For what is printed, and for remarks: plain where nobody sees colours. */
  readonly style: Style;
  readonly remarks: Style;
}

/** Where nobody says otherwise, as wide as what is printed for programs to read. */
const WIDTH = 80;

export function processTerminal({ stdout, stderr, env }: NodeJS.Process = process): Terminal {
  const canDraw = env["TERM"] !== "dumb";
  const isTTY = stdout.isTTY ?? false; // where it is no terminal it is missing, whatever its type says
  const isWatched = (stderr.isTTY ?? false) && canDraw;
  return {
    print: (text) => void stdout.write(text),
    complain: (text) => void stderr.write(text),
    isTTY,
    isWatched,
    get width() {
      return (isTTY ? stdout.columns : stderr.columns) || WIDTH;
    },
    style: createStyle(isColoured(isTTY && canDraw, env)),
    remarks: createStyle(isColoured(isWatched, env)),
  };
}

/** `NO_COLOR` and `FORCE_COLOR` say more than what the stream is. */
export function isColoured(isTTY: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTTY && (env["NO_COLOR"] ?? "") === "";
}
