/**
 * The shapes of requests and answers, as JSON Schemas of an OpenAPI document: it shows them, and requests are checked by
 * them. Names, fields and limits are those of the platform's manifest server, so that its clients work unchanged.
 */
export interface Schema {
  readonly type?: "object" | "array" | "string" | "integer" | "boolean" | "null";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: true | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
  readonly $ref?: string;
}

const text: Schema = { type: "string" };
const flag: Schema = { type: "boolean" };
const anyObject: Schema = { type: "object" };
const list = (items: Schema): Schema => ({ type: "array", items });
const optional = (...schemas: readonly Schema[]): Schema => ({ anyOf: [...schemas, { type: "null" }] });
/** A reference to a model. */
export const model = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const limit = (maximum: number, usual: number): Schema => ({ type: "integer", minimum: 1, maximum, default: usual });
const object = (description: string, required: Fields, other: Fields = {}): Schema => ({
  type: "object",
  description,
  properties: { ...required, ...other },
  ...(Object.keys(required).length === 0 ? {} : { required: Object.keys(required) }),
});
type Fields = Readonly<Record<string, Schema>>;

const context = { context: optional(model("RequestContext")) };
const manifest = { manifest: model("Manifest") };
const configured = { ...manifest, config: model("ConnectorConfig") };

const requests: Fields = {
  Manifest: { type: "object", description: "A manifest, as JSON.", properties: {}, additionalProperties: true },
  ConnectorConfig: { type: "object", description: "A config, as JSON.", properties: {}, additionalProperties: true },
  RequestContext: object(
    "Who asks, for the server's log.",
    {},
    { workspace_id: optional(text), project_id: optional(text) },
  ),
  StreamTestReadRequest: object(
    "Reads some pages of a stream.",
    { ...configured, stream_name: text },
    {
      state: list({}),
      custom_components_code: optional(text),
      record_limit: limit(5000, 100),
      page_limit: limit(20, 5),
      slice_limit: limit(20, 5),
      ...context,
    },
  ),
  CheckRequest: object("Tries a connection.", configured, context),
  DiscoverRequest: object("Asks for the streams.", configured, context),
  ResolveRequest: object("Asks for the manifest with its references followed.", manifest, context),
  FullResolveRequest: object("The same, with the streams that dynamic streams make.", configured, {
    stream_limit: limit(100, 100),
    ...context,
  }),
};

const answers: Fields = {
  CapabilitiesResponse: object("What the server may do.", { custom_code_execution: flag }),
  CheckResponse: object(
    "Whether the connection works, and if not, why.",
    { success: flag },
    { message: optional(text) },
  ),
  ManifestResponse: object("A manifest.", manifest),
  DiscoverResponse: object("The streams.", { catalog: model("AirbyteCatalog") }),
  AirbyteCatalog: object("The streams of a source.", { streams: list(model("AirbyteStream")) }),
  AirbyteStream: object(
    "A stream of a source.",
    { name: text, json_schema: anyObject, supported_sync_modes: list(model("SyncMode")) },
    {
      source_defined_cursor: optional(flag),
      default_cursor_field: optional(list(text)),
      source_defined_primary_key: optional(list(list(text))),
      namespace: optional(text),
      is_resumable: optional(flag),
      is_file_based: optional(flag),
    },
  ),
  SyncMode: { type: "string", enum: ["full_refresh", "incremental"] },
  StreamReadResponse: object("What was read of a stream.", {
    logs: list(model("LogMessage")),
    slices: list(model("StreamReadSlices")),
    test_read_limit_reached: flag,
    auxiliary_requests: list(model("AuxiliaryRequest")),
    inferred_schema: optional(anyObject),
    inferred_datetime_formats: optional({ type: "object", additionalProperties: text }),
    latest_config_update: optional(anyObject),
  }),
  StreamReadSlices: object(
    "A slice, and the pages that were read of it.",
    { pages: list(model("StreamReadPages")), slice_descriptor: optional(anyObject, text) },
    { state: optional(list(anyObject)), auxiliary_requests: optional(list(model("AuxiliaryRequest"))) },
  ),
  StreamReadPages: object(
    "The records of a page, and what brought them.",
    { records: list({}) },
    { request: optional(model("HttpRequest")), response: optional(model("HttpResponse")) },
  ),
  AuxiliaryRequest: object("A request that brings no records itself, such as one for a token.", {
    title: text,
    type: text,
    description: text,
    request: model("HttpRequest"),
    response: model("HttpResponse"),
  }),
  HttpRequest: object(
    "A request to the API.",
    { url: text, headers: optional(anyObject), http_method: text },
    { body: optional(text) },
  ),
  HttpResponse: object(
    "An answer of the API.",
    { status: { type: "integer" } },
    { body: optional(text), headers: optional(anyObject) },
  ),
  LogMessage: object(
    "Something that was said while reading.",
    { message: text, level: text },
    { internal_message: optional(text), stacktrace: optional(text) },
  ),
  ErrorResponse: object("Why a request came to nothing.", { detail: text }),
  HTTPValidationError: object("What is wrong with a request.", {}, { detail: list(model("ValidationError")) }),
  ValidationError: object("One thing that is wrong with a request.", {
    loc: list({ anyOf: [text, { type: "integer" }] }),
    msg: text,
    type: text,
  }),
};

export const models: Fields = { ...requests, ...answers };

/** The schema that a reference names, or the schema itself. */
export function followed(schema: Schema): Schema {
  const name = schema.$ref?.slice("#/components/schemas/".length);
  return name === undefined ? schema : models[name]!; // references are made by `model`
}
