import { configError, createDeclarativeSource, type JsonObject, type Source, type SourceRun } from "ferry-cdk";
import { foundRecords } from "./found-records.ts";
import { inferSchema } from "./infer-schema.ts";
import { endpointsOf, manifestOf } from "./manifest.ts";
import { specification } from "./specification.ts";

/** How many records of a stream its schema is inferred from. */
const sampleSize = 200;

/** Any REST API: the config becomes a manifest, which the declarative runtime reads. */
export const restApi: Source = {
  spec: async () => specification,
  check: (config, run) => declarative(config).check(config, run),
  async discover(config, run) {
    const schemas = new Map<string, JsonObject>();
    for (const { name } of endpointsOf(config)) schemas.set(name, inferSchema(await sample(config, name, run)));
    return declarative(config, schemas).discover(config, run);
  },
  read: (config, catalog, state, run) => declarative(config).read(config, catalog, state, run),
};

function declarative(config: JsonObject, schemas?: ReadonlyMap<string, JsonObject>): Source {
  return createDeclarativeSource({ manifest: manifestOf(config, schemas), components: [foundRecords] });
}

/** The first records of a stream. Its failure is the failure of the discovery: there is no schema without an answer. */
async function sample(config: JsonObject, name: string, run: SourceRun): Promise<JsonObject[]> {
  const records: JsonObject[] = [];
  const catalog = {
    streams: [
      {
        stream: { name, json_schema: {}, supported_sync_modes: ["full_refresh" as const] },
        sync_mode: "full_refresh" as const,
        destination_sync_mode: "overwrite" as const,
      },
    ],
  };
  const noState = { streams: [], shared: undefined, of: () => ({}) };
  for await (const item of declarative(config).read(config, catalog, noState, run)) {
    if ("batch" in item) {
      for (let index = 0; index < item.batch.length && records.length < sampleSize; index++) {
        records.push(item.batch.value(index) as JsonObject); // the runtime sends objects only
      }
      if (records.length >= sampleSize) return records;
    } else if (item.type === "TRACE" && item.trace.type === "ERROR") {
      throw configError(`The schema of ${name} cannot be inferred: ${String(item.trace.error?.message)}`, {
        stream: name,
      });
    }
  }
  return records;
}
