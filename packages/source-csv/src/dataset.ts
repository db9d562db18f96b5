import { configError, get, isObject, type Batch, type JsonObject, type SourceRun } from "ferry-cdk";
import { formatOf } from "./formats/format.ts";
import { readerOptions } from "./reader-options.ts";
import { storedFile } from "./storage/stored-file.ts";

/** The one stream of a config. */
export interface Dataset {
  readonly name: string;
  /** The JSON Schema of its records, from a sample of them. */
  schema(): Promise<JsonObject>;
  /** Its records by this schema; columns that it does not name are read by what a sample says. */
  read(schema: JsonObject): AsyncIterable<Batch>;
}

/** @throws a config error where the config says what cannot be */
export function openDataset(config: JsonObject, run: SourceRun): Dataset {
  const name = textOf(config, "dataset_name");
  const format = get(config, "format") ?? "csv";
  if (typeof format !== "string") throw configError(`/format is no text: it must be the name of a format.`);
  const options = readerOptions(get(config, "reader_options"), format, run.log);
  const provider = get(config, "provider");
  const file = storedFile(textOf(config, "url"), isObject(provider) ? provider : {}, run);
  return { name, ...formatOf(format)({ name, file, options, run }) };
}

function textOf(config: JsonObject, field: string): string {
  const value = get(config, field);
  if (typeof value !== "string") throw configError(`/${field} is missing: it must be a text.`);
  return value;
}
