import type { ConfigCell } from "../component.ts";
import { copy, get, isObject, set, type Json, type JsonObject } from "../json/value.ts";
import { configControl } from "../protocol/make-message.ts";
import type { Message } from "../protocol/message.ts";

/** The config of a run. What is set in it is seen by all from then on, and told to the platform by CONTROL at once. */
export function createConfigCell(initial: JsonObject, emit: (message: Message) => void): ConfigCell {
  let config = initial;
  return {
    get: () => config,
    set(...changes) {
      for (const [path, value] of changes) config = withValue(config, path, value);
      emit(configControl(config));
    },
  };
}

function withValue(config: JsonObject, [name, ...rest]: readonly string[], value: Json): JsonObject {
  if (name === undefined) return config;
  const changed = copy(config);
  const inner = get(config, name);
  set(changed, name, rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value));
  return changed;
}
