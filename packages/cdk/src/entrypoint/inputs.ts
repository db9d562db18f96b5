import { readFile } from "node:fs/promises";
import { configError } from "../errors.ts";
import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { get, isObject, type Json, type JsonObject } from "../json/value.ts";
import { parseCatalog } from "../protocol/configured-catalog.ts";
import { parseState, type State } from "../protocol/incoming-state.ts";
import type { ConfiguredAirbyteCatalog } from "../protocol/messages.gen.ts";
import type { Arguments } from "./arguments.ts";
import { COMMAND } from "./generic-spec.ts";

/** What the files of the command line hold. Absent where the verb takes none. */
export interface Inputs {
  readonly config: JsonObject | undefined;
  readonly catalog: ConfiguredAirbyteCatalog | undefined;
  readonly state: State;
}

/** Reads the files of the command line. @throws a config error that names the file and its fault */
export async function readInputs(args: Arguments): Promise<Inputs> {
  const config = args.config === undefined ? undefined : await readJson("config", args.config);
  if (config !== undefined && !isObject(config)) {
    throw configError(`The config file ${args.config} must hold a JSON object.`, details);
  }
  // As in the reference: what only resolves a manifest reads no stream, so a file for one need not be right.
  const resolves = config !== undefined && /^(?:full_)?resolve_manifest$/.test(String(get(config, COMMAND)));
  if (resolves) return { config, catalog: undefined, state: parseState(null) };
  return {
    config,
    catalog: args.catalog === undefined ? undefined : parseCatalog(await readJson("catalog", args.catalog)),
    state: parseState(args.state === undefined ? null : await readJson("state", args.state)),
  };
}

const details = { code: "unreadable-input" };

/** Reads a file of JSON. @throws a config error that names the file and its fault */
export async function readJson(what: string, path: string): Promise<Json> {
  const text = await readText(what, path);
  try {
    return parseJson(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
    throw configError(`The ${what} file ${path} is not valid JSON: ${cause.message}`, { ...details, cause });
  }
}

/** Reads a file named on the command line. @throws a config error */
export async function readText(what: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const reason = reasons[(cause as NodeJS.ErrnoException).code ?? ""] ?? String(cause); // readFile throws only those
    throw configError(`The ${what} file ${path} cannot be read: ${reason}.`, { ...details, cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "it may not be read by this user",
};
