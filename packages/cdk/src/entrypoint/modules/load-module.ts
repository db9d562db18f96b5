import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { configError, isConnectorError } from "../../errors.ts";
import { compileModule } from "./compile-module.ts";
import { loadCompiler, type Compiler } from "./compiler.ts";

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

const JAVASCRIPT = [".mjs", ".js", ".cjs"];
/** The endings of modules that can be loaded; where a folder has several of a name, the first is meant. */
export const moduleEndings: readonly string[] = [".ts", ".mts", ...JAVASCRIPT];

/** The file of a module, such as `components`, in a folder; undefined where there is none. */
export function findModule(folder: string, name: string): string | undefined {
  return moduleEndings.map((ending) => join(folder, name + ending)).find((path) => existsSync(path));
}

export interface LoadOptions {
  /** Whether JavaScript that changed since it was loaded is loaded anew, as TypeScript is; or any module, changed or not. */
  readonly again?: boolean | "always" | undefined;
}

/**
 * Loads a module of a connector, be it TypeScript or JavaScript. TypeScript is compiled by esbuild, and kept; where there
 * is no esbuild, the JavaScript beside it of the same name counts. Its `ferry-cdk` is the one that runs.
 * @throws a config error that names the file and its fault
 */
export async function loadModule(path: string, { again = false }: LoadOptions = {}): Promise<Exports> {
  const file = resolve(path);
  if (!existsSync(file)) throw configError(`There is no file ${path}.`, { code: "module-missing" });
  if (!moduleEndings.some((ending) => file.endsWith(ending))) {
    throw configError(`${path} is no module that can be loaded: it has to end in ${moduleEndings.join(", ")}.`, {
      code: "module-unknown",
    });
  }
  try {
    return (await import(
      (await runnable(file, again !== false)) + (again === "always" ? `#${++loads}` : "")
    )) as Exports; // any module is one
  } catch (cause) {
    if (isConnectorError(cause)) throw cause;
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw configError(`${path} cannot be loaded: ${reason}`, { code: "module-broken", cause });
  }
}

/** Makes each URL of a module another one, where it is to be loaded whatever it was. */
let loads = 0;

/** The URL to import. */
async function runnable(file: string, again: boolean): Promise<string> {
  const [typescript] = /\.m?ts$/.exec(file) ?? [];
  if (typescript === undefined && !again) return pathToFileURL(file).href;
  const compiler: Compiler | undefined = await loadCompiler(file);
  if (compiler !== undefined) return compileModule(compiler, file);
  if (typescript === undefined) return pathToFileURL(file).href;
  const stem = file.slice(0, -typescript.length);
  const compiled = JAVASCRIPT.map((ending) => stem + ending).find((each) => existsSync(each));
  if (compiled !== undefined) return pathToFileURL(compiled).href;
  throw configError(
    `${file} is TypeScript, and esbuild, which compiles it, is not installed here. Install it beside the connector: ` +
      `\`npm install --save-dev esbuild\`; or compile the file where esbuild is, and ship what comes of it: ` +
      `\`npx esbuild ${file} --bundle --packages=external --platform=node --format=esm --outfile=${stem}.mjs\`.`,
    { code: "compiler-missing" },
  );
}
