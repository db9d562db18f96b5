import { printJson, type Json, type JsonObject, type Message } from "ferry-cdk";
import type { Summary } from "./case.ts";

/** What a run of Ferry did, in the form of a golden, and what is wrong with its messages whatever the reference does. */
export interface FerryRun extends Summary {
  readonly wrong: readonly string[];
}

export function summarise(messages: readonly Message[], exitCode: number, now: number): FerryRun {
  const wrong: string[] = [];
  const records: Record<string, JsonObject[]> = {};
  const files: Record<string, Json[]> = {};
  const states: JsonObject = {};
  const statuses: Record<string, string[]> = {};
  const unsaved: Record<string, number> = {};
  const errors: { stream: string | null; failure_type: string }[] = [];
  const control: Json[] = [];
  const once: { status?: string; spec?: Json; catalog?: JsonObject } = {};

  const see: { [T in Message["type"]]?: (message: Extract<Message, { type: T }>) => void } = {
    RECORD({ record: { stream, data, emitted_at: at, file_reference: file, ...rest } }) {
      (records[stream] ??= []).push(data);
      unsaved[stream] = (unsaved[stream] ?? 0) + 1;
      if (file) (files[stream] ??= []).push(file);
      if (at !== now) wrong.push(`a RECORD of ${stream} was emitted at ${at}; the clock says ${now}`);
      if (statuses[stream]?.at(-1) !== "RUNNING") wrong.push(`a RECORD of ${stream} outside of RUNNING`);
      if (Object.keys(rest).length > 0) wrong.push(`a RECORD of ${stream} with ${Object.keys(rest).join(", ")}`);
    },
    STATE({ state }) {
      const name = state.stream!.stream_descriptor.name;
      states[name] = state.stream!.stream_state ?? null;
      const count = Number(printJson(state.sourceStats?.recordCount ?? 0)); // read back, it is a Float
      if (count !== (unsaved[name] ?? 0))
        wrong.push(`a STATE of ${name} counts ${count}, ${unsaved[name] ?? 0} were sent`);
      unsaved[name] = 0;
    },
    TRACE({ trace }) {
      if (trace.stream_status) {
        (statuses[trace.stream_status.stream_descriptor.name] ??= []).push(trace.stream_status.status);
      }
      if (trace.error) {
        const { stream_descriptor: stream, failure_type: type, message } = trace.error;
        errors.push({ stream: stream?.name ?? null, failure_type: type ?? "" });
        if (!message || !type) wrong.push("a TRACE ERROR without message or failure_type");
      }
    },
    CONTROL: ({ control: { connectorConfig } }) => void control.push(connectorConfig!.config),
    CONNECTION_STATUS({ connectionStatus: { status, message } }) {
      once.status = status;
      if (status === "FAILED" && !message) wrong.push("FAILED without a message");
    },
    SPEC: ({ spec }) => void (once.spec = spec as unknown as Json),
    CATALOG: ({ catalog }) => void (once.catalog = catalog as unknown as JsonObject),
  };
  for (const message of messages) (see[message.type] as ((message: Message) => void) | undefined)?.(message);
  for (const [name, count] of Object.entries(unsaved)) {
    if (count > 0) wrong.push(`${count} records of ${name} after its last STATE`);
  }
  const some = <T extends object>(value: T): T | undefined => (Object.keys(value).length > 0 ? value : undefined);
  const found = { records: some(records), files: some(files), states: some(states), statuses: some(statuses) };
  return { exit: exitCode, wrong, ...once, ...found, errors, ...(control.length > 0 && { control }) } as FerryRun;
}
