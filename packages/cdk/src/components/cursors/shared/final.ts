import { now } from "../../../datetime/epoch.ts";
import { truthy } from "../../../json/truthy.ts";
import { get } from "../../../json/value.ts";
import type { Cursor, PartitionRouter } from "../../../roles.ts";

/** Says in a state that the stream was read whole and has no cursor. */
export const noCursorKey = "__ab_no_cursor_state_message";

/** The cursor of a stream that is always read whole: one slice for each partition, one state at the end. */
export function finalCursor(router: PartitionRouter | undefined): Cursor {
  return {
    fields: [],
    cursorField: undefined,
    async *slices() {
      if (router === undefined) yield { partition: {}, interval: {}, extra: {} };
      else for await (const { partition, extra } of router.partitions()) yield { partition, interval: {}, extra };
    },
    observe: () => undefined,
    includes: () => true,
    close: () => undefined,
    finish: () => ({ [noCursorKey]: true }),
    state: () => ({ [noCursorKey]: true }),
    until: (state) => (truthy(get(state, noCursorKey) ?? null) ? now() : undefined),
  };
}
