import { join } from "node:path";
import { createRecorder } from "../../cassette/record.ts";
import { secretsOf } from "../../entrypoint/secrets.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import { openConnector } from "../connector/open-connector.ts";
import { runVerb, type VerbInputs } from "../connector/run-verb.ts";
import type { ApiDraft } from "./draft.ts";
import { specificationOf } from "./manifest-of.ts";
import { createResponder } from "./respond.ts";

export interface RecordedAnswers {
  /** How many exchanges the cassette has. */
  readonly count: number;
  /** Streams that gave no record. */
  readonly empty: readonly string[];
}

/** Runs the connector in a folder against the answers that its draft has, and records them as its cassette. */
export async function recordAnswers(folder: string, draft: ApiDraft): Promise<RecordedAnswers> {
  const connector = await openConnector(join(folder, "manifest.yaml"));
  const config: JsonObject = Object.fromEntries(draft.fields.map(({ name, example }) => [name, example]));
  const respond = createResponder(draft);
  let count = 0;
  const run = async (verb: "check" | "read", inputs: VerbInputs): Promise<Message[]> => {
    const messages: Message[] = [];
    const name = inputs.state === undefined ? verb : `${verb}-with-state`;
    const recorder = createRecorder({ folder: join(folder, "cassette"), name });
    recorder.config(config);
    for (const { value, path } of secretsOf(specificationOf(draft), config)) recorder.secret(value, path);
    await runVerb(
      connector,
      verb,
      { config, ...inputs },
      {
        onMessage: (message) => messages.push(message),
        transport: () => recorder.transport(respond),
        sleep: async () => {},
      },
    );
    count += await recorder.finish();
    return messages;
  };
  await run("check", {});
  const messages = await run("read", {});
  const state = latest(messages);
  if (state.length > 0) await run("read", { state });
  const read = new Set(messages.flatMap((message) => (message.type === "RECORD" ? [message.record.stream] : [])));
  return { count, empty: draft.streams.map(({ name }) => name).filter((name) => !read.has(name)) };
}

/** The last state of each stream that keeps one. */
function latest(messages: readonly Message[]): Json[] {
  const states = new Map<string, Json>();
  for (const message of messages) {
    const stream = message.type === "STATE" ? message.state.stream : undefined;
    if (stream !== undefined) states.set(stream.stream_descriptor.name, (message as { state: Json }).state); // it is one
  }
  return [...states.values()];
}
