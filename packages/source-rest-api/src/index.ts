import { runSource } from "ferry-cdk";
import { restApi } from "./source.ts";

export { restApi };

/** Runs the source as a command; gives its exit code. */
export function main(argv: readonly string[]): Promise<number> {
  return runSource(restApi, argv);
}
