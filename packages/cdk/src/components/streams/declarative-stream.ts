import { component, type Component, type Ref, type Scope } from "../../component.ts";
import { systemError } from "../../errors.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { entries, has, isObject, keys, set, type JsonObject } from "../../json/value.ts";
import type { CursorFactory, PartitionRouter, SchemaLoader, Slice, Stream } from "../../roles.ts";
import { finalCursor } from "../cursors/shared/final.ts";
import { buildRouter } from "../partition-routers/shared/build-router.ts";
import { firstItems } from "../shared/first-items.ts";
import { joinOptions } from "../shared/join-options.ts";
import { ref } from "../shared/refs.ts";

export const declarativeStream: Component<"stream"> = component({
  kind: "stream",
  type: "DeclarativeStream",
  description: "A stream: how it is read, its schema and its keys.",
  schema: (slot, z) => {
    const loader = slot("schemaLoader");
    return z.object({
      name: z.string().default("").describe("The stream's name."),
      retriever: slot("retriever").describe("How the stream's records are read."),
      incremental_sync: slot("cursor").optional().describe("How the stream reads only what is new."),
      primary_key: z
        .union([z.string(), z.array(z.string()), z.array(z.array(z.string()))])
        .default("")
        .describe("The field, or fields, that tell records apart."),
      schema_loader: z
        .union([loader, z.array(loader)])
        .optional()
        .describe("Where the stream's JSON Schema comes from; several are merged."),
      transformations: z.array(slot("transformation")).optional().describe("Changes made to each record, in order."),
      state_migrations: z.array(slot("stateMigration")).default([]).describe("How states of older forms are read."),
      file_uploader: slot("fileUploader").optional().describe("Downloads the files that records name."),
    });
  },
  create(spec, scope): Stream {
    const { name } = spec;
    const primaryKey = keysOf(name, spec.primary_key);
    const handed = scope.stream;
    const described = { name, primaryKey, spec: scope.self, cursor: undefined, fields: [] };
    const state = spec.state_migrations
      .map((migration) => scope.build(withType(migration), described))
      .reduce((migrated, migrate) => migrate(migrated), handed.state ?? scope.run.state(name));
    const own = { ...described, state };
    const factory = spec.incremental_sync && scope.build(spec.incremental_sync, own);
    const router = buildRouter(scope.spec(spec.retriever)["partition_router"], scope, own);
    const cursor = factory === undefined ? finalCursor(router) : factory.create(state, router);
    const loaders = spec.schema_loader && [spec.schema_loader].flat().map((each) => scope.build(each, own));
    const schema = memoized(schemaOf(loaders, name, scope));
    const retriever = scope.build(spec.retriever, {
      ...own,
      cursor,
      providers: providersOf(factory, router),
      fields: [...new Set([...handed.fields, ...cursor.fields])],
      lazy: router?.lazy !== true ? undefined : keys(state).length === 0 ? "given" : "stale",
      dataFeed: factory?.dataFeed ?? false,
      clientSideIncremental: factory?.clientSide ?? false,
      transformations: (spec.transformations ?? []).map((each) => scope.build(each, own)),
      schema,
      fileUploader: spec.file_uploader && scope.build(spec.file_uploader, own),
    });
    const { ready } = retriever;
    let hasSchema = false;
    /** As in the reference nothing is read of a stream whose schema cannot be had, which may take a request. */
    async function* readFirst(slice: Slice): AsyncGenerator<Batch> {
      await schema();
      hasSchema = true;
      yield* retriever.read(slice);
    }
    const { test } = scope.run;
    const first = test === undefined ? cursor : { ...cursor, slices: () => firstItems(cursor.slices(), test.slices) };
    return {
      name,
      namespace: undefined,
      primaryKey,
      cursorField: cursor.cursorField,
      catalogDefined: factory?.catalogDefined ?? false,
      isFileBased: spec.file_uploader !== undefined,
      parents: router?.parents ?? [],
      cursor: ready === undefined ? first : { ...first, slices: () => ready(first.slices()) },
      waits: ready !== undefined,
      schema,
      read: (slice) => (hasSchema ? retriever.read(slice) : readFirst(slice)),
    };
  },
});

/** Names, or paths of one name each; the reference knows no nested keys either. */
function keysOf(stream: string, key: string | readonly string[] | readonly (readonly string[])[]): string[][] {
  if (typeof key === "string") return key === "" ? [] : [[key]];
  return key.map((part) => {
    const path = typeof part === "string" ? [part] : [...part];
    if (path.length !== 1) {
      throw systemError(
        `Stream ${stream}: primary_key holds ${JSON.stringify(part)}, a path into nested objects. Name top-level fields only.`,
        { stream },
      );
    }
    return path;
  });
}

function providersOf(
  factory: CursorFactory | undefined,
  router: PartitionRouter | undefined,
): readonly CursorFactory["options"][] {
  // As in the reference the cursor's options stand where the router names the same.
  if (router !== undefined && factory !== undefined) {
    return [(context) => joinOptions([factory.options(context), router.options(context)])];
  }
  return [router, factory].flatMap((each) => (each === undefined ? [] : [each.options]));
}

function schemaOf(loaders: readonly SchemaLoader[] | undefined, name: string, scope: Scope): SchemaLoader {
  if (loaders === undefined) {
    const load = scope.build(
      ref("schemaLoader", { type: "JsonFileSchemaLoader", $parameters: { name, ...scope.parameters } }),
    );
    // Without a loader a file is looked for, and no schema is fine too.
    return () => load().catch(() => ({}));
  }
  const [only] = loaders;
  if (loaders.length === 1 && only !== undefined) return only;
  return async () => {
    const properties: JsonObject = {};
    for (const load of loaders) {
      const more = (await load())["properties"];
      if (isObject(more))
        for (const [key, value] of entries(more)) if (!has(properties, key)) set(properties, key, value);
    }
    return { $schema: "http://json-schema.org/draft-07/schema#", type: ["null", "object"], properties };
  };
}

function memoized(load: SchemaLoader): SchemaLoader {
  let schema: Promise<JsonObject> | undefined;
  return () => (schema ??= load());
}

/** A migration that states no type is the one that need not, as in the reference. */
function withType(migration: Ref<"stateMigration">): Ref<"stateMigration"> {
  return Object.hasOwn(migration, "type")
    ? migration
    : ref("stateMigration", { type: "LegacyToPerPartitionStateMigration" });
}
