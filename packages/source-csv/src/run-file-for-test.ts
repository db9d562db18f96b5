import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { get, isObject, type Json, type JsonObject } from "ferry-cdk";
import { configured, runConnector, type ConnectorRun } from "ferry-cdk/testing";
import { csvFile } from "./source.ts";

export const NAME = "things";

/** Runs a verb on this config, the stream's name added. A read gets the catalog that `schema` makes. */
export function run(verb: string, config: JsonObject, schema: JsonObject = {}): Promise<ConnectorRun> {
  const catalog = configured(NAME);
  const [first] = catalog["streams"] as [{ stream: JsonObject }]; // `configured` makes it so
  first.stream["json_schema"] = schema;
  return runConnector(csvFile, [verb], {
    config: { dataset_name: NAME, ...config },
    ...(verb === "read" ? { catalog } : {}),
  });
}

/** What `discover` says of a config, and what a read by that catalog sends. */
export async function readAll(
  config: JsonObject,
): Promise<{ types: JsonObject; records: JsonObject[]; read: ConnectorRun }> {
  const found = await run("discover", config);
  const schema = found.of("CATALOG")[0]?.catalog.streams[0]?.json_schema;
  if (schema === undefined) throw new Error(found.lines.join("\n"));
  const read = await run("read", config, schema);
  return { types: typesOf(schema), records: read.records(NAME), read };
}

/** Each property in a word. */
function typesOf(schema: JsonObject): JsonObject {
  const properties = get(schema, "properties");
  const word = (property: Json): string => {
    const { type, format, airbyte_type } = property as Record<string, Json>;
    const types = [type].flat().filter((each) => each !== "null");
    const zone = airbyte_type === "timestamp_without_timezone" ? " without zone" : "";
    return `${types.join(" or ")}${typeof format === "string" ? ` ${format}` : ""}${zone}`;
  };
  if (!isObject(properties)) throw new Error("the schema has no properties");
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, word(property)]));
}

/** A file with this content, there while `use` runs. */
export async function withFile<T>(
  content: string | Uint8Array,
  use: (file: JsonObject, path: string) => Promise<T>,
  name: string = "things.csv",
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "ferry-csv-"));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    return await use({ url: path, provider: { storage: "local" } }, path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Why a check fails; undefined when it does not. */
export async function failure(config: JsonObject): Promise<string | undefined> {
  const { exitCode, of } = await run("check", config);
  const { status, message } = of("CONNECTION_STATUS")[0]!.connectionStatus;
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}`);
  return status === "FAILED" ? message : undefined;
}
