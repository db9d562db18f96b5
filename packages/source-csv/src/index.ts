import { runSource } from "ferry-cdk";
import { csvFile } from "./source.ts";

export { csvFile };

/** Runs the source as a command; gives its exit code. */
export function main(argv: readonly string[]): Promise<number> {
  return runSource(csvFile, argv);
}
