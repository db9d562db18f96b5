import type { Component } from "../component.ts";
import { apiKeyAuthenticator } from "./authenticators/api-key-authenticator.ts";
import { basicHttpAuthenticator } from "./authenticators/basic-http-authenticator.ts";
import { bearerAuthenticator } from "./authenticators/bearer-authenticator.ts";
import { customAuthenticator } from "./authenticators/custom-authenticator.ts";
import { jwtAuthenticator } from "./authenticators/jwt-authenticator.ts";
import { legacySessionTokenAuthenticator } from "./authenticators/legacy-session-token-authenticator.ts";
import { noAuth } from "./authenticators/no-auth.ts";
import { oAuthAuthenticator } from "./authenticators/o-auth-authenticator.ts";
import { quotaStatusSource } from "./authenticators/quota-status-source.ts";
import { rateLimitedMultipleTokenAuthenticator } from "./authenticators/rate-limited-multiple-token-authenticator.ts";
import { selectiveAuthenticator } from "./authenticators/selective-authenticator.ts";
import { sessionTokenAuthenticator } from "./authenticators/session-token-authenticator.ts";
import { tokenQuota } from "./authenticators/token-quota.ts";
import { constantBackoffStrategy } from "./backoff/constant-backoff-strategy.ts";
import { customBackoffStrategy } from "./backoff/custom-backoff-strategy.ts";
import { exponentialBackoffStrategy } from "./backoff/exponential-backoff-strategy.ts";
import { waitTimeFromHeader } from "./backoff/wait-time-from-header.ts";
import { waitTimeFromResponse } from "./backoff/wait-time-from-response.ts";
import { waitUntilTimeFromHeader } from "./backoff/wait-until-time-from-header.ts";
import { fixedWindowCallRatePolicy } from "./budgets/fixed-window-call-rate-policy.ts";
import { httpApiBudget } from "./budgets/http-api-budget.ts";
import { httpRequestRegexMatcher } from "./budgets/http-request-regex-matcher.ts";
import { movingWindowCallRatePolicy } from "./budgets/moving-window-call-rate-policy.ts";
import { rate } from "./budgets/rate.ts";
import { unlimitedCallRatePolicy } from "./budgets/unlimited-call-rate-policy.ts";
import { checkDynamicStream } from "./checks/check-dynamic-stream.ts";
import { checkStream } from "./checks/check-stream.ts";
import { dynamicStreamCheckConfig } from "./checks/dynamic-stream-check-config.ts";
import { authFlow } from "./config/auth-flow.ts";
import { configAddFields } from "./config/config-add-fields.ts";
import { configMigration } from "./config/config-migration.ts";
import { configRemapField } from "./config/config-remap-field.ts";
import { configRemoveFields } from "./config/config-remove-fields.ts";
import { customConfigTransformation } from "./config/custom-config-transformation.ts";
import { customValidationStrategy } from "./config/custom-validation-strategy.ts";
import { dpathValidator } from "./config/dpath-validator.ts";
import { oauthConfigSpecification } from "./config/oauth-config-specification.ts";
import { predicateValidator } from "./config/predicate-validator.ts";
import { spec } from "./config/spec.ts";
import { validateAdheresToSchema } from "./config/validate-adheres-to-schema.ts";
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
import { compositeErrorHandler } from "./error-handlers/composite-error-handler.ts";
import { customErrorHandler } from "./error-handlers/custom-error-handler.ts";
import { defaultErrorHandler } from "./error-handlers/default-error-handler.ts";
import { httpResponseFilter } from "./error-handlers/http-response-filter.ts";
import { combinedExtractor } from "./extractors/combined-extractor.ts";
import { customRecordExtractor } from "./extractors/custom-record-extractor.ts";
import { dpathExtractor } from "./extractors/dpath-extractor.ts";
import { parentFieldPath } from "./extractors/parent-field-path.ts";
import { recordExpander } from "./extractors/record-expander.ts";
import { responseToFileExtractor } from "./extractors/response-to-file-extractor.ts";
import { fileUploader } from "./files/file-uploader.ts";
import { cursorPagination } from "./paginators/cursor-pagination.ts";
import { customPaginationStrategy } from "./paginators/custom-pagination-strategy.ts";
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
import { customRequester } from "./requesters/custom-requester.ts";
import { httpRequester } from "./requesters/http-requester.ts";
import { requestBodyGraphQl } from "./requesters/request-body-graph-ql.ts";
import { requestBodyJsonObject } from "./requesters/request-body-json-object.ts";
import { requestBodyPlainText } from "./requesters/request-body-plain-text.ts";
import { requestBodyUrlEncodedForm } from "./requesters/request-body-url-encoded-form.ts";
import { requestOption } from "./requesters/request-option.ts";
import { requestPath } from "./requesters/request-path.ts";
import { componentMappingDefinition } from "./resolvers/component-mapping-definition.ts";
import { configComponentsResolver } from "./resolvers/config-components-resolver.ts";
import { httpComponentsResolver } from "./resolvers/http-components-resolver.ts";
import { parametrizedComponentsResolver } from "./resolvers/parametrized-components-resolver.ts";
import { streamConfig } from "./resolvers/stream-config.ts";
import { streamParametersDefinition } from "./resolvers/stream-parameters-definition.ts";
import { asyncJobStatusMap } from "./retrievers/async-job-status-map.ts";
import { asyncRetriever } from "./retrievers/async-retriever.ts";
import { customRetriever } from "./retrievers/custom-retriever.ts";
import { pageSizeReduction } from "./retrievers/page-size-reduction.ts";
import { paginationResetLimits } from "./retrievers/pagination-reset-limits.ts";
import { paginationReset } from "./retrievers/pagination-reset.ts";
import { requestWindowSplitting } from "./retrievers/request-window-splitting.ts";
import { simpleRetriever } from "./retrievers/simple-retriever.ts";
import { complexFieldType } from "./schemas/complex-field-type.ts";
import { customSchemaLoader } from "./schemas/custom-schema-loader.ts";
import { dynamicSchemaLoader } from "./schemas/dynamic-schema-loader.ts";
import { inlineSchemaLoader } from "./schemas/inline-schema-loader.ts";
import { jsonFileSchemaLoader } from "./schemas/json-file-schema-loader.ts";
import { schemaTypeIdentifier } from "./schemas/schema-type-identifier.ts";
import { typesMap } from "./schemas/types-map.ts";
import { customRecordFilter } from "./selectors/custom-record-filter.ts";
import { customSchemaNormalization } from "./selectors/custom-schema-normalization.ts";
import { recordFilter } from "./selectors/record-filter.ts";
import { recordSelector } from "./selectors/record-selector.ts";
import { blockSimultaneousSyncsAction } from "./sources/block-simultaneous-syncs-action.ts";
import { concurrencyLevel } from "./sources/concurrency-level.ts";
import { conditionalStreams } from "./sources/conditional-streams.ts";
import { declarativeSource } from "./sources/declarative-source.ts";
import { streamGroup } from "./sources/stream-group.ts";
import { customStateMigration } from "./state-migrations/custom-state-migration.ts";
import { legacyToPerPartitionStateMigration } from "./state-migrations/legacy-to-per-partition-state-migration.ts";
import { declarativeStream } from "./streams/declarative-stream.ts";
import { dynamicDeclarativeStream } from "./streams/dynamic-declarative-stream.ts";
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
  asyncJobStatusMap,
  asyncRetriever,
  authFlow,
  basicHttpAuthenticator,
  bearerAuthenticator,
  blockSimultaneousSyncsAction,
  checkDynamicStream,
  checkStream,
  combinedExtractor,
  complexFieldType,
  componentMappingDefinition,
  compositeErrorHandler,
  concurrencyLevel,
  conditionalStreams,
  configAddFields,
  configComponentsResolver,
  configMigration,
  configRemapField,
  configRemoveFields,
  constantBackoffStrategy,
  csvDecoder,
  cursorPagination,
  customAuthenticator,
  customBackoffStrategy,
  customConfigTransformation,
  customDecoder,
  customErrorHandler,
  customPaginationStrategy,
  customPartitionRouter,
  customRecordExtractor,
  customRecordFilter,
  customRequester,
  customRetriever,
  customSchemaLoader,
  customSchemaNormalization,
  customStateMigration,
  customTransformation,
  customValidationStrategy,
  datetimeBasedCursor,
  declarativeSource,
  declarativeStream,
  defaultErrorHandler,
  defaultPaginator,
  dpathExtractor,
  dpathFlattenFields,
  dpathValidator,
  dynamicDeclarativeStream,
  dynamicSchemaLoader,
  dynamicStreamCheckConfig,
  exponentialBackoffStrategy,
  fileUploader,
  fixedWindowCallRatePolicy,
  flattenFields,
  groupByKeyMergeStrategy,
  groupingPartitionRouter,
  gzipDecoder,
  httpApiBudget,
  httpComponentsResolver,
  httpRequester,
  httpRequestRegexMatcher,
  httpResponseFilter,
  incrementingCountCursor,
  inlineSchemaLoader,
  iterableDecoder,
  jsonDecoder,
  jsonFileSchemaLoader,
  jsonItemsDecoder,
  jsonlDecoder,
  jsonSchemaPropertySelector,
  jwtAuthenticator,
  keysReplace,
  keysToLower,
  keysToSnakeCase,
  keyTransformation,
  legacySessionTokenAuthenticator,
  legacyToPerPartitionStateMigration,
  listPartitionRouter,
  minMaxDatetime,
  movingWindowCallRatePolicy,
  noAuth,
  noPagination,
  oAuthAuthenticator,
  oauthConfigSpecification,
  offsetIncrement,
  pageIncrement,
  pageSizeReduction,
  paginationReset,
  paginationResetLimits,
  parametrizedComponentsResolver,
  parentFieldPath,
  parentStreamConfig,
  predicateValidator,
  propertiesFromEndpoint,
  propertyChunking,
  queryProperties,
  quotaStatusSource,
  rate,
  rateLimitedMultipleTokenAuthenticator,
  recordExpander,
  recordFilter,
  recordSelector,
  removeFields,
  requestBodyGraphQl,
  requestBodyJsonObject,
  requestBodyPlainText,
  requestBodyUrlEncodedForm,
  requestOption,
  requestPath,
  requestWindowSplitting,
  responseToFileExtractor,
  schemaTypeIdentifier,
  selectiveAuthenticator,
  sessionTokenAuthenticator,
  simpleRetriever,
  spec,
  stateDelegatingStream,
  streamConfig,
  streamGroup,
  streamParametersDefinition,
  substreamPartitionRouter,
  tokenQuota,
  typesMap,
  unionPartitionRouter,
  unlimitedCallRatePolicy,
  validateAdheresToSchema,
  waitTimeFromHeader,
  waitTimeFromResponse,
  waitUntilTimeFromHeader,
  xmlDecoder,
  zipfileDecoder,
];
