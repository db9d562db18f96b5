import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { equal } from "../../json/equal.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Cursor, PaginationReset, Slice } from "../../roles.ts";

export const paginationReset: Component<"paginationReset"> = component({
  kind: "paginationReset",
  type: "PaginationReset",
  description: "Starts again at the first page when the API demands it.",
  schema: (slot, z) =>
    z.object({
      action: z
        .enum(["SPLIT_USING_CURSOR", "RESET"])
        .describe("Whether the slice goes on behind the newest record seen, or is read again as it is."),
      limits: slot("piece", ["PaginationResetLimits"]).optional().describe("When to start again without being asked."),
    }),
  create({ action, limits }, scope): PaginationReset {
    const most = limits && scope.spec(limits)["number_of_records"];
    const { name } = scope.stream;
    return (cursor) => {
      const shrink = action === "SPLIT_USING_CURSOR" ? shrinkOf(cursor) : undefined;
      // A slice that is read again as it is may be so once; one that should get smaller has to.
      const allowed = shrink === undefined ? 2 : 1;
      let records = 0;
      let attempts = 0;
      let last: (() => JsonObject) | undefined;
      return {
        count(page) {
          records += page.selected;
          last = page.last ?? last;
        },
        get limitReached() {
          return typeof most === "number" && records >= most;
        },
        restart(current, original) {
          const next = shrink === undefined ? current : shrink(original, last?.());
          attempts = sameSlice(next, current) ? attempts + 1 : 0;
          if (attempts >= allowed) {
            throw systemError(
              `Stream ${name}: the pagination was started again ${attempts} times for the same slice, without progress.`,
              {
                stream: name,
              },
            );
          }
          records = 0;
          return next;
        },
      };
    };
  },
});

function shrinkOf(cursor: Cursor): ((slice: Slice, last: JsonObject | undefined) => Slice) | undefined {
  const { shrink } = cursor;
  return shrink === undefined ? undefined : (slice, last) => shrink(slice, last);
}

function sameSlice(one: Slice, other: Slice): boolean {
  return equal(one.partition, other.partition) && equal(one.interval, other.interval);
}
