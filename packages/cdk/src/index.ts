/** The public API of ferry-cdk. */
export {
  component,
  type Component,
  type ConfigCell,
  type Definition,
  type ManifestFile,
  type Ref,
  type Run,
  type Scope,
  type Slot,
} from "./component.ts";
export { ref } from "./components/shared/refs.ts";
export { createSource, type CodeSourceOptions, type CodeStream, type ReadFrom } from "./code-source.ts";
export { createDeclarativeSource, type DeclarativeSourceOptions } from "./declarative-source.ts";
export type { ManifestKit, MixedStream } from "./mixed-streams.ts";
export { readManifestFile, type ManifestOnDisk } from "./read-manifest-file.ts";
export { runSource } from "./entrypoint/run-source.ts";
export {
  configError,
  isConnectorError,
  systemError,
  transientError,
  type ConnectorError,
  type ErrorDetails,
  type FailureType,
} from "./errors.ts";
export type { Answer, Exchange, RequestOrigin, Transport } from "./http/types.ts";
export { compileTemplate, type Template } from "./interpolation/template.ts";
export { tryParseAnyDatetime } from "./datetime/airbyte-datetime.ts";
export type { DateTime } from "./datetime/datetime.ts";
export { isoformat } from "./datetime/isoformat.ts";
export { parseJson } from "./json/parse.ts";
export { printJson } from "./json/print.ts";
export type { Batch } from "./json/rows/batch.ts";
export { valueRows } from "./json/rows/value-rows.ts";
export {
  entries,
  Float,
  float,
  fromEntries,
  get,
  has,
  integer,
  isObject,
  keys,
  remove,
  set,
  type Json,
  type JsonObject,
} from "./json/value.ts";
export { errorTrace } from "./protocol/error-trace.ts";
export type { IncomingStreamState, State } from "./protocol/incoming-state.ts";
export type { Log, LogText } from "./protocol/log.ts";
export {
  analytics,
  configControl,
  connectionStatus,
  logMessage,
  streamState,
  streamStatus,
  type StreamName,
} from "./protocol/make-message.ts";
export type { Message, RecordBatch } from "./protocol/message.ts";
export type * from "./protocol/messages.gen.ts";
export { nearest } from "./protocol/nearest.ts";
export { inferSchema } from "./json-schema/infer-schema.ts";
export { unknownStream } from "./protocol/unknown-stream.ts";
export type * from "./roles.ts";
export type { Observation, Observe } from "./roles/observe.ts";
export type { Source, SourceRun } from "./source.ts";
