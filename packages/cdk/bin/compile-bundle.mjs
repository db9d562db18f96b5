// Compiles a bundle for the Node that runs this: node --random-seed=1 compile-bundle.mjs SCRIPT DATA manifest|code
// With a seed that does not change, V8 writes the same data for the same script each time.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import v8 from "node:v8";
import { constants, Script } from "node:vm";
import { withSmallConnector } from "./warm-up.mjs";

v8.setFlagsFromString = () => {}; // what is compiled holds for the flags of a fresh start

const [filename, data, kind] = process.argv.slice(2);
const script = new Script(readFileSync(filename, "latin1"), {
  filename: "connector.cjs", // it becomes a part of the data: where the bundle lies now does not matter
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const bundled = { exports: {} };
script.runInThisContext()(bundled.exports, createRequire(filename), bundled, filename);
const { run } = bundled.exports;
// Nothing is asked over a connection, as what runs then depends on when an answer comes. A source in code is asked for its
// spec only: who knows what else it would do.
const verbs = kind === "manifest" ? ["spec", "discover"] : ["spec"];
await withSmallConnector(
  async ({ lines, place }) => {
    for (const argv of lines.filter(([verb]) => verbs.includes(verb))) await run(place, argv);
  },
  { named: false },
);
await writeFile(data, script.createCachedData());
process.exit(0);
