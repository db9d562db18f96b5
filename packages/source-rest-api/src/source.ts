import { createDeclarativeSource, inferSchema, type JsonObject, type Source } from "ferry-cdk";
import { foundRecords } from "./found-records.ts";
import { endpointsOf, manifestOf } from "./manifest.ts";
import { problemsOf } from "./problems.ts";
import { sampleStreams } from "./sample.ts";
import { specification } from "./specification/specification.ts";

const components = [foundRecords];

/** Any REST API: the config becomes a manifest, which the declarative runtime reads. */
export const restApi: Source = {
  spec: async () => specification,
  problems: problemsOf,
  check: (config, run) => declarative(config).check(config, run),
  async discover(config, run) {
    const names = endpointsOf(config).map(({ name }) => name);
    const samples = await sampleStreams(declarative(config), names, config, run);
    const schemas = new Map([...samples].map(([name, records]) => [name, inferSchema(records)]));
    return declarative(config, schemas).discover(config, run);
  },
  read: (config, catalog, state, run) => declarative(config).read(config, catalog, state, run),
};

function declarative(config: JsonObject, schemas?: ReadonlyMap<string, JsonObject>): Source {
  return createDeclarativeSource({ manifest: manifestOf(config, schemas), components });
}
