import type { Finished } from "./engine.ts";

/** Why a verb within a container gave nothing, for the person who built the image. undefined where it did. */
export function explain({ exitCode, stdout, stderr, timedOut }: Finished, wanted: string): string | undefined {
  if (timedOut) return "it did not end in time: does it wait for something that is not there?";
  if (exitCode === 125) return `the engine could not start it: ${lastLine(stderr)}`;
  if (exitCode === 126) {
    return `it cannot be started: is the entrypoint executable, and made for this platform? ${lastLine(stderr)}`;
  }
  if (exitCode === 127)
    return `its entrypoint is not there: is Node in the image, and on its PATH? ${lastLine(stderr)}`;
  if (exitCode === 137)
    return "it was killed, most likely for want of memory: raise --memory, or look for what holds all of a response";
  if (/exec format error/i.test(stderr)) return "it is made for another platform: build it with --platform";
  if (/EROFS|read-only file system/i.test(stderr + stdout)) {
    return `it writes outside of /tmp, but connectors run on a read-only root: ${lineWith(stderr + stdout, /EROFS|read-only/i)}`;
  }
  if (/EACCES|permission denied/i.test(stderr)) {
    return `user 1000 may not read or write what it needs: ${lineWith(stderr, /EACCES|permission denied/i)}`;
  }
  if (/Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND/.test(stderr)) {
    return `a module is missing: ${lineWith(stderr, /Cannot find/)}`;
  }
  const lines = stdout.split("\n").filter((line) => line.trim() !== "");
  const types = lines.map(typeOf);
  const stray = lines[types.indexOf(undefined)];
  if (stray !== undefined) return `it prints a line to stdout that is no message: ${cut(stray)}`;
  const trace = lines.find((line, index) => types[index] === "TRACE" && line.includes('"ERROR"'));
  if (exitCode !== 0) {
    const said = trace === undefined ? lastLine(stderr) : messageOf(trace);
    return `it ended with exit code ${String(exitCode)}: ${said === "" ? "it said nothing" : said}`;
  }
  if (!types.includes(wanted)) return `it printed no ${wanted} message`;
  return undefined;
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

const lastLine = (text: string): string => cut(text.trimEnd().split("\n").at(-1) ?? "");
const lineWith = (text: string, pattern: RegExp): string =>
  cut(text.split("\n").find((line) => pattern.test(line)) ?? "");
const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
