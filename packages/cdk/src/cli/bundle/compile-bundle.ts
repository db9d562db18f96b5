import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ferryFolder } from "./built-package.ts";
import { MAIN, SCRIPT, type BundleFile } from "./bundle.ts";
import { writeBundle } from "./write-bundle.ts";

/**
 * The files of a connector that is one script: what starts it, the script, and what Node compiled of it; the same bytes for
 * the same script and Node. Where it cannot be compiled it is left to the Node that runs it.
 * @param kind what is run to see what has to be compiled: a small manifest of our own, or the spec of the source in code
 * @param beside what it reads from beside it
 * @param node the path of Node's executable
 */
export async function compileBundle(
  script: Uint8Array,
  kind: "manifest" | "code",
  beside: readonly BundleFile[],
  node: string,
): Promise<readonly BundleFile[]> {
  const bin = join(ferryFolder(), "bin");
  const files = [
    { path: MAIN, content: await readFile(join(bin, "start-bundle.mjs")) },
    { path: SCRIPT, content: script },
  ];
  const folder = await mkdtemp(join(tmpdir(), "ferry-bundle-"));
  try {
    const [text, data] = [join(folder, SCRIPT), join(folder, "data")];
    await writeBundle({ files: [{ path: SCRIPT, content: script }, ...beside] }, folder);
    const { stdout: suffix } = await run(node, ["-p", SUFFIX]);
    await run(node, ["--random-seed=1", join(bin, "compile-bundle.mjs"), text, data, kind]);
    return [...files, { path: `${SCRIPT}.${suffix.trim()}.cache`, content: await readFile(data) }];
  } catch {
    return files; // it runs all the same: a source that cannot tell its spec here may be able to there
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const SUFFIX = "[process.version, process.platform, process.arch].join('-')";

/** Without the flags and the settings of this process: what is compiled holds for a plain start. */
const run = (node: string, argv: readonly string[]): Promise<{ stdout: string }> =>
  promisify(execFile)(node, argv, { env: {}, timeout: 60_000, maxBuffer: 2 ** 26 });
