import { readFile } from "node:fs/promises";
import { isConnectorError } from "../../errors.ts";
import type { Terminal as WholeTerminal } from "../terminal/terminal.ts";

/** Where a command prints. */
export type Terminal = Pick<WholeTerminal, "print" | "complain" | "style" | "remarks">;

/** 0: all is well; 1: the manifest is not; 2: the file cannot be read. */
export type ExitCode = 0 | 1 | 2;

/** Reads a manifest and does something with its text; what is wrong with either is said in a line. */
export async function withManifest(
  file: string,
  terminal: Terminal,
  work: (text: string) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    terminal.complain(`${file} cannot be read: ${reasonOf(error)}.\n`);
    return 2;
  }
  try {
    return await work(text);
  } catch (error) {
    if (!isConnectorError(error) || !(error instanceof Error)) throw error;
    terminal.complain(`${error.message}\n`);
    return 1;
  }
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException; // what the file system throws has one
  if (code === "ENOENT") return "there is no such file";
  return code === "EISDIR" ? "it is a folder" : String(code);
}
