#!/usr/bin/env node
// Compiles the commands for the Node that runs this, as far as a check, a discover, a read and a validation need them. To
// be run where the package was installed, e.g. when an image is built; without it all is the same, but slower to start.
import { fork } from "node:child_process";
import { rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import { placesOf, readScript } from "./load.mjs";
import { withSmallConnector } from "./warm-up.mjs";

// What the commands print is for nobody, so they run in a process of their own.
if (process.send === undefined) {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("exit", (code) => (process.exitCode = code ?? 1));
} else {
  v8.setFlagsFromString = () => {}; // what is compiled holds for the flags that it was compiled with: those of a fresh start
  await withSmallConnector(async ({ lines, manifest }) => {
    await compileEntry("entrypoint/declarative", "runDeclarative", lines);
    await compileEntry("cli/main", "main", [["manifest", "validate", manifest]]);
  });
  process.disconnect();
}

/** Compiles what runs of these command lines need. */
async function compileEntry(entry, name, lines) {
  const { script, run } = readScript(entry);
  const { [name]: command } = await run();
  for (const argv of lines) {
    if ((await command(argv)) !== 0) throw new Error(`The commands do not run: ${argv.join(" ")} failed.`);
  }
  const { compiled } = placesOf(entry);
  await writeFile(`${compiled}.new`, script.createCachedData());
  await rename(`${compiled}.new`, compiled);
}
