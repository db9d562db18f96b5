import type { ConnectorSpecification } from "ferry-cdk";
import { authentication } from "./authentication.ts";
import { endpoint } from "./endpoint.ts";
import { mapping, text } from "./fields.ts";

/** What can be configured. Keys of the top level that it does not know are the user's own, for templates. */
export const specification: ConnectorSpecification = {
  documentationUrl: "https://docs.airbyte.com",
  connectionSpecification: {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "REST API",
    type: "object",
    required: ["url_base", "endpoints"],
    additionalProperties: true,
    properties: {
      name: text("Name", "What the API is called."),
      url_base: text("Base URL", "What all paths are added to.", {
        pattern: "^https?://[^\\s/]",
        examples: ["https://api.example.com/v1"],
      }),
      authentication,
      start_date: text("Start date", "Incremental streams begin here.", {
        pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$",
        examples: ["2026-01-01T00:00:00Z"],
      }),
      headers: mapping("Headers", "Headers of all endpoints."),
      endpoints: {
        type: "array",
        title: "Endpoints",
        description: "Each becomes a stream.",
        minItems: 1,
        items: endpoint,
      },
    },
  },
};
