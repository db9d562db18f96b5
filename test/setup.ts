/** What a test prints to stdout must be a message: a line of anything else, which would spoil a sync, fails it. */
import { afterEach } from "vitest";

const stray: string[] = [];

function watch(text: string): void {
  for (const line of text.split("\n")) if (line.trim() !== "" && !line.startsWith("{")) stray.push(line);
}

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
  watch(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
  return write(chunk, rest.find((argument) => typeof argument === "function") as () => void); // the callback, if any
};
for (const method of ["log", "info", "debug"] as const) {
  console[method] = (...values: unknown[]) => watch(values.map(String).join(" "));
}

afterEach(() => {
  const lines = stray.splice(0);
  if (lines.length > 0) throw new Error(`printed to stdout, but no message:\n${lines.join("\n")}`);
});
