// Made by `node scripts/generate-messages.mjs` from airbyte_protocol.yaml: change that file, then run it again.
import type {Float, JsonObject} from "../json/value.ts";

export type DestinationSyncMode = "append" | "overwrite" | "append_dedup" | "update" | "soft_delete";
export type SyncMode = "full_refresh" | "incremental";
export type AirbyteStateType = "GLOBAL" | "STREAM" | "LEGACY";
export type AirbyteStateBlob = JsonObject;

export type AirbyteProtocol = {
  airbyte_message?: AirbyteMessage;
  configured_airbyte_catalog?: ConfiguredAirbyteCatalog;
};
/**
 * One line of stdout. The member named after its type is present.
 */
export type AirbyteMessage = {
  type:
    "RECORD" | "STATE" | "LOG" | "SPEC" | "CONNECTION_STATUS" | "CATALOG" | "TRACE" | "CONTROL" | "DESTINATION_CATALOG";
  log?: AirbyteLogMessage;
  spec?: ConnectorSpecification;
  connectionStatus?: AirbyteConnectionStatus;
  catalog?: AirbyteCatalog;
  record?: AirbyteRecordMessage;
  state?: AirbyteStateMessage;
  trace?: AirbyteTraceMessage;
  control?: AirbyteControlMessage;
  destination_catalog?: DestinationCatalog;
};
export type AirbyteLogMessage = {
  level: "FATAL" | "ERROR" | "WARN" | "INFO" | "DEBUG" | "TRACE";
  message: string;
  stack_trace?: string;
};
export type ConnectorSpecification = {
  protocol_version?: string;
  documentationUrl?: string;
  changelogUrl?: string;
  /**
   * A JSON Schema of the config; `airbyte_secret` marks secrets.
   */
  connectionSpecification: JsonObject;
  supportsIncremental?: boolean;
  supportsNormalization?: boolean;
  supportsDBT?: boolean;
  supported_destination_sync_modes?: DestinationSyncMode[];
  authSpecification?: AuthSpecification;
  advanced_auth?: AdvancedAuth;
};
export type AuthSpecification = {
  auth_type?: "oauth2.0";
  oauth2Specification?: OAuth2Specification;
};
export type OAuth2Specification = {
  rootObject?: (string | number)[];
  oauthFlowInitParameters?: string[][];
  oauthFlowOutputParameters?: string[][];
};
export type AdvancedAuth = {
  auth_flow_type?: "oauth2.0" | "oauth1.0";
  predicate_key?: string[];
  predicate_value?: string;
  oauth_config_specification?: OAuthConfigSpecification;
};
export type OAuthConfigSpecification = {
  oauth_user_input_from_connector_config_specification?: JsonObject;
  oauth_connector_input_specification?: OauthConnectorInputSpecification;
  complete_oauth_output_specification?: JsonObject;
  complete_oauth_server_input_specification?: JsonObject;
  complete_oauth_server_output_specification?: JsonObject;
};
export type OauthConnectorInputSpecification = {
  consent_url: string;
  access_token_url: string;
  scope?: string;
  scopes?: JsonObject[];
  optional_scopes?: JsonObject[];
  scopes_join_strategy?: string;
  access_token_headers?: JsonObject;
  access_token_params?: JsonObject;
  extract_output?: string[];
  state?: OauthState;
  client_id_key?: string;
  client_secret_key?: string;
  scope_key?: string;
  state_key?: string;
  auth_code_key?: string;
  redirect_uri_key?: string;
  token_expiry_key?: string;
};
export type OauthState = {
  min?: number;
  max?: number;
};
export type AirbyteConnectionStatus = {
  status: "SUCCEEDED" | "FAILED";
  message?: string;
};
export type AirbyteCatalog = {
  streams: AirbyteStream[];
};
export type AirbyteStream = {
  name: string;
  json_schema: JsonObject;
  supported_sync_modes: SyncMode[];
  source_defined_cursor?: boolean;
  default_cursor_field?: string[];
  source_defined_primary_key?: string[][];
  namespace?: string;
  is_resumable?: boolean;
  is_file_based?: boolean;
};
export type AirbyteRecordMessage = {
  namespace?: string;
  stream: string;
  data: JsonObject;
  /**
   * Milliseconds since 1970.
   */
  emitted_at: number;
  meta?: AirbyteRecordMessageMeta;
  file_reference?: AirbyteRecordMessageFileReference;
};
export type AirbyteRecordMessageMeta = {
  changes?: AirbyteRecordMessageMetaChange[];
};
export type AirbyteRecordMessageMetaChange = {
  field: string;
  change: "NULLED" | "TRUNCATED";
  reason:
    | "SOURCE_RECORD_SIZE_LIMITATION"
    | "DESTINATION_RECORD_SIZE_LIMITATION"
    | "PLATFORM_RECORD_SIZE_LIMITATION"
    | "SOURCE_FIELD_SIZE_LIMITATION"
    | "DESTINATION_FIELD_SIZE_LIMITATION"
    | "PLATFORM_FIELD_SIZE_LIMITATION"
    | "SOURCE_SERIALIZATION_ERROR"
    | "DESTINATION_SERIALIZATION_ERROR"
    | "PLATFORM_SERIALIZATION_ERROR"
    | "SOURCE_RETRIEVAL_ERROR"
    | "DESTINATION_TYPECAST_ERROR";
};
export type AirbyteRecordMessageFileReference = {
  /**
   * The file's absolute place in the staging directory.
   */
  staging_file_url?: string;
  source_file_relative_path?: string;
  file_size_bytes?: number;
};
export type AirbyteStateMessage = {
  type?: AirbyteStateType;
  stream?: AirbyteStreamState;
  global?: AirbyteGlobalState;
  /**
   * The state of all streams in one object; LEGACY only.
   */
  data?: JsonObject;
  sourceStats?: AirbyteStateStats;
  destinationStats?: AirbyteStateStats;
};
export type AirbyteStreamState = {
  stream_descriptor: StreamDescriptor;
  stream_state?: AirbyteStateBlob;
};
export type StreamDescriptor = {
  name: string;
  namespace?: string;
};
export type AirbyteGlobalState = {
  shared_state?: AirbyteStateBlob;
  stream_states: AirbyteStreamState[];
};
export type AirbyteStateStats = {
  /**
   * Records since the state before.
   */
  recordCount?: number | Float;
};
export type AirbyteTraceMessage = {
  type: "ERROR" | "ESTIMATE" | "STREAM_STATUS" | "ANALYTICS";
  /**
   * Milliseconds since 1970.
   */
  emitted_at: number | Float;
  error?: AirbyteErrorTraceMessage;
  estimate?: AirbyteEstimateTraceMessage;
  stream_status?: AirbyteStreamStatusTraceMessage;
  analytics?: AirbyteAnalyticsTraceMessage;
};
export type AirbyteErrorTraceMessage = {
  /**
   * For the user.
   */
  message: string;
  /**
   * For the developer.
   */
  internal_message?: string;
  stack_trace?: string;
  failure_type?: "system_error" | "config_error" | "transient_error";
  stream_descriptor?: StreamDescriptor;
};
export type AirbyteEstimateTraceMessage = {
  name: string;
  type: "STREAM" | "SYNC";
  namespace?: string;
  row_estimate?: number;
  byte_estimate?: number;
};
export type AirbyteStreamStatusTraceMessage = {
  stream_descriptor: StreamDescriptor;
  status: "STARTED" | "RUNNING" | "COMPLETE" | "INCOMPLETE";
  reasons?: AirbyteStreamStatusReason[];
};
export type AirbyteStreamStatusReason = {
  type: "RATE_LIMITED";
  rate_limited?: AirbyteStreamStatusRateLimitedReason;
};
export type AirbyteStreamStatusRateLimitedReason = {
  /**
   * Milliseconds since 1970.
   */
  quota_reset?: number;
};
export type AirbyteAnalyticsTraceMessage = {
  type: string;
  value?: string;
};
export type AirbyteControlMessage = {
  type: "CONNECTOR_CONFIG";
  /**
   * Milliseconds since 1970.
   */
  emitted_at: number | Float;
  connectorConfig?: AirbyteControlConnectorConfigMessage;
};
export type AirbyteControlConnectorConfigMessage = {
  config: JsonObject;
};
export type DestinationCatalog = {
  operations: DestinationOperation[];
};
export type DestinationOperation = {
  object_name: string;
  sync_mode: DestinationSyncMode;
  json_schema: JsonObject;
  matching_keys?: string[][];
};
export type ConfiguredAirbyteCatalog = {
  streams: ConfiguredAirbyteStream[];
};
export type ConfiguredAirbyteStream = {
  stream: AirbyteStream;
  sync_mode: SyncMode;
  cursor_field?: string[];
  destination_sync_mode: DestinationSyncMode;
  destination_object_name?: string;
  primary_key?: string[][];
  generation_id?: number;
  minimum_generation_id?: number;
  sync_id?: number;
  include_files?: boolean;
};
