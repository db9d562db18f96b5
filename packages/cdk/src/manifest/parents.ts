import { get, isObject, type Json, type JsonObject } from "../json/value.ts";

/**
 * Lets the requesters of all parent streams keep their answers (`use_cache`), unless they say no: the children and the
 * parent itself ask for the same pages. A stream counts as a parent by its name, wherever a copy of it stands.
 * @param all the streams that may be children, where only some are looked at
 */
export function cacheParents(streams: readonly JsonObject[], all: readonly JsonObject[] = streams): JsonObject[] {
  const names = new Set<Json>();
  for (const stream of all) for (const parent of parentsOf(stream)) names.add(parent["name"] ?? "");
  return streams.map((stream) => markStream(stream, names));
}

/** The copies of parent streams within a stream's partition routers, those of nested routers too. */
export function parentsOf(stream: JsonObject): JsonObject[] {
  const parents: JsonObject[] = [];
  const visit = (router: Json | undefined): void => {
    if (Array.isArray(router)) for (const each of router as readonly Json[]) visit(each);
    if (!isObject(router)) return;
    for (const config of list(get(router, "parent_stream_configs"))) {
      const parent = isObject(config) ? get(config, "stream") : undefined;
      if (isObject(parent)) parents.push(parent, ...parentsOf(parent));
    }
    visit(get(router, "partition_routers"));
    visit(get(router, "underlying_partition_router"));
  };
  const retriever = get(stream, "retriever");
  if (isObject(retriever)) visit(get(retriever, "partition_router"));
  for (const variant of ["full_refresh_stream", "incremental_stream"]) {
    const inner = get(stream, variant);
    if (isObject(inner)) parents.push(...parentsOf(inner));
  }
  return parents;
}

function markStream(stream: JsonObject, names: ReadonlySet<Json>, isParent = false): JsonObject {
  const marked = isParent || names.has(stream["name"] ?? "");
  const changed: JsonObject = { ...stream };
  for (const variant of ["full_refresh_stream", "incremental_stream"]) {
    const inner = get(stream, variant);
    if (isObject(inner)) changed[variant] = markStream(inner, names, marked);
  }
  const retriever = get(stream, "retriever");
  if (!isObject(retriever)) return changed;
  const requester = get(retriever, "requester");
  const router = get(retriever, "partition_router");
  changed["retriever"] = {
    ...retriever,
    ...(marked && isObject(requester) && get(requester, "use_cache") !== false
      ? { requester: { ...requester, use_cache: true } }
      : {}),
    ...(router === undefined ? {} : { partition_router: markRouter(router, names) }),
  };
  return changed;
}

function markRouter(router: Json, names: ReadonlySet<Json>): Json {
  if (Array.isArray(router)) return (router as readonly Json[]).map((each) => markRouter(each, names));
  if (!isObject(router)) return router;
  const changed: JsonObject = { ...router };
  const configs = get(router, "parent_stream_configs");
  if (Array.isArray(configs)) {
    changed["parent_stream_configs"] = (configs as readonly Json[]).map((config) => {
      const parent = isObject(config) ? get(config, "stream") : undefined;
      return isObject(config) && isObject(parent) ? { ...config, stream: markStream(parent, names, true) } : config;
    });
  }
  for (const nested of ["partition_routers", "underlying_partition_router"]) {
    const inner = get(router, nested);
    if (inner !== undefined) changed[nested] = markRouter(inner, names);
  }
  return changed;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
