import { float, type JsonObject } from "../json/value.ts";
import type { Message } from "./message.ts";
import type {
  AirbyteConnectionStatus,
  AirbyteLogMessage,
  AirbyteStreamStatusReason,
  AirbyteStreamStatusTraceMessage,
  StreamDescriptor,
} from "./messages.gen.ts";

/** Where a stream is named: a descriptor, or a stream of a catalog. The namespace is left out rather than undefined. */
export interface StreamName {
  readonly name: string;
  readonly namespace?: string | undefined;
}

export function describeStream({ name, namespace }: StreamName): StreamDescriptor {
  return namespace === undefined ? { name } : { name, namespace };
}

/** A line of the log. */
export function logMessage(level: AirbyteLogMessage["level"], message: string): Message {
  return { type: "LOG", log: { level, message } };
}

/** The STATE of one stream. Its `sourceStats` are set when it goes out. */
export function streamState(stream: StreamName, state: JsonObject): Message {
  return {
    type: "STATE",
    state: { type: "STREAM", stream: { stream_descriptor: describeStream(stream), stream_state: state } },
  };
}

/** How far a stream has come. */
export function streamStatus(
  stream: StreamName,
  status: AirbyteStreamStatusTraceMessage["status"],
  reasons?: AirbyteStreamStatusReason[],
): Message {
  return {
    type: "TRACE",
    trace: {
      type: "STREAM_STATUS",
      emitted_at: float(Date.now()),
      stream_status: {
        stream_descriptor: describeStream(stream),
        status,
        ...(reasons === undefined ? {} : { reasons }),
      },
    },
  };
}

/** Tells the platform to keep this config from now on. */
export function configControl(config: JsonObject): Message {
  return {
    type: "CONTROL",
    control: { type: "CONNECTOR_CONFIG", emitted_at: float(Date.now()), connectorConfig: { config } },
  };
}

/** Something to count for whoever runs the connector. */
export function analytics(type: string, value?: string): Message {
  return {
    type: "TRACE",
    trace: {
      type: "ANALYTICS",
      emitted_at: float(Date.now()),
      analytics: value === undefined ? { type } : { type, value },
    },
  };
}

/** Whether a connection works, which `check` prints. */
export function connectionStatus(status: AirbyteConnectionStatus["status"], message?: string): Message {
  return { type: "CONNECTION_STATUS", connectionStatus: message === undefined ? { status } : { status, message } };
}
