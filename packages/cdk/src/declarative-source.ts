import type { Component, ConfigCell, ManifestFile, Run } from "./component.ts";
import { equal } from "./json/equal.ts";
import { copy, get, isObject, type JsonObject } from "./json/value.ts";
import { createConfigCell } from "./manifest/config-cell.ts";
import type { Language } from "./manifest/language.ts";
import { overrideForCheck } from "./manifest/overrides.ts";
import { configRules, createPlan, loadLanguage, type Plan } from "./manifest/plan.ts";
import { assertValid } from "./manifest/assert-valid.ts";
import { stateOwnTypes } from "./manifest/own-types.ts";
import { resolveManifest } from "./manifest/resolve.ts";
import { specificationOf } from "./manifest/specification.ts";
import type { State } from "./protocol/incoming-state.ts";
import { configControl } from "./protocol/make-message.ts";
import type { AirbyteStream, ConfiguredAirbyteCatalog } from "./protocol/messages.gen.ts";
import { unknownStream } from "./protocol/unknown-stream.ts";
import { readStreams, type Output } from "./read/read.ts";
import { createRun } from "./run.ts";
import type { Stream } from "./roles.ts";
import type { Source, SourceRun } from "./source.ts";
import { once } from "./manifest/once.ts";

export interface DeclarativeSourceOptions {
  /** The manifest as it was written, references and all. */
  readonly manifest: JsonObject;
  /** The folder of the manifest, for the files that it names. */
  readonly folder?: string;
  /** The manifest's file, so that an error can name a place in it. */
  readonly file?: ManifestFile;
  /** The connector's own components, for `class_name` or a type of their own. */
  readonly components?: readonly Component[];
}

/** Makes a source of a manifest. */
export function createDeclarativeSource({ manifest, folder, file, components = [] }: DeclarativeSourceOptions): Source {
  const resolved = once(() => resolveManifest(manifest));
  const language = once(async () => {
    const loaded = await loadLanguage(components);
    stateOwnTypes(loaded, resolved());
    await assertValid(loaded, resolved());
    return loaded;
  });

  async function open(config: JsonObject, sourceRun: SourceRun, inputs: Inputs = {}): Promise<Opened> {
    const bound = await language();
    const cell = createConfigCell(config, sourceRun.emit);
    const run = createRun(sourceRun, { folder, manifest: file, ...inputs });
    // Validations speak of the config as given, whatever a check puts in its place.
    await configRules(bound, resolved(), cell, run)?.validate(config);
    return { language: bound, config: cell, run, plan: createPlan(bound, resolved(), cell, run) };
  }

  return {
    spec: async () => specificationOf(resolved()),

    async configure(config, sourceRun) {
      // As in the reference an invalid manifest is told before an invalid config.
      const bound = await language();
      if (get(specOf(resolved()), "config_normalization_rules") === undefined) return config;
      const cell = createConfigCell(config, sourceRun.emit);
      const rules = configRules(bound, resolved(), cell, createRun(sourceRun, { folder, manifest: file }));
      const changed = copy(config);
      rules?.migrate(changed);
      if (!equal(changed, config)) sourceRun.emit(configControl(changed));
      rules?.transform(changed);
      return changed;
    },

    async check(config, sourceRun) {
      const { language: bound, config: cell, run, plan } = await open(config, sourceRun);
      const overridden = overrideForCheck(resolved(), config, run);
      const checked =
        overridden === undefined
          ? plan
          : createPlan(bound, resolved(), createConfigCell(overridden, sourceRun.emit), run);
      const { streams, staticStreams, firstStreams, generated } = checked;
      const result = await checked.check()({
        config: overridden ?? cell.get(),
        streams,
        staticStreams,
        firstStreams,
        generated,
        log: run.log,
      });
      return result.ok ? { status: "SUCCEEDED" } : { status: "FAILED", message: result.message ?? "The check failed." };
    },

    async discover(config, sourceRun) {
      const { plan } = await open(config, sourceRun);
      return { streams: await Promise.all((await plan.streams()).map(describe)) };
    },

    async *read(config, catalog, state, sourceRun): AsyncGenerator<Output> {
      const { plan, run } = await open(config, sourceRun, { state, catalog });
      const streams = new Map((await plan.streams()).map((stream) => [stream.name, stream]));
      const selected: Stream[] = [];
      for (const { stream } of catalog.streams) {
        const found = streams.get(stream.name);
        if (found !== undefined) selected.push(found);
        else yield* unknownStream(stream, [...streams.keys()]);
      }
      yield* readStreams(selected, {
        concurrency: plan.concurrency,
        groups: plan.groups,
        signal: run.signal,
        observe: run.observe,
        limits: run.limits,
        log: run.log,
      });
    },
  };
}

interface Opened {
  readonly language: Language;
  readonly config: ConfigCell;
  readonly run: Run;
  readonly plan: Plan;
}

interface Inputs {
  readonly state?: State;
  readonly catalog?: ConfiguredAirbyteCatalog;
}

async function describe(stream: Stream): Promise<AirbyteStream> {
  const { name, cursorField, catalogDefined = false, primaryKey, isFileBased } = stream;
  const incremental = cursorField !== undefined;
  return {
    name,
    json_schema: await stream.schema(),
    supported_sync_modes: incremental ? ["full_refresh", "incremental"] : ["full_refresh"],
    ...(incremental ? { source_defined_cursor: !catalogDefined, default_cursor_field: [cursorField] } : {}),
    ...(primaryKey.length > 0 ? { source_defined_primary_key: primaryKey.map((key) => [...key]) } : {}),
    is_resumable: incremental,
    is_file_based: isFileBased,
  };
}

function specOf(manifest: JsonObject): JsonObject {
  const spec = get(manifest, "spec");
  return isObject(spec) ? spec : {};
}
