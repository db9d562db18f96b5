import { systemError } from "../../../errors.ts";
import type { PartitionRouter } from "../../../roles.ts";

/** Refuses a router with request options inside of one that reshapes its partitions: they cannot be applied there. */
export function noRequestOptions(router: PartitionRouter, outer: string, stream: string): PartitionRouter {
  if (router.injects !== true) return router;
  throw systemError(
    `Stream ${stream}: a router inside of a ${outer} has a request_option, which cannot be applied there. Use ` +
      `stream_partition in the parameters of the requester instead.`,
    { stream },
  );
}
