import type { Batch } from "../json/rows/batch.ts";
import type { AirbyteMessage } from "./messages.gen.ts";

type Carrying<Type extends AirbyteMessage["type"], Member extends keyof AirbyteMessage> = {
  type: Type;
} & Required<Pick<AirbyteMessage, Member>>;

/** A message with the member that its type promises. */
export type Message =
  | Carrying<"RECORD", "record">
  | Carrying<"STATE", "state">
  | Carrying<"LOG", "log">
  | Carrying<"SPEC", "spec">
  | Carrying<"CONNECTION_STATUS", "connectionStatus">
  | Carrying<"CATALOG", "catalog">
  | Carrying<"TRACE", "trace">
  | Carrying<"CONTROL", "control">
  | Carrying<"DESTINATION_CATALOG", "destination_catalog">;

/** Records of one stream, which go to stdout without becoming objects where they are still bytes. */
export interface RecordBatch {
  readonly stream: string;
  readonly namespace?: string | undefined;
  readonly batch: Batch;
}
