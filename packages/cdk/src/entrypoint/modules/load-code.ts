import { configError, isConnectorError } from "../../errors.ts";
import { compile } from "./compile-module.ts";
import { loadCompiler } from "./compiler.ts";
import type { Exports } from "./load-module.ts";

/**
 * Loads code that is no file, TypeScript or JavaScript.
 * @param name how messages call it
 * @param folder from where its imports are looked for
 * @throws a config error that names its fault
 */
export async function loadCode(text: string, name: string, folder: string): Promise<Exports> {
  const compiler = await loadCompiler(`${folder}/${name}.ts`);
  if (compiler === undefined) {
    throw configError(`The code in ${name} needs esbuild, which is not installed here: \`npm install esbuild\`.`, {
      code: "compiler-missing",
    });
  }
  const { text: compiled } = await compile(compiler, { folder, name, text });
  try {
    return (await import(`data:text/javascript;base64,${Buffer.from(compiled).toString("base64")}`)) as Exports; // any module is one
  } catch (cause) {
    if (isConnectorError(cause)) throw cause;
    throw configError(`The code in ${name} cannot be loaded: ${String(cause)}`, { code: "module-broken", cause });
  }
}
