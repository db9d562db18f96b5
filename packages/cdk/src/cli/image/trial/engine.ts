import { spawn, spawnSync } from "node:child_process";
import { basename } from "node:path";
import { configError } from "../../../errors.ts";
import { containerEngine } from "../../connector/container-engine.ts";

/** A container engine's command line, such as `podman` or `docker`. */
export interface Engine {
  readonly name: string;
  /** Runs a command of it; output beyond 64 MB is cut. */
  run(argv: readonly string[], timeout: number): Promise<Finished>;
}

export interface Finished {
  /** undefined where it did not end by itself. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

const LARGEST = 64 * 2 ** 20;

/**
 * The engine that `--engine` names, with flags of its own if it has any; else podman or docker, whichever is installed.
 * @throws a config error where there is none
 */
export function openEngine(given: string | undefined): Engine {
  const installed = containerEngine();
  const [program, ...flags] = given?.match(/\S+/g) ?? (installed === undefined ? [] : [installed]);
  if (program === undefined || !isInstalled(program)) {
    throw configError(
      `${program === undefined ? "Neither podman nor docker" : `No ${program}`} is installed here: an image can only be ` +
        `tried where one is. Building and pushing need none.`,
      { code: "no-engine" },
    );
  }
  return { name: basename(program), run: (argv, timeout) => finish(program, [...flags, ...argv], timeout) };
}

const isInstalled = (program: string): boolean =>
  spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;

function finish(program: string, argv: readonly string[], timeout: number): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { stdio: ["ignore", "pipe", "pipe"] });
    const out = collect(child.stdout);
    const err = collect(child.stderr);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeout * 1000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? undefined, stdout: out(), stderr: err(), timedOut });
    });
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}
