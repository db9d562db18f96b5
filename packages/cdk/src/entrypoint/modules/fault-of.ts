import { relative, resolve } from "node:path";
import type { BuildFailure } from "esbuild";

/** The first fault that esbuild found, with file, line and column. Paths of its own start from `folder`. */
export function faultOf({ errors, message }: BuildFailure, folder: string): string {
  const [first] = errors ?? [];
  if (first === undefined) return message;
  const { location, text } = first;
  if (location === null) return text;
  const whole = resolve(folder, location.file);
  const near = relative(process.cwd(), whole);
  return `${near.startsWith("..") ? whole : near}:${location.line}:${location.column + 1}: ${text}`;
}
