import { existsSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { readCassette, type Recording } from "../../cassette/recording-file.ts";
import { configError } from "../../errors.ts";
import type { Verb } from "../../entrypoint/arguments.ts";
import { secretsOf } from "../../entrypoint/secrets.ts";
import { rewrite } from "../../entrypoint/watch-process.ts";
import { deepCopyObject } from "../../json/deep-copy.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import { once } from "../../manifest/once.ts";
import type { Message } from "../../protocol/message.ts";
import type { AirbyteCatalog, ConfiguredAirbyteCatalog, ConnectorSpecification } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { readConfig, type GivenConfig } from "../connector/read-config.ts";
import { runVerb } from "../connector/run-verb.ts";
import { saveConfig } from "../connector/save-config.ts";

/** Runs the verbs of a connector for tests: live, recorded, or from a cassette. */
export interface Session {
  readonly mode: "live" | "record" | "replay";
  /** The config of an entry: its file, else what the cassette keeps of the recorded one. */
  config(path: string | undefined): Promise<JsonObject>;
  spec(): Promise<ConnectorSpecification>;
  /** Secrets that no message may show. */
  secrets(config: JsonObject): Promise<readonly string[]>;
  /** The catalog of `discover`, asked once for each config. */
  catalog(path: string | undefined): Promise<AirbyteCatalog>;
  run(verb: Verb, options: RunOptions): Promise<RunResult>;
}

export interface RunOptions {
  readonly configPath: string | undefined;
  readonly catalog?: ConfiguredAirbyteCatalog | undefined;
  readonly state?: Json | undefined;
  /** What the run is called after its verb in a cassette, such as `with-state`. */
  readonly variant?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  onMessage(message: Message): void;
}

export interface RunResult {
  readonly exitCode: number;
  /** What was printed past the output. */
  readonly stray: string;
  readonly isTimedOut: boolean;
  /** The requests that the cassette does not know, in words. */
  readonly unrecorded: readonly string[];
}

export interface SessionOptions {
  readonly record?: string | undefined;
  readonly replay?: string | undefined;
}

const CONFIGS = ["config.json", "secrets/config.json", "config.example.json"];
/** Seconds; an entry says otherwise as `timeout_seconds`. */
const TIMEOUT = 30 * 60;

export function openSession(connector: Connector, { record, replay }: SessionOptions): Session {
  const catalogs = new Map<string | undefined, Promise<AirbyteCatalog>>();
  const written = new Map<string, string>();
  const recorded = replay === undefined ? undefined : once(() => readCassette(replay));
  let spec: Promise<ConnectorSpecification> | undefined;
  const mode = record !== undefined ? "record" : replay !== undefined ? "replay" : "live";

  /** Runs of one verb that ask for other things lie beside one another; one that was recorded is not recorded again. */
  function recording(verb: Verb, { configPath, catalog, variant }: RunOptions): { name: string; isNew: boolean } {
    const stem = configPath === undefined ? "" : basename(configPath, extname(configPath));
    const parts = [verb, variant, /^config(?:[._]example)?$/.test(stem) ? undefined : stem];
    const base = parts.filter((part) => part !== undefined && part !== "").join("-");
    const asked = JSON.stringify([configPath, catalog?.streams.map(({ stream }) => stream.name)]);
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base}-${count}`;
      const known = written.get(name);
      if (known === undefined) written.set(name, asked);
      if (known === undefined || known === asked) return { name, isNew: known === undefined };
    }
  }

  /** The config's file: of an entry that names none the usual one. */
  async function given(path: string | undefined): Promise<GivenConfig | undefined> {
    const found = path ?? CONFIGS.map((name) => join(connector.folder, name)).find((file) => existsSync(file));
    return found === undefined || !existsSync(found) ? undefined : await readConfig(found, connector);
  }

  async function config(path: string | undefined): Promise<JsonObject> {
    const kept = recorded && recordedConfig(await recorded(), path);
    // From a cassette any config will do: one whose secrets are not at hand is the recorded one.
    const own = path === undefined && kept !== undefined ? undefined : await given(path).catch(orElse(kept));
    const chosen = own?.config ?? kept;
    if (chosen !== undefined || path === undefined) return chosen ?? {};
    const where = mode === "replay" ? ", and the cassette keeps none" : "";
    throw configError(`The config file ${path} is not there${where}.`, { code: "no-config" });
  }

  async function run(verb: Verb, options: RunOptions): Promise<RunResult> {
    const { name, isNew } = recording(verb, options);
    const asked = verb === "spec" ? undefined : await config(options.configPath);
    const controller = new AbortController();
    let isTimedOut = false;
    let changed: JsonObject | undefined;
    const timer = setTimeout(
      () => {
        isTimedOut = true;
        controller.abort();
      },
      (options.timeoutSeconds ?? TIMEOUT) * 1000,
    );
    let stray = "";
    const restore = rewrite(process.stdout, (text) => ((stray += text), "")); // a connector's code must not write there
    try {
      const { exitCode, tape } = await runVerb(
        connector,
        verb,
        { config: asked, catalog: options.catalog, state: options.state },
        {
          onMessage(message) {
            if (message.type === "CONTROL") changed = message.control.connectorConfig?.config ?? changed;
            options.onMessage(message);
          },
          signal: controller.signal,
          // What is asked a second time is answered by what was recorded the first time.
          tapes: { record: isNew && options.variant !== "again" ? record : undefined, replay, name },
        },
      );
      // A refresh token that may be used once was used: the next run needs the one after it.
      const file = replay === undefined && changed !== undefined ? await given(options.configPath) : undefined;
      if (file !== undefined && changed !== undefined) saveConfig(file, changed);
      const unrecorded = (tape?.unrecorded ?? []).map(({ message }) => message);
      return { exitCode, stray, isTimedOut, unrecorded };
    } finally {
      restore();
      clearTimeout(timer);
    }
  }

  async function only<T>(
    verb: "spec" | "discover",
    configPath: string | undefined,
    pick: (message: Message) => T | undefined,
  ): Promise<T> {
    let found: T | undefined;
    let failure: string | undefined;
    await run(verb, {
      configPath,
      onMessage(message) {
        found ??= pick(message);
        if (message.type === "TRACE") failure ??= message.trace.error?.message;
      },
    });
    if (found === undefined) throw configError(`${verb} gives nothing: ${failure ?? "it sends no such message"}`);
    return found;
  }

  const specOf = (): Promise<ConnectorSpecification> =>
    (spec ??= only("spec", undefined, (message) => (message.type === "SPEC" ? message.spec : undefined)));

  return {
    mode,
    config,
    spec: specOf,
    secrets: async (given) => secretsOf((await specOf()).connectionSpecification, given).map(({ value }) => value),
    catalog(path) {
      let known = catalogs.get(path);
      if (known === undefined) {
        known = only("discover", path, (message) => (message.type === "CATALOG" ? message.catalog : undefined));
        catalogs.set(path, known);
      }
      return known;
    },
    run,
  };
}

/** Bears that a config cannot be read where there is another one. */
const orElse =
  (kept: JsonObject | undefined) =>
  (error: unknown): undefined => {
    if (kept === undefined) throw error;
  };

/** The config that a recording keeps: of a run with a config file of this name, else of any. */
function recordedConfig(recordings: readonly Recording[], path: string | undefined): JsonObject | undefined {
  const kept = recordings.filter(({ config }) => config !== undefined);
  const stem = path === undefined ? "" : basename(path, extname(path));
  const config = (kept.find(({ name }) => name.endsWith(`-${stem}`)) ?? kept[0])?.config;
  return config && deepCopyObject(config); // each run has its own
}
