import type { Finished } from "./engine.ts";

/** Why a verb within a container gave nothing, for the person who built the image. undefined where it did. */
export function explain(finished: Finished, wanted: string): string | undefined {
  const { exitCode, stdout, stderr, timedOut } = finished;
  if (timedOut) return "it did not end in time: does it wait for something that is not there?";
  const printed = messagesIn(stdout);
  const reason = exitCode === 0 ? undefined : reasonOf(finished, printed.trace);
  if (reason !== undefined) return reason;
  if (printed.stray !== undefined) return `it prints a line to stdout that is no message: ${cut(printed.stray)}`;
  if (exitCode !== 0) {
    const said = printed.trace ?? errorLine(stderr);
    return `it ended with exit code ${String(exitCode)}: ${said === "" ? "it said nothing" : said}`;
  }
  if (!printed.types.includes(wanted)) return `it printed no ${wanted} message`;
  return undefined;
}

/** What it says where it found no way to the API; undefined where it says something else. */
export function explainFailedCheck(message: string, network: string): string | undefined {
  const [code] = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT/.exec(message) ?? [];
  if (code === undefined) return undefined;
  return `nothing answers where it asks (${code}): is the address one that a container sees with --network ${network}?`;
}

type Reason = readonly [RegExp, (line: string) => string];

/** What programs write to stderr, most telling first. */
const reasons: readonly Reason[] = [
  [/exec format error/i, () => "it is made for another platform: build it with --platform"],
  [
    /heap out of memory|Allocation failed/i,
    () => "Node's own memory was full: raise --memory, or look for what holds all of a response",
  ],
  [
    /error while loading shared libraries|GLIBC_[\d.]+' not found/i,
    (line) => `a library of the system is missing, so the base is not the one that Node was made for: ${line}`,
  ],
  [
    /EROFS|read-only file system/i,
    (line) => `it writes outside of /tmp, but connectors run on a read-only root: ${line}`,
  ],
  [/EACCES|EPERM|permission denied/i, (line) => `user 1000 may not read or write what it needs: ${line}`],
  [/ENOSPC/, (line) => `there is no room to write: ${line}`],
  [
    /Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND/,
    (line) => `a module is missing: ${line}. Is it in the image, where user 1000 may read it?`,
  ],
  [
    /Unknown file extension|Cannot use import statement|SyntaxError/,
    (line) => `Node does not understand a file: ${line}. Bundle the connector with ferry bundle`,
  ],
];

function reasonOf({ exitCode, stdout, stderr }: Finished, trace: string | undefined): string | undefined {
  if (exitCode === 125) return `the engine could not start it: ${lastLine(stderr)}`;
  if (exitCode === 126 && !/exec format error/i.test(stderr)) {
    return `it cannot be started: is the entrypoint executable for user 1000? ${lastLine(stderr)}`;
  }
  if (exitCode === 127) {
    const [, program] = /exec: "([^"]+)"/.exec(stderr) ?? [];
    return `its entrypoint is not there: ${program === undefined ? lastLine(stderr) : `the image has no ${program}, or not on its PATH`}`;
  }
  if (exitCode === 137) {
    return "it was killed, most likely for want of memory: raise --memory, or look for what holds all of a response";
  }
  if (exitCode === 139) return "it crashed (SIGSEGV): Node, or a library in machine code, is not made for this base";
  const said = trace === undefined ? stderr : `${stdout}\n${stderr}`;
  for (const [pattern, told] of reasons) if (pattern.test(said)) return told(trace ?? lineWith(said, pattern));
  return undefined;
}

interface Printed {
  /** The types of the messages; undefined for a line that is none. */
  readonly types: readonly (string | undefined)[];
  /** The first line that is no message. */
  readonly stray: string | undefined;
  /** What the first error that it traces says. */
  readonly trace: string | undefined;
}

function messagesIn(stdout: string): Printed {
  const lines = stdout.split("\n").filter((line) => line.trim() !== "");
  const types = lines.map(typeOf);
  const trace = lines.find((line, index) => types[index] === "TRACE" && line.includes('"ERROR"'));
  return {
    types,
    stray: lines[types.indexOf(undefined)],
    trace: trace === undefined ? undefined : cut(messageOf(trace)),
  };
}

/** The type of a message; undefined where a line is none. */
export function typeOf(line: string): string | undefined {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message !== "object" || message === null || !("type" in message)) return undefined;
    return typeof message.type === "string" ? message.type : undefined;
  } catch {
    return undefined;
  }
}

function messageOf(line: string): string {
  const { trace } = JSON.parse(line) as { trace?: { error?: { message?: string } } }; // a TRACE of an error
  return trace?.error?.message ?? "";
}

/** The line that names an error; below it come its places, and at the end Node's version. */
const errorLine = (text: string): string => lineWith(text, /^(?:Uncaught )?\w*(?:Error|Exception)\b/) || lastLine(text);
const lastLine = (text: string): string => cut(text.trimEnd().split("\n").at(-1) ?? "");
const lineWith = (text: string, pattern: RegExp): string =>
  cut(text.split("\n").find((line) => pattern.test(line)) ?? "");
const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
