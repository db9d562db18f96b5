/**
 * For tests of connectors, with any runner: a server with scripted answers, runs of a connector in this process that come
 * back as plain data, recorded answers, a clock, and what the protocol asks of a connector's output.
 *
 * @module
 */
export { startServer, type ReceivedRequest, type Route, type TestServer } from "./server.ts";
export { chunked, cut, gzip, json, silence, slow, status, text, type Reply, type ReplyOptions } from "./replies.ts";
export { readManifest, readSource, type ReadOptions, type ReadResult } from "./read-connector.ts";
export { configured, messagesOf, runConnector, type ConnectorInputs, type ConnectorRun } from "./run-connector.ts";
export type { SentRequest } from "./sent-requests.ts";
export { setClock, type ReplayClock } from "../cassette/clock.ts";
export { readCassette, type NamedExchange, type Recording } from "../cassette/recording-file.ts";
export { checkCatalog } from "./checks/check-catalog.ts";
export { createReadCheck, type ReadCheck, type ReadCheckOptions } from "./checks/check-read.ts";
export { checkSpec } from "./checks/check-spec.ts";
export type { Problem } from "./checks/problem.ts";
export type { PlainJson } from "../json/plain-data.ts";
export { buildComponent, type BuildInputs, type BuiltComponent } from "./build-component.ts";
export { checkContract, type ContractKind } from "./check-contract.ts";
export { respond } from "./respond.ts";
