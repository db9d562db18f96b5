import type { Partition, PartitionRouter } from "../../../roles.ts";
import { joinMembers, joinOptions } from "../../shared/join-options.ts";

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
    options: (context) => joinOptions(routers.map((router) => router.options(context))),
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

function* combine(
  chosen: readonly Partition[],
  [next, ...rest]: readonly (readonly Partition[])[],
): Generator<Partition> {
  if (next === undefined) {
    yield {
      partition: joinMembers(chosen.map(({ partition }) => partition)),
      extra: joinMembers(chosen.map(({ extra }) => extra)),
    };
  } else for (const partition of next) yield* combine([...chosen, partition], rest);
}
