import type { Ref } from "../component.ts";
import { compileBoolean } from "../interpolation/boolean.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../json/value.ts";
import type { CheckedSource, Stream } from "../roles.ts";
import { definitionNames, dynamicStreams } from "./dynamic-streams.ts";
import { fitStream } from "./generated-stream.ts";
import type { Language } from "./language.ts";
import { cacheParents } from "./parents.ts";
import type { Builder } from "./scope.ts";
import { once } from "./once.ts";

/** The streams of a manifest, each built when asked for. */
export type Streams = Pick<CheckedSource, "streams" | "staticStreams" | "firstStreams" | "generated">;

export function createStreams(
  language: Language,
  manifest: JsonObject,
  config: () => JsonObject,
  builder: () => Builder,
): Streams {
  const specs = once(async () => {
    const fixed = fixedStreams(manifest, config());
    const made = await dynamicStreams(manifest, builder());
    const generated = new Map<string, string[]>(definitionNames(manifest).map((name) => [name, []]));
    for (const { definition, stream } of made) generated.get(definition)?.push(String(stream["name"]));
    return { fixed: fixed.length, all: [...fixed, ...made.map(({ stream }) => stream)], generated };
  });

  /** Builds some streams; what is made from a template was not validated with the manifest. */
  async function build(selected: readonly JsonObject[], all: readonly JsonObject[], fixed: number): Promise<Stream[]> {
    const build = builder();
    const streams: Stream[] = [];
    for (const [index, spec] of cacheParents(selected, all).entries()) {
      const fitted = index < fixed ? spec : await fitStream(language, spec);
      streams.push(build(fitted as unknown as Ref<"stream">));
    }
    return streams;
  }

  return {
    streams: once(async () => {
      const { all, fixed } = await specs();
      return build(all, all, fixed);
    }),
    async staticStreams(names) {
      const fixed = fixedStreams(manifest, config());
      const known = new Set(fixed.map((stream) => get(stream, "name")));
      if (names.length === 0 || names.some((name) => !known.has(name))) return undefined;
      const selected = fixed.filter((stream) => (names as readonly (Json | undefined)[]).includes(get(stream, "name")));
      return build(selected, fixed, selected.length);
    },
    async firstStreams(count) {
      const { all, fixed } = await specs();
      return build(all.slice(0, count), all, fixed);
    },
    generated: async () => (await specs()).generated,
  };
}

/** The streams that a manifest names, in order; conditional ones where their condition holds. */
function fixedStreams(manifest: JsonObject, config: JsonObject): JsonObject[] {
  return list(get(manifest, "streams")).flatMap((entry) => {
    if (!isObject(entry)) return [];
    if (get(entry, "type") !== "ConditionalStreams") return [entry];
    const condition = compileBoolean(String(get(entry, "condition") ?? ""), { parameters: {} });
    return condition({ config }) ? list(get(entry, "streams")).filter(isObject) : [];
  });
}

const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
