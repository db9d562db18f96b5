import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export type Compiler = typeof import("esbuild");

/** esbuild: the one installed with this package, else the one of the connector; undefined where there is none. */
export async function loadCompiler(file: string): Promise<Compiler | undefined> {
  try {
    return await import("esbuild");
  } catch {
    // A connector's image may leave it out.
  }
  try {
    const found = createRequire(file).resolve("esbuild");
    return (await import(pathToFileURL(found).href)) as Compiler; // the package of this name
  } catch {
    return undefined; // the caller says what to do
  }
}
