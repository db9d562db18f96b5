import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { configError } from "../../errors.ts";
import { readJson } from "../../entrypoint/inputs.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import { isObject, type Json } from "../../json/value.ts";
import type { Connector } from "./open-connector.ts";
import { resolveReferences, type ResolvedConfig } from "./references.ts";

/** A config as a command line gives it. */
export interface GivenConfig extends ResolvedConfig {
  /** The file that it came from, undefined where the command line holds it. */
  readonly file: string | undefined;
}

/** Reads `--config`, else `config.json` of the connector's folder where there is one. */
export async function givenConfig(
  given: string | undefined,
  connector: Pick<Connector, "folder">,
): Promise<GivenConfig | undefined> {
  const beside = join(connector.folder, "config.json");
  const chosen = given ?? (existsSync(beside) ? beside : undefined);
  return chosen === undefined ? undefined : readConfig(chosen, connector);
}

/**
 * Reads `--config`: a file, or the JSON itself, with its references filled in. Paths of `${file:…}` and `.env` belong to the
 * connector's folder.
 * @throws a config error that names the file, or the place
 */
export async function readConfig(
  given: string,
  { folder }: Pick<Connector, "folder">,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<GivenConfig> {
  const inline = given.trimStart().startsWith("{");
  const config: Json = inline ? parseInline(given) : await readJson("config", given);
  if (!isObject(config)) throw configError(`The config file ${given} must hold a JSON object.`);
  return { ...resolveReferences(config, { folder, env }), file: inline ? undefined : resolve(given) };
}

function parseInline(given: string): Json {
  try {
    return parseJson(given);
  } catch (error) {
    if (error instanceof JsonError) throw configError(`--config is not valid JSON: ${error.message}`, { cause: error });
    throw error;
  }
}
