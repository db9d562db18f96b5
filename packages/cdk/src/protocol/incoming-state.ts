import { configError, type ConnectorError } from "../errors.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../json/value.ts";

/** The state that a sync starts from, in one shape, whatever form it came in. */
export interface State {
  readonly streams: readonly IncomingStreamState[];
  /** What a GLOBAL state keeps for all streams together. */
  readonly shared: JsonObject | undefined;
  /** The state of a stream, `{}` for none. Not to be changed. */
  of(stream: string, namespace?: string): JsonObject;
}

export interface IncomingStreamState {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly state: JsonObject;
}

/**
 * Reads the content of a state file: a list of state messages (STREAM, GLOBAL or LEGACY, also as whole STATE messages),
 * one such message, or the legacy form, an object of states by stream. A later message of a stream replaces an earlier one.
 * @throws a config error that names the place
 */
export function parseState(content: Json): State {
  const streams = new Map<string, IncomingStreamState>();
  let shared: JsonObject | undefined;
  const add = (descriptor: Json | undefined, state: Json | undefined, at: string): void => {
    const name = isObject(descriptor) ? get(descriptor, "name") : undefined;
    const namespace = isObject(descriptor) ? (get(descriptor, "namespace") ?? undefined) : undefined;
    if (typeof name !== "string") throw wrong(`${at}/stream_descriptor/name`, "the name of a stream");
    if (namespace !== undefined && typeof namespace !== "string") {
      throw wrong(`${at}/stream_descriptor/namespace`, "a text, or left out");
    }
    if (!isObject(state ?? {})) throw wrong(`${at}/stream_state`, "an object");
    streams.set(key(name, namespace), { name, namespace, state: isObject(state) ? state : {} });
  };
  const addStream = (stream: Json | undefined, at: string): void => {
    if (!isObject(stream)) throw wrong(at, "an object with `stream_descriptor` and `stream_state`");
    add(get(stream, "stream_descriptor"), get(stream, "stream_state"), at);
  };
  const addMessage = (message: Json, at: string): void => {
    if (!isObject(message)) throw wrong(at, "a state message: an object");
    const [stream, global, data] = ["stream", "global", "data"].map((name) => get(message, name) ?? undefined);
    if (get(message, "type") === "STATE") addMessage(get(message, "state") ?? null, `${at}/state`);
    else if (stream !== undefined) addStream(stream, `${at}/stream`);
    else if (isObject(global)) {
      const sharedState = get(global, "shared_state");
      if (isObject(sharedState)) shared = sharedState;
      const states = get(global, "stream_states");
      if (!isList(states)) throw wrong(`${at}/global/stream_states`, "a list");
      states.forEach((state, index) => addStream(state, `${at}/global/stream_states/${index}`));
    } else if (isObject(data)) {
      // A legacy state of one stream only cannot be told whose it is; the reference reads no LEGACY state at all.
      for (const [name, state] of entries(data)) if (isObject(state)) add({ name }, state, `${at}/data/${name}`);
    } else throw wrong(at, "a state message with `stream`, `global` or `data`");
  };

  if (isList(content)) content.forEach((message, index) => addMessage(message, `/${index}`));
  else if (isObject(content) && isMessage(content)) addMessage(content, "");
  else if (isObject(content)) for (const [name, state] of entries(content)) add({ name }, state, `/${name}`);
  else if (content !== null) throw wrong("/", "a list of state messages, or an object");

  return {
    streams: [...streams.values()],
    shared,
    of: (stream, namespace) => streams.get(key(stream, namespace))?.state ?? {},
  };
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function isMessage(content: JsonObject): boolean {
  const type = get(content, "type");
  if (type === "STREAM" || type === "GLOBAL" || type === "LEGACY" || type === "STATE") return true;
  const stream = get(content, "stream");
  return isObject(stream) && isObject(get(stream, "stream_descriptor"));
}

function key(name: string, namespace: string | undefined): string {
  return namespace === undefined ? name : `${namespace}\n${name}`;
}

function wrong(at: string, expected: string): ConnectorError {
  return configError(`The state is not valid at ${at}: there must be ${expected}.`, { code: "invalid-state" });
}
