import type { Component } from "../component.ts";
import { apiKeyAuthenticator } from "./authenticators/api-key-authenticator.ts";
import { basicHttpAuthenticator } from "./authenticators/basic-http-authenticator.ts";
import { bearerAuthenticator } from "./authenticators/bearer-authenticator.ts";
import { noAuth } from "./authenticators/no-auth.ts";
import { selectiveAuthenticator } from "./authenticators/selective-authenticator.ts";
import { checkDynamicStream } from "./checks/check-dynamic-stream.ts";
import { checkStream } from "./checks/check-stream.ts";
import { dynamicStreamCheckConfig } from "./checks/dynamic-stream-check-config.ts";
import { authFlow } from "./config/auth-flow.ts";
import { configMigration } from "./config/config-migration.ts";
import { oauthConfigSpecification } from "./config/oauth-config-specification.ts";
import { spec } from "./config/spec.ts";
import { datetimeBasedCursor } from "./cursors/datetime-based-cursor.ts";
import { incrementingCountCursor } from "./cursors/incrementing-count-cursor.ts";
import { minMaxDatetime } from "./cursors/min-max-datetime.ts";
import { csvDecoder } from "./decoders/csv-decoder.ts";
import { customDecoder } from "./decoders/custom-decoder.ts";
import { gzipDecoder } from "./decoders/gzip-decoder.ts";
import { iterableDecoder } from "./decoders/iterable-decoder.ts";
import { jsonDecoder } from "./decoders/json-decoder.ts";
import { jsonItemsDecoder } from "./decoders/json-items-decoder.ts";
import { jsonlDecoder } from "./decoders/jsonl-decoder.ts";
import { xmlDecoder } from "./decoders/xml-decoder.ts";
import { zipfileDecoder } from "./decoders/zipfile-decoder.ts";
import { cursorPagination } from "./paginators/cursor-pagination.ts";
import { defaultPaginator } from "./paginators/default-paginator.ts";
import { noPagination } from "./paginators/no-pagination.ts";
import { offsetIncrement } from "./paginators/offset-increment.ts";
import { pageIncrement } from "./paginators/page-increment.ts";
import { customPartitionRouter } from "./partition-routers/custom-partition-router.ts";
import { groupingPartitionRouter } from "./partition-routers/grouping-partition-router.ts";
import { listPartitionRouter } from "./partition-routers/list-partition-router.ts";
import { parentStreamConfig } from "./partition-routers/parent-stream-config.ts";
import { substreamPartitionRouter } from "./partition-routers/substream-partition-router.ts";
import { unionPartitionRouter } from "./partition-routers/union-partition-router.ts";
import { groupByKeyMergeStrategy } from "./query-properties/group-by-key-merge-strategy.ts";
import { jsonSchemaPropertySelector } from "./query-properties/json-schema-property-selector.ts";
import { propertiesFromEndpoint } from "./query-properties/properties-from-endpoint.ts";
import { propertyChunking } from "./query-properties/property-chunking.ts";
import { queryProperties } from "./query-properties/query-properties.ts";
import { pageSizeReduction } from "./retrievers/page-size-reduction.ts";
import { paginationResetLimits } from "./retrievers/pagination-reset-limits.ts";
import { paginationReset } from "./retrievers/pagination-reset.ts";
import { requestWindowSplitting } from "./retrievers/request-window-splitting.ts";
import { simpleRetriever } from "./retrievers/simple-retriever.ts";
import { inlineSchemaLoader } from "./schemas/inline-schema-loader.ts";
import { jsonFileSchemaLoader } from "./schemas/json-file-schema-loader.ts";
import { blockSimultaneousSyncsAction } from "./sources/block-simultaneous-syncs-action.ts";
import { concurrencyLevel } from "./sources/concurrency-level.ts";
import { conditionalStreams } from "./sources/conditional-streams.ts";
import { declarativeSource } from "./sources/declarative-source.ts";
import { streamGroup } from "./sources/stream-group.ts";
import { customStateMigration } from "./state-migrations/custom-state-migration.ts";
import { legacyToPerPartitionStateMigration } from "./state-migrations/legacy-to-per-partition-state-migration.ts";
import { declarativeStream } from "./streams/declarative-stream.ts";
import { stateDelegatingStream } from "./streams/state-delegating-stream.ts";
import { addFields } from "./transformations/add-fields.ts";
import { addedFieldDefinition } from "./transformations/added-field-definition.ts";
import { customTransformation } from "./transformations/custom-transformation.ts";
import { dpathFlattenFields } from "./transformations/dpath-flatten-fields.ts";
import { flattenFields } from "./transformations/flatten-fields.ts";
import { keyTransformation } from "./transformations/key-transformation.ts";
import { keysReplace } from "./transformations/keys-replace.ts";
import { keysToLower } from "./transformations/keys-to-lower.ts";
import { keysToSnakeCase } from "./transformations/keys-to-snake-case.ts";
import { removeFields } from "./transformations/remove-fields.ts";

/** Every component of the language, one line each. */
export const components: readonly Component[] = [
  addedFieldDefinition,
  addFields,
  apiKeyAuthenticator,
  authFlow,
  basicHttpAuthenticator,
  bearerAuthenticator,
  blockSimultaneousSyncsAction,
  checkDynamicStream,
  checkStream,
  concurrencyLevel,
  conditionalStreams,
  configMigration,
  csvDecoder,
  cursorPagination,
  customDecoder,
  customPartitionRouter,
  customStateMigration,
  customTransformation,
  datetimeBasedCursor,
  declarativeSource,
  declarativeStream,
  defaultPaginator,
  dpathFlattenFields,
  dynamicStreamCheckConfig,
  flattenFields,
  groupByKeyMergeStrategy,
  groupingPartitionRouter,
  gzipDecoder,
  incrementingCountCursor,
  inlineSchemaLoader,
  iterableDecoder,
  jsonDecoder,
  jsonFileSchemaLoader,
  jsonItemsDecoder,
  jsonlDecoder,
  jsonSchemaPropertySelector,
  keysReplace,
  keysToLower,
  keysToSnakeCase,
  keyTransformation,
  legacyToPerPartitionStateMigration,
  listPartitionRouter,
  minMaxDatetime,
  noAuth,
  noPagination,
  oauthConfigSpecification,
  offsetIncrement,
  pageIncrement,
  pageSizeReduction,
  paginationReset,
  paginationResetLimits,
  parentStreamConfig,
  propertiesFromEndpoint,
  propertyChunking,
  queryProperties,
  removeFields,
  requestWindowSplitting,
  selectiveAuthenticator,
  simpleRetriever,
  spec,
  stateDelegatingStream,
  streamGroup,
  substreamPartitionRouter,
  unionPartitionRouter,
  xmlDecoder,
  zipfileDecoder,
];
