import { endpoints, type Endpoint } from "./endpoints.ts";
import { model, models, type Schema } from "./models.ts";

/** The OpenAPI document of the server. */
export function openApi(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Manifest Server",
      description:
        "Runs low-code Airbyte connectors: reads streams on trial, checks, discovers and resolves manifests.",
      version: "0.2.0",
    },
    paths: {
      "/health/": {
        get: {
          tags: ["health"],
          summary: "Whether the server is there.",
          operationId: "health_health__get",
          responses: { "200": answered("It is.", { type: "object", additionalProperties: { type: "string" } }) },
        },
      },
      "/capabilities/": {
        get: {
          tags: ["capabilities"],
          summary: "What the server may do.",
          operationId: "getCapabilities",
          responses: { "200": answered("What it may do.", model("CapabilitiesResponse")) },
        },
      },
      ...Object.fromEntries(
        Object.entries(endpoints).map(([name, endpoint]) => [`/v1/manifest/${name}`, { post: post(endpoint) }]),
      ),
    },
    components: { schemas: models, securitySchemes: { HTTPBearer: { type: "http", scheme: "bearer" } } },
  };
}

function post({ operation, summary, request, answer }: Endpoint): object {
  return {
    tags: ["manifest"],
    summary,
    operationId: operation,
    requestBody: { required: true, content: { "application/json": { schema: model(request) } } },
    responses: {
      "200": answered(summary, model(answer)),
      "400": answered("The manifest, the config or the API do not allow it.", model("ErrorResponse")),
      "422": answered("The request is not of this form.", model("HTTPValidationError")),
    },
    security: [{ HTTPBearer: [] }],
  };
}

const answered = (description: string, schema: Schema): object => ({
  description,
  content: { "application/json": { schema } },
});
