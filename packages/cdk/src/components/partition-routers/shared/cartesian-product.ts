import { entries, isObject, set, type JsonObject } from "../../../json/value.ts";
import type { Partition, PartitionRouter } from "../../../roles.ts";

/**
 * Each partition of the first router with each of the next, and so on, the last one's changing fastest. Where two
 * routers name the same field the first one's stands. Parents keep no state here, as in the reference.
 */
export function cartesianProduct(routers: readonly PartitionRouter[]): PartitionRouter {
  return {
    async *partitions() {
      const [first, ...others] = routers;
      if (first === undefined) return;
      const rest: Partition[][] = [];
      for (const router of others) rest.push(await all(router));
      if (rest.some((partitions) => partitions.length === 0)) return;
      for await (const partition of first.partitions()) yield* combine([partition], rest);
    },
    options(context) {
      const given = routers.map((router) => router.options(context));
      return {
        params: join(given.map(({ params = {} }) => params)),
        headers: join(given.map(({ headers = {} }) => headers)),
        form: join(given.map(({ form }) => (isObject(form) ? form : {}))),
        json: join(given.map(({ json = {} }) => json)),
      };
    },
    injects: routers.some(({ injects }) => injects === true),
    parents: [...new Set(routers.flatMap(({ parents }) => parents))],
    state: () => undefined,
  };
}

async function all(router: PartitionRouter): Promise<Partition[]> {
  const partitions: Partition[] = [];
  for await (const partition of router.partitions()) partitions.push(partition);
  return partitions;
}

function* combine(chosen: readonly Partition[], [next, ...rest]: readonly (readonly Partition[])[]): Generator<Partition> {
  if (next === undefined) {
    yield {
      partition: join(chosen.map(({ partition }) => partition)),
      extra: join(chosen.map(({ extra }) => extra)),
    };
  } else for (const partition of next) yield* combine([...chosen, partition], rest);
}

/** Of two members with one name the first stands; the last part's come first, which shows where a partition is printed. */
function join(parts: readonly JsonObject[]): JsonObject {
  const joined: JsonObject = {};
  for (const part of parts.toReversed()) for (const [key, value] of entries(part)) set(joined, key, value);
  return joined;
}
