import { fit } from "./style.ts";
import type { Terminal } from "./terminal.ts";

/** Lines on stderr that are drawn again in their place. Where nobody watches, nothing is drawn. */
export interface Progress {
  /** Shows these lines from now on; asked for at most ten times a second. */
  show(lines: () => readonly string[]): void;
  /** Prints something that stays, above the lines: a remark, or to stdout. */
  remark(text: string): void;
  print(text: string): void;
  /** Takes the lines away. */
  clear(): void;
}

const PAUSE = 100; // milliseconds

export function createProgress(
  { complain, print, isWatched, width }: Pick<Terminal, "complain" | "print" | "isWatched" | "width">,
  clock: () => number = () => performance.now(),
): Progress {
  let drawn = 0;
  let at = -Infinity;
  let last: (() => readonly string[]) | undefined;
  const erase = (): string => (drawn === 0 ? "" : `\x1b[${drawn}A\x1b[0J`);

  function draw(before: string): void {
    const lines = last?.() ?? [];
    complain(`${before}${lines.map((line) => `${fit(line, width - 1)}\n`).join("")}`);
    drawn = lines.length;
    at = clock();
  }
  return {
    show(lines) {
      last = lines;
      if (isWatched && clock() - at >= PAUSE) draw(erase());
    },
    remark(text) {
      if (isWatched) draw(`${erase()}${text}`);
      else complain(text);
    },
    print(text) {
      // Where stdout is a terminal it is the same one.
      if (drawn > 0) complain(erase());
      drawn = 0;
      print(text);
      if (isWatched) draw("");
    },
    clear() {
      if (drawn > 0) complain(erase());
      drawn = 0;
      last = undefined;
    },
  };
}
