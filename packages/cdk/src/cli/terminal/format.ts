import type { Terminal } from "./terminal.ts";

export type Format = "text" | "json" | "jsonl";

/** The option of a command that prints one thing, in either form. */
export const formatOption = { choices: ["text", "json"], describe: "For people, or for programs." } as const;

/** The form of what is printed: as asked for, else for people on a terminal and for programs elsewhere. */
export function formatOf<F extends Format>(
  asked: F | undefined,
  { isTTY }: Pick<Terminal, "isTTY">,
  piped: F,
): F | "text" {
  return asked ?? (isTTY ? "text" : piped);
}
