import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { equal } from "../../json/equal.ts";
import { parseJson } from "../../json/parse.ts";
import { entries, fromEntries, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { prettyJson } from "../../json/pretty.ts";
import type { GivenConfig } from "./read-config.ts";
import { escapeReferences, type ReferenceOrigin } from "./references.ts";
import { setVariable } from "./set-variable.ts";

/**
 * Writes a config that a connector changed, e.g. its refresh token, into the file that it came from. References whose value
 * is the same stay as they are written; the new value of a `${file:…}` goes into that file, and of an `${env:…}` that the
 * folder's `.env` gives into that. All is written when it returns; each file is the old one or the new one, whatever happens.
 * @param mode the permissions of what is written; those that a file has when left out
 * @returns the files that were written
 */
export function saveConfig({ file, references }: GivenConfig, changed: JsonObject, mode?: number): readonly string[] {
  if (file === undefined) return [];
  const known = new Map(references.map((reference) => [place(reference.path), reference]));
  const values = new Map<string, string>();

  function written(value: Json, path: readonly (string | number)[]): Json {
    if (typeof value === "string") return text(value, path);
    if (isList(value)) return value.map((item, index) => written(item, [...path, index]));
    if (!isObject(value)) return value;
    return fromEntries(entries(value).map(([key, member]) => [key, written(member, [...path, key])]));
  }
  function text(value: string, path: readonly (string | number)[]): string {
    const reference = known.get(place(path));
    if (reference?.value === value) return reference.written;
    const { origin } = reference ?? {};
    const content = origin === undefined ? undefined : newContent(origin, value);
    if (reference === undefined || origin === undefined || content === undefined) return escapeReferences(value);
    values.set(origin.file, content);
    return reference.written;
  }
  function newContent({ file: target, variable }: ReferenceOrigin, value: string): string | undefined {
    if (variable === undefined) return `${value}\n`;
    return setVariable(values.get(target) ?? readFileSync(target, "utf8"), variable, value);
  }

  const before = existsSync(file) ? parseJson(readFileSync(file, "utf8").replace(/^\uFEFF/, "")) : undefined;
  const after = written(changed, []);
  if (before === undefined || !equal(before, after)) values.set(file, `${prettyJson(after)}\n`);
  for (const [path, content] of values) replaceFile(path, content, mode);
  return [...values.keys()];
}

const place = (path: readonly (string | number)[]): string => JSON.stringify(path);

/** Puts a file in the place of another, at once; who may read it stays as it was where no mode is given. */
export function replaceFile(given: string, content: string, mode?: number): void {
  const path = existsSync(given) ? realpathSync(given) : given; // a link stays one
  const folder = mkdtempSync(join(dirname(path), ".ferry-"));
  try {
    const next = join(folder, basename(path));
    writeFileSync(next, content, { flush: true, ...(mode === undefined ? modeOf(path) : { mode }) });
    renameSync(next, path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The permissions of the file that is there; those of any new file where there is none. */
function modeOf(path: string): { readonly mode?: number } {
  const known = statSync(path, { throwIfNoEntry: false });
  return known === undefined ? {} : { mode: known.mode & 0o777 };
}
