import {
  configError,
  systemError,
  transientError,
  type AirbyteErrorTraceMessage,
  type ConfiguredAirbyteCatalog,
  type JsonObject,
  type Source,
  type SourceRun,
} from "ferry-cdk";

/** How many records of a stream its schema is inferred from. */
const MOST = 200;

/**
 * The first records of these streams, read one stream after the other. There is no schema without an answer: all streams
 * that fail are named in one error.
 */
export async function sampleStreams(
  source: Source,
  names: readonly string[],
  config: JsonObject,
  run: SourceRun,
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  let current = config;
  const watched: SourceRun = {
    ...run,
    emit(message) {
      // A refresh token that was used up by one stream must not be used by the next.
      if (message.type === "CONTROL") current = message.control.connectorConfig?.config ?? current;
      run.emit(message);
    },
  };
  const samples = new Map<string, readonly JsonObject[]>();
  const failures: AirbyteErrorTraceMessage[] = [];
  for (const name of names) {
    const records = await firstRecords(source, name, current, watched);
    if ("message" in records) failures.push({ ...records, message: `${name}: ${records.message}` });
    else samples.set(name, records);
    if (Array.isArray(records) && records.length === 0) {
      run.log.warn(`Stream ${name}: the API gives no records, so that its schema is left open.`);
    }
  }
  if (failures.length > 0) throw failed(failures);
  return samples;
}

async function firstRecords(
  source: Source,
  name: string,
  config: JsonObject,
  run: SourceRun,
): Promise<readonly JsonObject[] | AirbyteErrorTraceMessage> {
  const records: JsonObject[] = [];
  let failure: AirbyteErrorTraceMessage | undefined;
  try {
    for await (const item of source.read(config, catalogOf(name), noState, run)) {
      if ("batch" in item) {
        for (let index = 0; index < item.batch.length && records.length < MOST; index++) {
          records.push(item.batch.value(index) as JsonObject); // the runtime sends objects only
        }
        if (records.length >= MOST) break;
      } else if (item.type === "TRACE") failure ??= item.trace.error;
    }
  } catch (error) {
    if (failure === undefined) throw error; // else it is the summary of what the trace told
  }
  return failure ?? records;
}

const noState = { streams: [], shared: undefined, of: () => ({}) };

const catalogOf = (name: string): ConfiguredAirbyteCatalog => ({
  streams: [
    {
      stream: { name, json_schema: {}, supported_sync_modes: ["full_refresh"] },
      sync_mode: "full_refresh",
      destination_sync_mode: "overwrite",
    },
  ],
});

function failed(failures: readonly AirbyteErrorTraceMessage[]): Error {
  const makers = { config_error: configError, transient_error: transientError, system_error: systemError };
  const [first] = failures;
  const reasons = failures.map(({ message }) => message).join("\n");
  return makers[first?.failure_type ?? "system_error"](
    `These streams' schemas cannot be inferred, as their answers are missing:\n${reasons}`,
    { code: "no-sample" },
  );
}
