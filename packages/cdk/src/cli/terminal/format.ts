import type { Terminal } from "./terminal.ts";

export type Format = "text" | "json" | "jsonl";

/** The form of what is printed: as asked for, else for people on a terminal and for programs elsewhere. */
export function formatOf<F extends Format>(
  asked: F | undefined,
  { isTTY }: Pick<Terminal, "isTTY">,
  piped: F,
): F | "text" {
  return asked ?? (isTTY ? "text" : piped);
}
