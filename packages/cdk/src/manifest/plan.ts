import type { Component, ConfigCell, Ref, Run } from "../component.ts";
import { systemError } from "../errors.ts";
import { entries, get, isObject, type JsonObject } from "../json/value.ts";
import type { Check, ConfigRules } from "../roles.ts";
import { jobLimit } from "./job-limit.ts";
import { createLanguage, createQuickLanguage, type Language } from "./language.ts";
import { createBuilder, type Builder } from "./scope.ts";
import { createStreams, type Streams } from "./streams.ts";
import { once } from "./once.ts";

/** A manifest bound to one run: everything is built when asked for, once. */
export interface Plan extends Streams {
  check(): Check;
  /** Builds a part of the manifest, with the bounds of the run. */
  readonly build: Builder;
  readonly concurrency: number;
  /** Name of a stream to its group. */
  readonly groups: ReadonlyMap<string, string>;
}

/** The lowest at which the making of slices and their reading go on side by side. */
const lowestConcurrency = 2;

/** The language with a connector's own components: made once for the same list of them, for all that a process runs. */
export function loadLanguage(custom: readonly Component[]): Promise<Language> {
  if (custom.length === 0) return plainLanguage();
  const language = languages.get(custom) ?? makeLanguage(custom);
  languages.set(custom, language);
  return language;
}

const languages = new WeakMap<readonly Component[], Promise<Language>>();

const plainLanguage = once(() => makeLanguage([]));

/** What a connector brings along may say what it takes in any word of zod; the language's own is known. */
async function makeLanguage(custom: readonly Component[]): Promise<Language> {
  const { components } = await import("../components/registry.ts");
  const inZod = once(async () => createLanguage(components, (await import("zod")).z, custom));
  return custom.length === 0 ? createQuickLanguage(components, inZod) : inZod();
}

/** What the manifest's spec does to a config. */
export function configRules(
  language: Language,
  manifest: JsonObject,
  config: ConfigCell,
  run: Run,
): ConfigRules | undefined {
  const spec = get(manifest, "spec");
  return isObject(spec) ? createBuilder(language, config, run)(spec as unknown as Ref<"spec">) : undefined;
}

export function createPlan(language: Language, manifest: JsonObject, config: ConfigCell, run: Run): Plan {
  // The manifest was validated as a whole, so its parts are of the kinds that the language gives them.
  const child = <K extends "apiBudget" | "check" | "concurrencyLevel">(value: JsonObject): Ref<K> =>
    value as unknown as Ref<K>;
  const budgetSpec = get(manifest, "api_budget");
  let bounded: Run | undefined;
  const withBounds = (): Run => {
    if (bounded !== undefined) return bounded;
    const budget = isObject(budgetSpec)
      ? createBuilder(language, config, run)(child<"apiBudget">(budgetSpec))
      : undefined;
    return (bounded = { ...run, budget, jobLimit: jobLimit(manifest, config, run.log) });
  };
  const builder = (): Builder => createBuilder(language, config, withBounds());

  const level = get(manifest, "concurrency_level");
  return {
    build: (part, within) => builder()(part, within),
    ...createStreams(language, manifest, config.get, builder),
    check() {
      const spec = get(manifest, "check");
      if (!isObject(spec)) throw systemError("The manifest has no `check`: say how a connection is tried.");
      return builder()(child<"check">("type" in spec ? spec : { ...spec, type: "CheckStream" }));
    },
    get concurrency() {
      return isObject(level)
        ? builder()(child<"concurrencyLevel">({ ...level, type: "ConcurrencyLevel" }))
        : lowestConcurrency;
    },
    groups: groupsOf(manifest),
  };
}

function groupsOf(manifest: JsonObject): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  const named = get(manifest, "stream_groups");
  for (const [group, spec] of isObject(named) ? entries(named) : []) {
    const streams = isObject(spec) ? get(spec, "streams") : undefined;
    for (const stream of Array.isArray(streams) ? streams : []) {
      if (isObject(stream) && typeof stream["name"] === "string") groups.set(stream["name"], group);
    }
  }
  return groups;
}
