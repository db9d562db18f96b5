// Loads an entry of this package. Where the commands were compiled beforehand, by this very version of Node, what they
// usually need comes ready-made: a third of the time until a run begins is compiling.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";

/** Where the script of an entry lies, and what was compiled of it. */
export function placesOf(entry) {
  const script = fileURLToPath(new URL(`../dist/${entry}.cjs`, import.meta.url));
  return { script, compiled: `${script}.${process.version}-${process.platform}-${process.arch}.cache` };
}

/**
 * Gives what `dist/ENTRY.js` exports. `ownCode` says whether the run may load modules of a connector, which import
 * this package: they and the run have to see one copy of it, so nothing ready-made can be used. It is asked only where
 * there is something, as it looks into files.
 */
export async function load(entry, ownCode) {
  const { compiled } = placesOf(entry);
  if (existsSync(compiled) && !ownCode()) return readScript(entry, readFileSync(compiled)).run();
  module.enableCompileCache?.();
  return import(`../dist/${entry}.js`);
}

/** An entry as a script that is yet to run. Data that another Node made is refused by V8, and the text compiled anew. */
export function readScript(entry, cachedData) {
  const { script: filename } = placesOf(entry);
  const script = new Script(readFileSync(filename, "latin1"), {
    filename,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const run = () => {
    const bundled = { exports: {} };
    script.runInThisContext()(bundled.exports, createRequire(filename), bundled, filename);
    return bundled.exports.load();
  };
  return { script, run };
}

/** Whether a command line may bring along modules of a connector: by a flag, beside one of its files, or within one. */
export function bringsCode(argv, image) {
  if (argv.some((argument) => argument.startsWith("--comp"))) return true;
  const named = argv.map((argument) => argument.replace(/^--[^=]*=/, ""));
  const files = (image === undefined ? named : [image, ...named]).filter(isFile);
  return files.some(
    (file) =>
      readdirSync(dirname(file)).some((name) => /^components\.[cm]?[jt]s$/.test(name)) ||
      readFileSync(file).includes("__injected_components"),
  );
}

const isFile = (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
