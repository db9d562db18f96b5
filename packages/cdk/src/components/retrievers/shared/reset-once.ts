import { systemError } from "../../../errors.ts";
import type { PaginationTracker, Slice } from "../../../roles.ts";

/** Without a `pagination_reset`, an answer may make a slice start again once; a second time would run for ever. */
export function resetOnce(stream: string): PaginationTracker {
  let restarts = 0;
  return {
    count: () => undefined,
    limitReached: false,
    restart(current): Slice {
      restarts++;
      if (restarts >= 2) {
        throw systemError(`Stream ${stream}: the API asked to start the pagination again twice for the same slice.`, {
          stream,
        });
      }
      return current;
    },
  };
}
