// Loads an entry of this package. Where the commands were compiled beforehand, by this very version of Node, what they
// usually need comes ready-made: a third of the time until a run begins is compiling.
import { existsSync, readFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";

const bundle = fileURLToPath(new URL("../dist/commands.cjs", import.meta.url));
/** The file of what was compiled. */
export const compiled = `${bundle}.${process.version}-${process.platform}-${process.arch}.cache`;

/**
 * Gives what `dist/ENTRY.js` exports. `ownCode` says that the run may load modules which import this package: they and the
 * run have to see one copy of it, so nothing ready-made can be used.
 */
export async function load(entry, ownCode) {
  if (!ownCode && existsSync(compiled)) return readScript(readFileSync(compiled)).run()[entry]();
  module.enableCompileCache?.();
  return import(`../dist/${entry}.js`);
}

/** The commands as a script that is yet to run. Data that another Node made is refused by V8, and the text compiled anew. */
export function readScript(cachedData) {
  const script = new Script(readFileSync(bundle, "latin1"), {
    filename: bundle,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const run = () => {
    const bundled = { exports: {} };
    script.runInThisContext()(bundled.exports, createRequire(bundle), bundled, bundle);
    return bundled.exports;
  };
  return { script, run };
}
