import { configError } from "../errors.ts";
import type { ConnectorSpecification } from "../protocol/messages.gen.ts";
import type { Source } from "../source.ts";

/** The config key that may hold a whole manifest. */
export const INJECTED = "__injected_declarative_manifest";
/** The key of a config that asks for what a connector builder wants in place of a sync. */
export const COMMAND = "__command";

const genericSpec: ConnectorSpecification = {
  documentationUrl: "https://docs.airbyte.com/integrations/sources/low-code",
  connectionSpecification: {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Low-code source spec",
    type: "object",
    required: [INJECTED],
    additionalProperties: true,
    properties: {
      [INJECTED]: {
        title: "Low-code manifest",
        type: "object",
        description: "The low-code manifest that defines the components of the source.",
      },
    },
  },
};

const noManifest = async (): Promise<never> => {
  throw configError("There is no manifest yet, so this source can only tell its spec.", { code: "no-manifest" });
};

/** What `source-declarative-manifest` is before anyone named a manifest. */
export const genericSource: Source = {
  spec: async () => genericSpec,
  check: noManifest,
  discover: noManifest,
  async *read() {
    await noManifest();
  },
};
