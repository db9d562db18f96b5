import { configError, isConnectorError } from "../errors.ts";
import type { JsonObject } from "../json/value.ts";
import { errorMessage, errorTrace, stackTrace } from "../protocol/error-trace.ts";
import { connectionStatus, logMessage } from "../protocol/make-message.ts";
import type { Message, RecordBatch } from "../protocol/message.ts";
import type { ConnectorSpecification } from "../protocol/messages.gen.ts";
import type { Source, SourceRun } from "../source.ts";
import type { Arguments } from "./arguments.ts";
import { startingState, type BeatingOutput } from "./heartbeat.ts";
import { readInputs, type Inputs } from "./inputs.ts";
import { prepareConfig, problemsMessage } from "./prepare-config.ts";
import { sendAll } from "./send-all.ts";
import type { Stop } from "./stop.ts";

/** Makes the source of a run, when the inputs are read: what they hold may decide which one it is. */
export type OpenSource = (args: Arguments, inputs: Inputs) => Promise<Opened>;
export interface Opened {
  readonly source: Source;
  /** The config that the source gets in place of the file's. */
  readonly config?: JsonObject;
}

/**
 * Runs one verb of a source and sends what comes of it. Never throws: a failure becomes messages and the exit code.
 * A failure before there is a source, of a file or of the manifest's place, is one TRACE.
 */
export async function runVerb(
  open: OpenSource,
  args: Arguments,
  run: SourceRun,
  output: BeatingOutput,
  stop: Stop,
  read: (args: Arguments) => Promise<Inputs> = readInputs,
): Promise<number> {
  let inputs: Inputs;
  let opened: Opened;
  try {
    inputs = await read(args);
    opened = await open(args, inputs);
  } catch (error) {
    if (!isConnectorError(error) || error.failureType !== "config_error") return fail(error, args, run);
    const message = `Error starting the sync: ${error.message}`;
    run.emit(errorTrace(configError(message, { internal: error.message, cause: error })));
    return 1;
  }
  const { source } = opened;
  if (inputs.catalog !== undefined) output.startFrom(startingState(inputs.catalog, inputs.state));
  try {
    const spec = await source.spec(run);
    if (args.verb === "spec") {
      run.emit({ type: "SPEC", spec });
      return 0;
    }
    return await runConfigured(
      source,
      spec,
      { ...inputs, config: opened.config ?? inputs.config },
      args,
      run,
      (items) => sendAll(items, output, stop),
    );
  } catch (error) {
    return fail(error, args, run);
  }
}

async function runConfigured(
  source: Source,
  spec: ConnectorSpecification,
  { config: given = {}, catalog = { streams: [] }, state }: Inputs,
  { verb }: Arguments,
  run: SourceRun,
  send: (items: AsyncIterable<Message | RecordBatch>) => Promise<void>,
): Promise<number> {
  try {
    const { config, problems } = await prepareConfig(source, spec, given, run);
    if (problems.length > 0) {
      const message = problemsMessage(problems);
      if (verb !== "check") throw configError(message, { code: "invalid-config" });
      run.emit(connectionStatus("FAILED", message));
      return 0;
    }
    if (verb === "check") {
      const status = await source.check(config, run);
      if (status.status === "SUCCEEDED") run.log.info("Check succeeded");
      else run.log.error("Check failed");
      run.emit({ type: "CONNECTION_STATUS", connectionStatus: status });
    } else if (verb === "discover") {
      run.emit({ type: "CATALOG", catalog: await source.discover(config, run) });
    } else {
      await send(source.read(config, catalog, state, run));
    }
    return 0;
  } catch (error) {
    if (verb !== "check" || !isConnectorError(error) || error.failureType !== "config_error") throw error;
    run.emit(errorTrace(error));
    run.emit(connectionStatus("FAILED", error.message));
    return 0;
  }
}

/** Reports what nobody caught. */
export function fail(error: unknown, { verb }: Pick<Arguments, "verb">, run: Pick<SourceRun, "emit" | "signal">): 1 {
  if (run.signal.aborted) return 1; // it was told to end: what it stumbles over then is no failure
  run.emit(logMessage("FATAL", `${errorMessage(error)}\n${stackTrace(error)}`));
  run.emit(errorTrace(error));
  if (verb === "check") run.emit(connectionStatus("FAILED", errorMessage(error)));
  return 1;
}
