type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const flag = { type: "boolean" };
const address = { type: "string", format: "uri", examples: ["https://docs.example.com/shop"] };
const date = { type: "string", format: "date", examples: ["2026-01-31"] };
const oneOf = (...values: readonly unknown[]): Schema => ({ type: typeof values[0], enum: values });
const list = (items: Schema, more: Schema = {}): Schema => ({ type: "array", items, ...more });

/** A mapping with these members and no others. */
const only = (properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});

/** The same, with any others beside them. */
const open = (properties: Readonly<Record<string, Schema>>, ...required: readonly string[]): Schema => ({
  type: "object",
  properties,
  required,
});

const allowedHosts = open({ hosts: list(text) });
const suggestedStreams = open({ streams: list(text) });
const normalizationConfig = open(
  { normalizationRepository: text, normalizationTag: text, normalizationIntegrationType: text },
  "normalizationRepository",
  "normalizationTag",
  "normalizationIntegrationType",
);

const limits = only({ cpu_request: text, cpu_limit: text, memory_request: text, memory_limit: text });
const job = only(
  {
    jobType: oneOf(
      "get_spec",
      "check_connection",
      "discover_schema",
      "sync",
      "reset_connection",
      "connection_updater",
      "replicate",
    ),
    resourceRequirements: limits,
  },
  "jobType",
  "resourceRequirements",
);
const resourceRequirements = only({ default: limits, jobSpecific: list(job) });

/** What one registry is told otherwise. */
const overrides = only(
  {
    enabled: flag,
    name: text,
    dockerRepository: text,
    dockerImageTag: text,
    supportsDbt: flag,
    supportsNormalization: flag,
    license: text,
    documentationUrl: address,
    connectorSubtype: text,
    allowedHosts,
    normalizationConfig,
    suggestedStreams,
    resourceRequirements,
  },
  "enabled",
);

const breakingChange = only(
  {
    message: text,
    upgradeDeadline: date,
    deadlineAction: oneOf("auto_upgrade", "disable"),
    migrationDocumentationUrl: address,
    scopedImpact: list(
      only(
        { scopeType: { const: "stream" }, impactedScopes: list(text, { minItems: 1 }) },
        "scopeType",
        "impactedScopes",
      ),
      { minItems: 1 },
    ),
  },
  "message",
  "upgradeDeadline",
);

const releases = only({
  breakingChanges: {
    type: "object",
    minProperties: 1,
    patternProperties: { "^\\d+\\.\\d+\\.\\d+$": breakingChange },
    additionalProperties: false,
  },
  migrationDocumentationUrl: address,
  rolloutConfiguration: only({
    enableProgressiveRollout: flag,
    initialPercentage: { type: "integer", minimum: 0, maximum: 100 },
    maxPercentage: { type: "integer", minimum: 0, maximum: 100 },
    advanceDelayMinutes: { type: "integer", minimum: 10 },
  }),
});

const secret = only(
  { name: text, fileName: text, secretStore: only({ alias: text, type: oneOf("GSM") }) },
  "name",
  "secretStore",
);
const scenario = only(
  {
    name: text,
    config_file: text,
    config_settings: { type: "object" },
    expect_failure: flag,
    only_streams: list(text),
    exclude_streams: list(text),
    suggested_streams_only: flag,
    configured_catalog_path: text,
  },
  "name",
);
const testSuite = only(
  {
    suite: oneOf("unitTests", "integrationTests", "acceptanceTests", "liveTests", "smokeTests"),
    testSecrets: list(secret),
    testConnections: list(only({ name: text, id: text }, "name", "id")),
    scenarios: list(scenario),
  },
  "suite",
);

const dataChannel = only(
  {
    version: text,
    supportedSerialization: list(oneOf("JSONL", "PROTOBUF", "FLATBUFFERS")),
    supportedTransport: list(oneOf("STDIO", "SOCKET")),
  },
  "version",
  "supportedSerialization",
  "supportedTransport",
);

/** What Airbyte's connector registry takes as a `metadata.yaml`: its facts, as a JSON Schema. */
export const metadataSchema: Schema = only(
  {
    metadataSpecVersion: { ...text, examples: ["1.0"] },
    data: only(
      {
        name: { ...text, examples: ["Corner Shop"] },
        icon: { ...text, examples: ["icon.svg"] },
        definitionId: { ...text, format: "uuid", examples: ["3f2b8c1e-7d43-4f6a-9b8e-5a1c0d9e8f72"] },
        connectorBuildOptions: only({ baseImage: text }),
        connectorTestSuitesOptions: list(testSuite),
        connectorType: oneOf("source", "destination"),
        dockerRepository: { ...text, examples: ["airbyte/source-shop"] },
        dockerImageTag: { ...text, examples: ["0.1.0"] },
        supportsDbt: flag,
        supportsNormalization: flag,
        license: { ...text, examples: ["MIT"] },
        documentationUrl: address,
        githubIssueLabel: { ...text, examples: ["source-shop"] },
        maxSecondsBetweenMessages: { type: "integer" },
        releaseDate: date,
        protocolVersion: text,
        erdUrl: text,
        connectorSubtype: oneOf(
          "api",
          "database",
          "datalake",
          "file",
          "custom",
          "message_queue",
          "unknown",
          "vectorstore",
        ),
        releaseStage: oneOf("alpha", "beta", "generally_available", "custom"),
        supportLevel: oneOf("community", "certified", "archived"),
        tags: list(text),
        registryOverrides: only({ oss: overrides, cloud: overrides }),
        allowedHosts,
        releases,
        normalizationConfig,
        suggestedStreams,
        resourceRequirements,
        ab_internal: open({
          sl: oneOf(0, 100, 200, 300),
          ql: oneOf(0, 100, 200, 300, 400, 500, 600),
          isEnterprise: flag,
          requireVersionIncrementsInPullRequests: flag,
        }),
        remoteRegistries: only({ pypi: only({ enabled: flag, packageName: text }, "enabled", "packageName") }),
        supportsRefreshes: flag,
        generated: { type: "object" },
        supportsFileTransfer: flag,
        supportsDataActivation: flag,
        connectorIPCOptions: only({ dataChannel }, "dataChannel"),
      },
      "name",
      "definitionId",
      "connectorType",
      "dockerRepository",
      "dockerImageTag",
      "license",
      "documentationUrl",
      "githubIssueLabel",
      "connectorSubtype",
      "releaseStage",
    ),
  },
  "metadataSpecVersion",
  "data",
);
