/** Runs the tiny source as a process of its own. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { messagesOf, type ConnectorRun } from "../src/testing/run-connector.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-process-"));
const program = join(folder, "tiny-source.mjs");

/** Bundles the source; to be awaited before any process is started. */
export async function bundleTinySource(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("tiny-source.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    outfile: program,
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: "error",
  });
}

/** Removes the bundle and all files. */
export function removeTinySource(): void {
  rmSync(folder, { recursive: true });
}

/** The path of a file with this content. */
export function file(name: string, content: unknown): string {
  const path = join(folder, `${process.hrtime.bigint()}-${name}`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

export type TinyProcess = ChildProcessByStdio<null, Readable, Readable>;

export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): TinyProcess {
  return spawn(process.execPath, [program, ...args], { env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

/** Waits for the end; gives the exit code, or the signal's name. */
export function ended(child: TinyProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code ?? -1)));
}

/** Runs to the end and keeps all. */
export async function run(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Omit<ConnectorRun, "exitCode"> & { readonly exitCode: number | NodeJS.Signals }> {
  const child = start(args, env);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exitCode = await ended(child);
  return { exitCode, stderr, ...messagesOf(stdout) };
}
