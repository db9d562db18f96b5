import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure } from "esbuild";
import { configError } from "../../errors.ts";
import type { Compiler } from "./compiler.ts";
import { faultOf } from "./fault-of.ts";
import { outsidePackages, runningCopy } from "./outside-packages.ts";

/** What was compiled before: the file, and what the sources were then. */
interface Kept {
  readonly output: string;
  /** Hashes by path. */
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * Compiles a TypeScript module and the files that it imports. Gives the URL to import: that of the last time, while no
 * source changed. What is compiled is kept in the user's cache, by the place of its source.
 * @throws a config error that names file, line and column
 */
export async function compileModule(compiler: Compiler, file: string, cache: string = cacheFolder()): Promise<string> {
  const name = basename(file).replace(/\.m?ts$/, "");
  const key = `${name}-${hash([file, compiler.version, runningCopy("ferry-cdk")].join("\n"))}`;
  const index = join(cache, `${key}.json`);
  const kept = await readKept(index);
  if (kept !== undefined && (await isCurrent(kept))) return pathToFileURL(kept.output).href;

  const { text, inputs } = await compile(compiler, { folder: dirname(file), file });
  try {
    await mkdir(cache, { recursive: true, mode: 0o700 });
    const output = join(cache, `${key}-${hash(text)}.mjs`);
    await replace(output, text);
    await replace(index, JSON.stringify({ output, inputs } satisfies Kept));
    if (kept !== undefined && kept.output !== output) await rm(kept.output, { force: true });
    return pathToFileURL(output).href;
  } catch {
    // Where nothing can be kept, such as in a read-only container, it is compiled each time.
    return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
  }
}

function cacheFolder(): string {
  const given = process.env["XDG_CACHE_HOME"];
  return join(given === undefined || given === "" ? join(homedir(), ".cache") : given, "ferry", "modules");
}

/** A module: a file, or its text, whose imports are looked for from a folder. */
export type ModuleSource = { readonly folder: string } & (
  { readonly file: string } | { readonly name: string; readonly text: string }
);

/** Compiles a module, with the files that it imports. Gives JavaScript, and hashes of the files by path. */
export async function compile(
  compiler: Compiler,
  source: ModuleSource,
): Promise<{ readonly text: string; readonly inputs: Kept["inputs"] }> {
  const { folder } = source;
  const isFile = "file" in source;
  const result = await compiler
    .build({
      ...(isFile
        ? { entryPoints: [source.file], define: { "import.meta.url": JSON.stringify(pathToFileURL(source.file).href) } }
        : { stdin: { contents: source.text, loader: "ts", resolveDir: folder, sourcefile: source.name } }),
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "node",
      target: "node20",
      sourcemap: "inline",
      logLevel: "silent",
      tsconfigRaw: {}, // what an editor is told of the code does not change what it does
      plugins: [outsidePackages],
    })
    .catch((failure: unknown) => {
      throw configError(faultOf(failure as BuildFailure, folder), { code: "module-broken", cause: failure });
    });
  process.setSourceMapsEnabled(true); // so that errors name lines of the source
  const paths = isFile ? Object.keys(result.metafile.inputs).map((path) => resolve(folder, path)) : [];
  const hashes = await Promise.all(paths.map(async (path) => [path, hash(await readFile(path))] as const));
  return { text: result.outputFiles[0]!.text, inputs: Object.fromEntries(hashes) };
}

async function readKept(index: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(index, "utf8")) as Kept; // written below
  } catch {
    return undefined; // there is none yet, or it was damaged: then it is made again
  }
}

async function isCurrent({ output, inputs }: Kept): Promise<boolean> {
  try {
    process.setSourceMapsEnabled(true);
    const same = await Promise.all(
      Object.entries(inputs).map(async ([path, was]) => hash(await readFile(path)) === was),
    );
    const expected = hash(await readFile(output));
    return same.every(Boolean) && output.endsWith(`-${expected}.mjs`);
  } catch {
    return false; // a file of it is gone
  }
}

/** Puts a file in place as a whole: another process may be about to read it. */
async function replace(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, path);
}

const hash = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex").slice(0, 16);
