import type { ConnectorSpecification, JsonObject } from "ferry-cdk";

const text = (title: string, description: string, more: JsonObject = {}): JsonObject => ({
  type: "string",
  title,
  description,
  ...more,
});
const secret = (title: string, description: string): JsonObject => text(title, description, { airbyte_secret: true });
const alternative = (type: string, title: string, properties: JsonObject, required: readonly string[]): JsonObject => ({
  title,
  type: "object",
  required: ["type", ...required],
  properties: { type: { type: "string", const: type }, ...properties },
});
const mapping = (title: string, description: string): JsonObject => ({
  type: "object",
  title,
  description: `${description} Values may be templates that see \`config\`.`,
  additionalProperties: { type: ["string", "number", "boolean"] },
});
const path = (title: string, description: string): JsonObject => ({
  type: "array",
  title,
  description,
  items: { type: "string" },
});
const pageSize: JsonObject = { type: "integer", title: "Page size", description: "Records per page.", minimum: 1 };

const authentication: JsonObject = {
  type: "object",
  title: "Authentication",
  oneOf: [
    alternative("none", "None", {}, []),
    alternative("bearer", "Bearer token", { token: secret("Token", "Sent as `Authorization: Bearer …`.") }, ["token"]),
    alternative(
      "api_key",
      "API key",
      {
        key: secret("Key", "The key itself."),
        name: text("Name", "Name of the header or parameter.", { default: "X-API-Key" }),
        in: { type: "string", title: "Where", enum: ["header", "query"], default: "header" },
      },
      ["key"],
    ),
    alternative(
      "basic",
      "User and password",
      { username: text("User", "The user's name."), password: secret("Password", "The user's password.") },
      ["username", "password"],
    ),
    alternative(
      "oauth2",
      "OAuth 2",
      {
        token_url: text("Token URL", "Where tokens are fetched."),
        client_id: secret("Client ID", "The client's ID."),
        client_secret: secret("Client secret", "The client's secret."),
        refresh_token: secret("Refresh token", "Left out for the client credentials grant."),
        scopes: path("Scopes", "The scopes to ask for."),
      },
      ["token_url", "client_id", "client_secret"],
    ),
  ],
};

const pagination: JsonObject = {
  type: "object",
  title: "Pagination",
  oneOf: [
    alternative("none", "None", {}, []),
    alternative(
      "page",
      "Page number",
      {
        page_param: text("Page parameter", "Its name.", { default: "page" }),
        size_param: text("Size parameter", "Its name.", { default: "per_page" }),
        page_size: pageSize,
        start: { type: "integer", title: "First page", default: 1 },
      },
      [],
    ),
    alternative(
      "offset",
      "Offset",
      {
        offset_param: text("Offset parameter", "Its name.", { default: "offset" }),
        size_param: text("Size parameter", "Its name.", { default: "limit" }),
        page_size: pageSize,
      },
      [],
    ),
    alternative(
      "cursor",
      "Cursor in the answer",
      {
        cursor_path: path("Cursor path", "Where the answer holds the next page's cursor."),
        cursor_param: text("Cursor parameter", "Its name.", { default: "cursor" }),
        size_param: text("Size parameter", "Its name.", { default: "limit" }),
        page_size: pageSize,
      },
      ["cursor_path"],
    ),
    alternative(
      "link_header",
      "Link header",
      { size_param: text("Size parameter", "Its name."), page_size: pageSize },
      [],
    ),
  ],
};

const endpoint: JsonObject = {
  type: "object",
  required: ["name", "path"],
  properties: {
    name: text("Name", "The stream's name.", { minLength: 1 }),
    path: text("Path", "Added to the base URL. May be a template that sees `config`."),
    http_method: { type: "string", title: "Method", enum: ["GET", "POST"], default: "GET" },
    params: mapping("Parameters", "Parameters of the query."),
    headers: mapping("Headers", "Headers of this endpoint."),
    body_json: { type: "object", title: "JSON body", description: "Body of a POST.", additionalProperties: true },
    body_form: mapping("Form body", "Body of a POST as a form."),
    records_path: path("Records path", "Where the records are in the answer; found by itself when left out."),
    primary_key: path("Primary key", "The fields that tell records apart."),
    pagination,
    cursor_field: text("Cursor field", "The field by which the stream is read incrementally, a date-time."),
    cursor_param: text(
      "Cursor parameter",
      "The parameter that asks for records since then; without it they are dropped here.",
    ),
    cursor_format: text("Cursor format", "How the API writes it, in strftime's directives.", {
      examples: ["%Y-%m-%dT%H:%M:%SZ"],
    }),
  },
};

export const specification: ConnectorSpecification = {
  documentationUrl: "https://docs.airbyte.com",
  connectionSpecification: {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "REST API",
    type: "object",
    required: ["url_base", "endpoints"],
    properties: {
      name: text("Name", "What the API is called."),
      url_base: text("Base URL", "What all paths are added to.", { examples: ["https://api.example.com/v1"] }),
      authentication,
      start_date: text("Start date", "Incremental streams begin here.", {
        pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$",
        examples: ["2026-01-01T00:00:00Z"],
      }),
      headers: mapping("Headers", "Headers of all endpoints."),
      endpoints: { type: "array", title: "Endpoints", minItems: 1, items: endpoint },
    },
  },
};
