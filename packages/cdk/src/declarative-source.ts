import { describeCodeStream } from "./code-source.ts";
import type { Component, ManifestFile } from "./component.ts";
import { configError } from "./errors.ts";
import type { JsonObject } from "./json/value.ts";
import { createConfigCell } from "./manifest/config-cell.ts";
import { createPlan } from "./manifest/plan.ts";
import { overrideForCheck } from "./manifest/overrides.ts";
import { resolveManifest } from "./manifest/resolve.ts";
import { specificationOf } from "./manifest/specification.ts";
import type { AirbyteStream } from "./protocol/messages.gen.ts";
import { openManifest } from "./open-manifest.ts";
import { errorMessage } from "./protocol/error-trace.ts";
import { unknownStream } from "./protocol/unknown-stream.ts";
import { readStreams, type Output } from "./read/read.ts";
import type { Stream } from "./roles.ts";
import type { Source } from "./source.ts";
import { readMixed, type MixedStream } from "./mixed-streams.ts";
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
  /** Streams in code beside those of the manifest; they are read after those. */
  readonly streams?: readonly MixedStream[];
}

/** Makes a source of a manifest. */
export function createDeclarativeSource({
  manifest,
  folder,
  file,
  components = [],
  streams: mixed = [],
}: DeclarativeSourceOptions): Source {
  const resolved = once(() => resolveManifest(manifest));
  const { language, configure, bind } = openManifest(resolved, { components, folder, file });

  return {
    async spec() {
      await language(); // an invalid manifest has no spec either
      return specificationOf(resolved());
    },

    configure,

    async check(config, sourceRun) {
      const { language: bound, config: cell, run, plan } = await bind(config, sourceRun);
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
      const { plan } = await bind(config, sourceRun);
      const declared = await Promise.all((await plan.streams()).map(describe));
      return { streams: [...declared, ...mixed.map(describeCodeStream)] };
    },

    async *read(config, catalog, state, sourceRun): AsyncGenerator<Output> {
      const opened = await bind(config, sourceRun, { state, catalog });
      const { plan, run } = opened;
      const streams = new Map((await plan.streams()).map((stream) => [stream.name, stream]));
      const selected: Stream[] = [];
      const inCode = catalog.streams.filter(({ stream }) => mixed.some(({ name }) => name === stream.name));
      for (const configured of catalog.streams) {
        const { stream } = configured;
        const found = streams.get(stream.name);
        if (found !== undefined) selected.push(found);
        else if (!inCode.includes(configured)) {
          yield* unknownStream(stream, [...streams.keys(), ...mixed.map(({ name }) => name)]);
        }
      }
      const declared = readStreams(selected, {
        concurrency: plan.concurrency,
        groups: plan.groups,
        signal: run.signal,
        observe: run.observe,
        limits: run.limits,
        log: run.log,
      });
      if (inCode.length === 0) {
        yield* declared;
        return;
      }
      const parts = { manifest, language: opened.language, plan, config: opened.config.get };
      yield* inTurn([declared, readMixed(mixed, parts, { streams: inCode }, state, sourceRun)]);
    },
  };
}

/** One after the other; what the first fails with is thrown once the last is read. */
async function* inTurn(parts: readonly AsyncIterable<Output>[]): AsyncGenerator<Output> {
  const failures: unknown[] = [];
  for (const part of parts) {
    try {
      yield* part;
    } catch (error) {
      failures.push(error); // the other streams are read all the same
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw configError(failures.map(errorMessage).join("\n"), { code: "streams-failed" });
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
