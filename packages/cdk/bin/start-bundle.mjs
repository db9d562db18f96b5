#!/usr/bin/env node
// Starts the connector beside it, which `ferry bundle --compile` made one script. What Node compiled of it beforehand
// comes ready-made where this is the same Node; any other compiles it anew.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";

const filename = fileURLToPath(new URL("connector.cjs", import.meta.url));
const compiled = `${filename}.${process.version}-${process.platform}-${process.arch}.cache`;
const script = new Script(readFileSync(filename, "latin1"), {
  filename,
  cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const bundled = { exports: {} };
script.runInThisContext()(bundled.exports, createRequire(filename), bundled, filename);
process.exit(await bundled.exports.run(import.meta.url, process.argv.slice(2)));
