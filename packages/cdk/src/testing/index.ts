export { startServer, type ReceivedRequest, type Route, type TestServer } from "./server.ts";
export { chunked, cut, gzip, json, silence, slow, status, text, type Reply, type ReplyOptions } from "./replies.ts";
export { configured, messagesOf, runConnector, type ConnectorInputs, type ConnectorRun } from "./run-connector.ts";
