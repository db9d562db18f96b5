import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { configError } from "../../errors.ts";
import { entries, fromEntries, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** A config whose references are filled in. */
export interface ResolvedConfig {
  readonly config: JsonObject;
  /** Where a reference stood, and what it came to. */
  readonly references: readonly Reference[];
}

export interface Reference {
  readonly path: readonly (string | number)[];
  /** As it is written, such as `${env:TOKEN}`. */
  readonly written: string;
  readonly value: string;
  /** The file that holds the value, where the reference stands alone: a new value may go there. */
  readonly origin: ReferenceOrigin | undefined;
}

export interface ReferenceOrigin {
  readonly file: string;
  /** The variable of a `.env`; undefined where the value is all that the file holds. */
  readonly variable: string | undefined;
}

/** What references look into. */
export interface Surroundings {
  /** The folder that paths of files start from, and where `.env` lies. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const REFERENCE = /(\$?)\$\{(env|file):([^}]*)\}/g;

/**
 * Fills in `${env:NAME}` (of the environment, else of the folder's `.env`) and `${file:PATH}` (without its last line break)
 * within the texts of a config. `$${` stands for itself.
 * @throws a config error that names the places of all that are not there
 */
export function resolveReferences(config: JsonObject, { folder, env }: Surroundings): ResolvedConfig {
  const references: Reference[] = [];
  const problems: string[] = [];
  let local: Readonly<Record<string, string | undefined>> | undefined;

  function look(kind: string, name: string): string | undefined {
    if (kind === "env") return env[name] ?? (local ??= dotEnv(folder))[name];
    return fileText(resolve(folder, name))?.replace(/\r?\n$/, "");
  }
  function originOf(written: string): ReferenceOrigin | undefined {
    const [, kind, name] = /^\$\{(env|file):([^}]*)\}$/.exec(written) ?? [];
    if (kind === undefined || name === undefined) return undefined;
    if (kind === "file") return { file: resolve(folder, name), variable: undefined };
    return env[name] === undefined ? { file: resolve(folder, ".env"), variable: name } : undefined;
  }
  function text(written: string, path: readonly (string | number)[]): string {
    let found = false;
    const value = written.replace(REFERENCE, (whole, escape: string, kind: string, name: string) => {
      if (escape !== "") return whole.slice(1);
      found = true;
      const known = look(kind, name);
      if (known === undefined) problems.push(missing(`/${path.join("/")}`, whole, kind, name, folder));
      return known ?? "";
    });
    if (found) references.push({ path, written, value, origin: originOf(written) });
    return value;
  }
  function walk(value: Json, path: readonly (string | number)[]): Json {
    if (typeof value === "string") return text(value, path);
    if (isList(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (!isObject(value)) return value;
    return fromEntries(entries(value).map(([key, member]) => [key, walk(member, [...path, key])]));
  }

  const resolved = fromEntries(entries(config).map(([key, member]) => [key, walk(member, [key])]));
  if (problems.length > 0) throw configError(problems.join("\n"), { code: "unresolved-reference" });
  return { config: resolved, references };
}

function missing(place: string, written: string, kind: string, name: string, folder: string): string {
  if (kind === "file") return `${place} of the config is ${written}, but ${resolve(folder, name)} cannot be read.`;
  return `${place} of the config is ${written}, but ${name} is set neither in the environment nor in ${resolve(folder, ".env")}.`;
}

function dotEnv(folder: string): Readonly<Record<string, string | undefined>> {
  const text = fileText(resolve(folder, ".env"));
  return text === undefined ? {} : parseEnv(text);
}

function fileText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // the caller says which reference is in vain
  }
}

/** A text that stands for itself when it is read again. */
export const escapeReferences = (text: string): string => text.replace(/\$\{(?=(?:env|file):[^}]*\})/g, "$$$${");
