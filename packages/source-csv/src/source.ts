import {
  createSource,
  isConnectorError,
  type CodeStream,
  type JsonObject,
  type Source,
  type SourceRun,
} from "ferry-cdk";
import { specification } from "./specification.ts";

type Dataset = import("./dataset.ts").Dataset;

/** What reads files is loaded when a verb needs it. */
async function datasetOf(config: JsonObject, run: SourceRun): Promise<Dataset> {
  const { openDataset } = await import("./dataset.ts");
  return openDataset(config, run);
}

const streamOf = ({ name, read }: Dataset, schema: JsonObject): CodeStream => ({
  name,
  schema,
  read: ({ configured }) => read(configured.stream.json_schema),
});

/** Knows the schema, from a sample. */
const described = createSource({
  spec: specification,
  async streams(config, run) {
    const dataset = await datasetOf(config, run);
    return [streamOf(dataset, await dataset.schema())];
  },
});

/** Reads by the schema that the catalog states. */
const read = createSource({
  spec: specification,
  streams: async (config, run) => [streamOf(await datasetOf(config, run), {})],
});

/** A file as one stream. */
export const csvFile: Source = {
  ...read,
  discover: (config, run) => described.discover(config, run),
  async check(config, run) {
    try {
      return await described.check(config, run);
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      return { status: "FAILED", message: error.message };
    }
  },
};
