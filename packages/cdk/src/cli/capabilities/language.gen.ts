/** Made by test/capabilities.test.ts of test/tables/definitions.json and of the cases in test/cases. */
export const definitions: Readonly<Record<string, readonly string[]>> = {
 "AddFields": [
  "fields",
  "condition"
 ],
 "AddedFieldDefinition": [
  "path",
  "value",
  "value_type"
 ],
 "ApiKeyAuthenticator": [
  "api_token",
  "header",
  "inject_into"
 ],
 "AsyncJobStatusMap": [
  "running",
  "completed",
  "failed",
  "timeout",
  "skipped"
 ],
 "AsyncRetriever": [
  "record_selector",
  "status_mapping",
  "status_extractor",
  "download_target_extractor",
  "download_extractor",
  "creation_requester",
  "polling_requester",
  "polling_job_timeout",
  "failed_retry_wait_time_in_seconds",
  "download_target_requester",
  "download_requester",
  "download_paginator",
  "abort_requester",
  "delete_requester",
  "partition_router",
  "decoder",
  "download_decoder"
 ],
 "AuthFlow": [
  "auth_flow_type",
  "predicate_key",
  "predicate_value",
  "oauth_config_specification"
 ],
 "BasicHttpAuthenticator": [
  "username",
  "password"
 ],
 "BearerAuthenticator": [
  "api_token"
 ],
 "BlockSimultaneousSyncsAction": [],
 "CheckDynamicStream": [
  "stream_count",
  "use_check_availability",
  "config_overrides"
 ],
 "CheckStream": [
  "stream_names",
  "dynamic_streams_check_configs",
  "config_overrides"
 ],
 "CombineMode": [],
 "CombinedExtractor": [
  "extractors",
  "mode",
  "skip_empty_records"
 ],
 "ComplexFieldType": [
  "field_type",
  "items"
 ],
 "ComponentMappingDefinition": [
  "field_path",
  "value",
  "value_type",
  "create_or_update",
  "condition"
 ],
 "CompositeErrorHandler": [
  "error_handlers"
 ],
 "ConcurrencyLevel": [
  "default_concurrency",
  "max_concurrency"
 ],
 "ConditionalStreams": [
  "condition",
  "streams"
 ],
 "ConfigAddFields": [
  "fields",
  "condition"
 ],
 "ConfigComponentsResolver": [
  "stream_config",
  "components_mapping"
 ],
 "ConfigMigration": [
  "description",
  "transformations"
 ],
 "ConfigRemapField": [
  "map",
  "field_path"
 ],
 "ConfigRemoveFields": [
  "field_pointers",
  "condition"
 ],
 "ConstantBackoffStrategy": [
  "backoff_time_in_seconds",
  "jitter_range_in_seconds"
 ],
 "CsvDecoder": [
  "encoding",
  "delimiter",
  "set_values_to_none"
 ],
 "CursorPagination": [
  "cursor_value",
  "page_size",
  "stop_condition"
 ],
 "CustomAuthenticator": [
  "class_name"
 ],
 "CustomBackoffStrategy": [
  "class_name"
 ],
 "CustomConfigTransformation": [
  "class_name"
 ],
 "CustomDecoder": [
  "class_name"
 ],
 "CustomErrorHandler": [
  "class_name"
 ],
 "CustomPaginationStrategy": [
  "class_name"
 ],
 "CustomPartitionRouter": [
  "class_name"
 ],
 "CustomRecordExtractor": [
  "class_name"
 ],
 "CustomRecordFilter": [
  "class_name"
 ],
 "CustomRequester": [
  "class_name"
 ],
 "CustomRetriever": [
  "class_name"
 ],
 "CustomSchemaLoader": [
  "class_name"
 ],
 "CustomSchemaNormalization": [
  "class_name"
 ],
 "CustomStateMigration": [
  "class_name"
 ],
 "CustomTransformation": [
  "class_name"
 ],
 "CustomValidationStrategy": [
  "class_name"
 ],
 "DatetimeBasedCursor": [
  "clamping",
  "cursor_field",
  "allow_catalog_defined_cursor_field",
  "cursor_datetime_formats",
  "start_datetime",
  "start_time_option",
  "end_datetime",
  "end_time_option",
  "datetime_format",
  "cursor_granularity",
  "is_data_feed",
  "is_client_side_incremental",
  "is_compare_strictly",
  "global_substream_cursor",
  "lookback_window",
  "partition_field_end",
  "partition_field_start",
  "step"
 ],
 "DeclarativeSource": [
  "check",
  "streams",
  "dynamic_streams",
  "version",
  "schemas",
  "definitions",
  "spec",
  "concurrency_level",
  "api_budget",
  "stream_groups",
  "max_concurrent_async_job_count",
  "metadata",
  "description"
 ],
 "DeclarativeStream": [
  "name",
  "retriever",
  "incremental_sync",
  "primary_key",
  "schema_loader",
  "transformations",
  "state_migrations",
  "file_uploader"
 ],
 "DefaultErrorHandler": [
  "backoff_strategies",
  "max_retries",
  "response_filters"
 ],
 "DefaultPaginator": [
  "pagination_strategy",
  "page_size_option",
  "page_token_option"
 ],
 "DpathExtractor": [
  "field_path",
  "record_expander"
 ],
 "DpathFlattenFields": [
  "field_path",
  "delete_origin_value",
  "replace_record",
  "key_transformation"
 ],
 "DpathValidator": [
  "field_path",
  "validation_strategy"
 ],
 "DynamicDeclarativeStream": [
  "name",
  "stream_template",
  "components_resolver",
  "use_parent_parameters"
 ],
 "DynamicSchemaLoader": [
  "retriever",
  "schema_filter",
  "schema_transformations",
  "schema_type_identifier"
 ],
 "DynamicStreamCheckConfig": [
  "dynamic_stream_name",
  "stream_count"
 ],
 "ExponentialBackoffStrategy": [
  "factor",
  "jitter_range_in_seconds"
 ],
 "FixedWindowCallRatePolicy": [
  "period",
  "call_limit",
  "matchers"
 ],
 "FlattenFields": [
  "flatten_lists"
 ],
 "GroupByKeyMergeStrategy": [
  "key"
 ],
 "GroupingPartitionRouter": [
  "group_size",
  "underlying_partition_router",
  "deduplicate"
 ],
 "GzipDecoder": [
  "decoder"
 ],
 "HTTPAPIBudget": [
  "policies",
  "ratelimit_reset_header",
  "ratelimit_remaining_header",
  "status_codes_for_ratelimit_hit"
 ],
 "HttpComponentsResolver": [
  "retriever",
  "components_mapping"
 ],
 "HttpRequestRegexMatcher": [
  "method",
  "url_base",
  "url_path_pattern",
  "params",
  "headers",
  "weight"
 ],
 "HttpRequester": [
  "url_base",
  "url",
  "path",
  "http_method",
  "authenticator",
  "fetch_properties_from_endpoint",
  "query_properties",
  "request_parameters",
  "request_headers",
  "request_body_data",
  "request_body_json",
  "request_body",
  "error_handler",
  "use_cache",
  "connect_timeout_in_seconds",
  "read_timeout_in_seconds",
  "use_tcp_keepalive"
 ],
 "HttpResponseFilter": [
  "action",
  "failure_type",
  "error_message",
  "error_message_contains",
  "http_codes",
  "predicate"
 ],
 "IncrementingCountCursor": [
  "cursor_field",
  "allow_catalog_defined_cursor_field",
  "start_value",
  "start_value_option"
 ],
 "InlineSchemaLoader": [
  "schema"
 ],
 "IterableDecoder": [],
 "JsonDecoder": [],
 "JsonFileSchemaLoader": [
  "file_path"
 ],
 "JsonItemsDecoder": [
  "items_path",
  "encoding"
 ],
 "JsonSchemaPropertySelector": [
  "transformations"
 ],
 "JsonlDecoder": [],
 "JwtAuthenticator": [
  "secret_key",
  "base64_encode_secret_key",
  "algorithm",
  "token_duration",
  "header_prefix",
  "jwt_headers",
  "additional_jwt_headers",
  "jwt_payload",
  "additional_jwt_payload",
  "passphrase",
  "request_option"
 ],
 "KeyTransformation": [
  "prefix",
  "suffix"
 ],
 "KeysReplace": [
  "old",
  "new"
 ],
 "KeysToLower": [],
 "KeysToSnakeCase": [],
 "LegacySessionTokenAuthenticator": [
  "header",
  "login_url",
  "session_token",
  "session_token_response_key",
  "username",
  "password",
  "validate_session_url"
 ],
 "LegacyToPerPartitionStateMigration": [],
 "ListPartitionRouter": [
  "cursor_field",
  "values",
  "request_option"
 ],
 "MinMaxDatetime": [
  "datetime",
  "datetime_format",
  "max_datetime",
  "min_datetime"
 ],
 "MovingWindowCallRatePolicy": [
  "rates",
  "matchers"
 ],
 "NoAuth": [],
 "NoPagination": [],
 "OAuthAuthenticator": [
  "client_id_name",
  "client_id",
  "client_secret_name",
  "client_secret",
  "refresh_token_name",
  "refresh_token",
  "token_refresh_endpoint",
  "access_token_name",
  "access_token_value",
  "expires_in_name",
  "grant_type_name",
  "grant_type",
  "refresh_request_body",
  "refresh_request_headers",
  "send_refresh_request_as_query_params",
  "scopes",
  "token_expiry_date",
  "token_expiry_date_format",
  "refresh_token_error_status_codes",
  "refresh_token_error_key",
  "refresh_token_error_values",
  "refresh_token_updater",
  "profile_assertion",
  "use_profile_assertion"
 ],
 "OAuthConfigSpecification": [
  "oauth_user_input_from_connector_config_specification",
  "oauth_connector_input_specification",
  "complete_oauth_output_specification",
  "complete_oauth_server_input_specification",
  "complete_oauth_server_output_specification"
 ],
 "OffsetIncrement": [
  "page_size",
  "inject_on_first_request"
 ],
 "PageIncrement": [
  "page_size",
  "start_from_page",
  "inject_on_first_request"
 ],
 "PageSizeReduction": [
  "reduction_factor",
  "minimum_page_size",
  "max_attempts",
  "backoff_seconds",
  "retries_at_minimum_page_size",
  "failure_message",
  "reset_policy"
 ],
 "PaginationReset": [
  "action",
  "limits"
 ],
 "PaginationResetLimits": [
  "number_of_records"
 ],
 "ParametrizedComponentsResolver": [
  "stream_parameters",
  "components_mapping"
 ],
 "ParentFieldPath": [
  "parent_path",
  "record_path"
 ],
 "ParentStreamConfig": [
  "stream",
  "parent_key",
  "partition_field",
  "request_option",
  "incremental_dependency",
  "lazy_read_pointer",
  "extra_fields"
 ],
 "PredicateValidator": [
  "value",
  "validation_strategy"
 ],
 "PrimaryKey": [],
 "PropertiesFromEndpoint": [
  "property_field_path",
  "retriever"
 ],
 "PropertyChunking": [
  "property_limit_type",
  "property_limit",
  "record_merge_strategy"
 ],
 "QueryProperties": [
  "property_list",
  "always_include_properties",
  "property_chunking",
  "property_selector"
 ],
 "QuotaStatusSource": [
  "url",
  "http_method",
  "request_headers",
  "unavailable_status_codes"
 ],
 "Rate": [
  "limit",
  "interval"
 ],
 "RateLimitedMultipleTokenAuthenticator": [
  "tokens",
  "token_delimiter",
  "auth_method",
  "header",
  "quota_status_source",
  "quotas",
  "max_wait_time",
  "budget_reserve_fraction",
  "budget_min_reserve"
 ],
 "RecordExpander": [
  "expand_records_from_field",
  "remain_original_record",
  "parent_fields",
  "merge_parent",
  "on_no_records",
  "truncation_indicator_path",
  "truncated_list_retriever"
 ],
 "RecordFilter": [
  "condition"
 ],
 "RecordSelector": [
  "extractor",
  "record_filter",
  "schema_normalization",
  "transform_before_filtering"
 ],
 "RemoveFields": [
  "condition",
  "field_pointers"
 ],
 "RequestBodyGraphQL": [
  "value"
 ],
 "RequestBodyGraphQlQuery": [
  "query"
 ],
 "RequestBodyJsonObject": [
  "value"
 ],
 "RequestBodyPlainText": [
  "value"
 ],
 "RequestBodyUrlEncodedForm": [
  "value"
 ],
 "RequestOption": [
  "inject_into",
  "field_name",
  "field_path"
 ],
 "RequestPath": [],
 "RequestWindowSplitting": [
  "failure_message",
  "min_split_window"
 ],
 "ResponseToFileExtractor": [
  "preserve_na_values"
 ],
 "SchemaNormalization": [],
 "SchemaTypeIdentifier": [
  "schema_pointer",
  "key_pointer",
  "type_pointer",
  "types_mapping"
 ],
 "Schemas": [],
 "SelectiveAuthenticator": [
  "authenticator_selection_path",
  "authenticators"
 ],
 "SessionTokenAuthenticator": [
  "login_requester",
  "session_token_path",
  "expiration_duration",
  "request_authentication",
  "decoder"
 ],
 "SessionTokenRequestApiKeyAuthenticator": [
  "inject_into",
  "api_token"
 ],
 "SessionTokenRequestBearerAuthenticator": [],
 "SimpleRetriever": [
  "requester",
  "decoder",
  "record_selector",
  "paginator",
  "pagination_reset",
  "page_size_reduction",
  "request_window_splitting",
  "ignore_stream_slicer_parameters_on_paginated_requests",
  "partition_router"
 ],
 "Spec": [
  "connection_specification",
  "documentation_url",
  "advanced_auth",
  "config_normalization_rules"
 ],
 "StateDelegatingStream": [
  "name",
  "full_refresh_stream",
  "incremental_stream",
  "api_retention_period"
 ],
 "StreamConfig": [
  "configs_pointer",
  "default_values"
 ],
 "StreamGroup": [
  "streams",
  "action"
 ],
 "StreamParametersDefinition": [
  "list_of_parameters_for_stream"
 ],
 "SubstreamPartitionRouter": [
  "parent_stream_configs"
 ],
 "TokenQuota": [
  "name",
  "remaining_path",
  "reset_path",
  "limit_path",
  "matchers",
  "remaining_header",
  "reset_header",
  "limit_header",
  "exhaustion_status_codes"
 ],
 "TypesMap": [
  "target_type",
  "current_type",
  "condition"
 ],
 "UnionPartitionRouter": [
  "partition_field",
  "partition_routers"
 ],
 "UnlimitedCallRatePolicy": [
  "matchers"
 ],
 "ValidateAdheresToSchema": [
  "base_schema"
 ],
 "ValueType": [],
 "WaitTimeFromHeader": [
  "header",
  "regex",
  "max_waiting_time_in_seconds"
 ],
 "WaitTimeFromResponse": [
  "wait_time_in_seconds",
  "max_waiting_time_in_seconds"
 ],
 "WaitUntilTimeFromHeader": [
  "header",
  "min_wait",
  "regex",
  "max_waiting_time_in_seconds"
 ],
 "XmlDecoder": [],
 "ZipfileDecoder": [
  "decoder"
 ]
};

/** The definitions through which cases read records. */
export const covered: readonly string[] = [
 "AddFields",
 "AddedFieldDefinition",
 "ApiKeyAuthenticator",
 "AsyncJobStatusMap",
 "AsyncRetriever",
 "AuthFlow",
 "BasicHttpAuthenticator",
 "BearerAuthenticator",
 "BlockSimultaneousSyncsAction",
 "CheckDynamicStream",
 "CheckStream",
 "CombineMode",
 "CombinedExtractor",
 "ComplexFieldType",
 "ComponentMappingDefinition",
 "CompositeErrorHandler",
 "ConcurrencyLevel",
 "ConditionalStreams",
 "ConfigAddFields",
 "ConfigComponentsResolver",
 "ConfigMigration",
 "ConfigRemapField",
 "ConfigRemoveFields",
 "ConstantBackoffStrategy",
 "CsvDecoder",
 "CursorPagination",
 "CustomAuthenticator",
 "CustomBackoffStrategy",
 "CustomConfigTransformation",
 "CustomDecoder",
 "CustomErrorHandler",
 "CustomPaginationStrategy",
 "CustomPartitionRouter",
 "CustomRecordExtractor",
 "CustomRecordFilter",
 "CustomRequester",
 "CustomRetriever",
 "CustomSchemaLoader",
 "CustomSchemaNormalization",
 "CustomStateMigration",
 "CustomTransformation",
 "CustomValidationStrategy",
 "DatetimeBasedCursor",
 "DeclarativeSource",
 "DeclarativeStream",
 "DefaultErrorHandler",
 "DefaultPaginator",
 "DpathExtractor",
 "DpathFlattenFields",
 "DpathValidator",
 "DynamicDeclarativeStream",
 "DynamicSchemaLoader",
 "DynamicStreamCheckConfig",
 "ExponentialBackoffStrategy",
 "FixedWindowCallRatePolicy",
 "FlattenFields",
 "GroupByKeyMergeStrategy",
 "GroupingPartitionRouter",
 "GzipDecoder",
 "HTTPAPIBudget",
 "HttpComponentsResolver",
 "HttpRequestRegexMatcher",
 "HttpRequester",
 "HttpResponseFilter",
 "IncrementingCountCursor",
 "InlineSchemaLoader",
 "IterableDecoder",
 "JsonDecoder",
 "JsonFileSchemaLoader",
 "JsonItemsDecoder",
 "JsonSchemaPropertySelector",
 "JsonlDecoder",
 "JwtAuthenticator",
 "KeyTransformation",
 "KeysReplace",
 "KeysToLower",
 "KeysToSnakeCase",
 "LegacySessionTokenAuthenticator",
 "LegacyToPerPartitionStateMigration",
 "ListPartitionRouter",
 "MinMaxDatetime",
 "MovingWindowCallRatePolicy",
 "NoAuth",
 "NoPagination",
 "OAuthAuthenticator",
 "OAuthConfigSpecification",
 "OffsetIncrement",
 "PageIncrement",
 "PageSizeReduction",
 "PaginationReset",
 "PaginationResetLimits",
 "ParametrizedComponentsResolver",
 "ParentFieldPath",
 "ParentStreamConfig",
 "PrimaryKey",
 "PropertiesFromEndpoint",
 "PropertyChunking",
 "QueryProperties",
 "QuotaStatusSource",
 "Rate",
 "RateLimitedMultipleTokenAuthenticator",
 "RecordExpander",
 "RecordFilter",
 "RecordSelector",
 "RemoveFields",
 "RequestBodyGraphQL",
 "RequestBodyGraphQlQuery",
 "RequestBodyJsonObject",
 "RequestBodyPlainText",
 "RequestBodyUrlEncodedForm",
 "RequestOption",
 "RequestPath",
 "RequestWindowSplitting",
 "ResponseToFileExtractor",
 "SchemaNormalization",
 "SchemaTypeIdentifier",
 "Schemas",
 "SelectiveAuthenticator",
 "SessionTokenAuthenticator",
 "SessionTokenRequestApiKeyAuthenticator",
 "SessionTokenRequestBearerAuthenticator",
 "SimpleRetriever",
 "Spec",
 "StateDelegatingStream",
 "StreamConfig",
 "StreamGroup",
 "StreamParametersDefinition",
 "SubstreamPartitionRouter",
 "TokenQuota",
 "TypesMap",
 "UnionPartitionRouter",
 "UnlimitedCallRatePolicy",
 "ValidateAdheresToSchema",
 "ValueType",
 "WaitTimeFromHeader",
 "WaitTimeFromResponse",
 "WaitUntilTimeFromHeader",
 "XmlDecoder",
 "ZipfileDecoder"
];
