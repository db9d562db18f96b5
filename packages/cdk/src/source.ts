import type { Transport } from "./http/types.ts";
import type { JsonObject } from "./json/value.ts";
import type { State } from "./protocol/incoming-state.ts";
import type { Log } from "./protocol/log.ts";
import type { Message, RecordBatch } from "./protocol/message.ts";
import type {
  AirbyteCatalog,
  AirbyteConnectionStatus,
  ConfiguredAirbyteCatalog,
  ConnectorSpecification,
} from "./protocol/messages.gen.ts";
import type { Limits } from "./roles/limits.ts";
import type { Profile } from "./roles/profile.ts";
import type { Observe } from "./roles/observe.ts";
import type { TestRun } from "./roles/test-run.ts";

/**
 * A connector that reads. `runSource` runs it as a command: it parses the inputs, validates the config against the spec,
 * masks secrets, counts records into each STATE, and turns what is thrown into messages and an exit code.
 *
 * A `configError` thrown by `check` says that the connection does not work; any other error is a failure of the connector.
 */
export interface Source {
  spec(run: SourceRun): Promise<ConnectorSpecification>;
  /** Changes the config before it is validated, e.g. migrates an old one; the other verbs get what this gives. */
  configure?(config: JsonObject, run: SourceRun): Promise<JsonObject>;
  /**
   * What is wrong with a config beyond what the spec's schema can tell, as sentences that begin with a JSON pointer. They are
   * told together with the schema's own problems, so the config may be of any shape.
   */
  problems?(config: JsonObject): readonly string[];
  check(config: JsonObject, run: SourceRun): Promise<AirbyteConnectionStatus>;
  discover(config: JsonObject, run: SourceRun): Promise<AirbyteCatalog>;
  /**
   * What to send, in order: records (best in batches of some hundred), states, statuses. The next item is asked for when
   * the reader of stdout has caught up. An error thrown here ends the sync with exit code 1.
   */
  read(
    config: JsonObject,
    catalog: ConfiguredAirbyteCatalog,
    state: State,
    run: SourceRun,
  ): AsyncIterable<Message | RecordBatch>;
}

/** What a source may use while one verb runs. */
export interface SourceRun {
  /** Sends a message at once, ahead of what `read` yields next. */
  readonly emit: (message: Message) => void;
  readonly log: Log;
  /** Aborted when the process is told to end, or nobody reads its output: a read should send its state and return. */
  readonly signal: AbortSignal;
  /** Waits some seconds; ends early, by throwing the signal's reason, when the signal is aborted. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Milliseconds since 1970. For deadlines and durations use `performance.now()`. */
  now(): number;
  /**
   * Names a value never to be shown in logs, traces and check results, such as an access token. Where it stands in the
   * config, `path` says where.
   */
  readonly secret: (value: string, path?: string) => void;
  /** What all requests go through, where someone watches them or answers in place of a server; see `createSend`. */
  readonly transport?: Transport | undefined;
  /** Told what happens while streams are read, where someone wants to know. */
  readonly observe?: Observe | undefined;
  /** Measures where time goes, where someone wants to know. */
  readonly profile?: Profile | undefined;
  /** How much to read at most, where only a look is wanted. */
  readonly limits?: Limits | undefined;
  /** Set where a connector builder tries the connector out: little is to be read then, and nothing to be sent twice. */
  readonly test?: TestRun | undefined;
}
