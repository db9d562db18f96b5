import type { ManifestFile, Run } from "./component.ts";
import type { Send } from "./http/types.ts";
import { isObject, type JsonObject } from "./json/value.ts";
import type { State } from "./protocol/incoming-state.ts";
import type { ConfiguredAirbyteCatalog } from "./protocol/messages.gen.ts";
import { profiledSend } from "./manifest/profiled.ts";
import type { SourceRun } from "./source.ts";

export interface RunInputs {
  readonly folder?: string | undefined;
  readonly manifest?: ManifestFile | undefined;
  readonly state?: State | undefined;
  readonly catalog?: ConfiguredAirbyteCatalog | undefined;
}

/** What all streams of a run share. Connections are made when the first request goes out. */
export function createRun(
  { emit, log, signal, sleep, secret, transport, observe, limits, profile, test }: SourceRun,
  { folder, manifest, state, catalog }: RunInputs = {},
): Run {
  const kept = new Map<string, unknown>();
  let send: Promise<Send> | undefined;
  const sendNow: Send = async (request, options) => {
    send ??= import("./http/send.ts").then(({ createSend }) => createSend(process.env, transport));
    return (await send)(request, options);
  };
  const write = { DEBUG: log.debug, INFO: log.info, WARN: log.warn, ERROR: log.error };
  return {
    send: profile === undefined ? sendNow : profiledSend(sendNow, profile),
    budget: undefined,
    jobLimit: 1,
    signal,
    sleep,
    state: (stream) => state?.of(stream) ?? {},
    catalog:
      catalog &&
      new Map(catalog.streams.map(({ stream, cursor_field }) => [stream.name, { cursorField: cursor_field ?? [] }])),
    configuredSchema(name): JsonObject | undefined {
      const schema = catalog?.streams.find(({ stream }) => stream.name === name)?.stream.json_schema;
      return isObject(schema) ? schema : undefined;
    },
    emit,
    log: (level, message) => write[level](message),
    secret,
    observe,
    profile,
    limits: limits && { ...limits, cut: new Set() },
    test,
    shared<T>(key: string, make: () => T): T {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T; // each key is used with one type
    },
    folder,
    manifest,
  };
}
