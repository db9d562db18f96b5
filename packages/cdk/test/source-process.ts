/** Runs a source of this folder as a process of its own. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { messagesOf, type ConnectorRun } from "../src/testing/run-connector.ts";

export type Child = ChildProcessByStdio<null, Readable, Readable>;
export type Exit = number | NodeJS.Signals;

export interface SourceProcess {
  /** Bundles the source; to be awaited before any process is started. */
  bundle(): Promise<void>;
  /** Removes the bundle and all files. */
  remove(): void;
  /** The path of a file with this content. */
  file(name: string, content: unknown): string;
  /** Starts it, its stdout a pipe, or this open file. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>, stdout?: number): Child;
  /** Runs to the end and keeps all. */
  run(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Omit<ConnectorRun, "exitCode" | "sent"> & { readonly exitCode: Exit }>;
}

export function sourceProcess(entry: string): SourceProcess {
  const folder = mkdtempSync(join(tmpdir(), "ferry-process-"));
  const program = join(folder, entry.replace(/\.ts$/, ".mjs"));
  const start: SourceProcess["start"] = (args, env = {}, stdout) =>
    spawn(process.execPath, [program, ...args], {
      env: { ...env },
      stdio: ["ignore", stdout ?? "pipe", "pipe"],
    }) as Child; // whoever gives a file does not look at the pipe
  return {
    async bundle() {
      await build({
        entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
        bundle: true,
        format: "esm",
        platform: "node",
        target: "node20",
        outfile: program,
        banner: { js: 'import{createRequire as from}from"node:module";const require=from(import.meta.url);' },
        logLevel: "error",
      });
    },
    remove: () => rmSync(folder, { recursive: true }),
    file(name, content) {
      const path = join(folder, `${process.hrtime.bigint()}-${name}`);
      writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
      return path;
    },
    start,
    async run(args, env) {
      const child = start(args, env);
      let stdout = "";
      let stderr = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      const exitCode = await ended(child);
      return { exitCode, stderr, ...messagesOf(stdout) };
    },
  };
}

/** Waits for the end; gives the exit code, or the signal's name. */
export function ended(child: Child): Promise<Exit> {
  return new Promise((resolve) => child.once("close", (code, signal) => resolve(signal ?? code ?? -1)));
}

/** The memory that a process has now. */
export function residentMegabytes({ pid }: Child): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
