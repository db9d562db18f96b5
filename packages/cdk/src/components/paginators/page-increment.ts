import { component, type Component } from "../../component.ts";
import { configError, systemError } from "../../errors.ts";
import type { PaginationStrategy } from "../../roles.ts";
import { pageSizeOf } from "./shared/page-size.ts";

export const pageIncrement: Component<"paginationStrategy"> = component({
  kind: "paginationStrategy",
  type: "PageIncrement",
  description: "Asks for the next page by its number.",
  schema: (_, z) =>
    z.object({
      page_size: z
        .union([z.int(), z.string()])
        .optional()
        .describe("Records per page: a page with fewer is the last one. May see: config, parameters."),
      start_from_page: z.int().default(0).describe("The number of the first page."),
      inject_on_first_request: z.boolean().default(false).describe("Whether the first request names its page too."),
    }),
  create({ page_size, start_from_page, inject_on_first_request }, scope): PaginationStrategy {
    const configured = pageSizeOf(page_size, scope);
    return {
      pageSize: configured,
      first: inject_on_first_request ? start_from_page : undefined,
      next({ extracted }, token, pageSize) {
        if (pageSize !== undefined) throw pagesShift(scope.stream.name);
        if (extracted === 0 || (configured !== undefined && configured !== 0 && extracted < configured)) {
          return Promise.resolve(undefined);
        }
        if (token === undefined) return Promise.resolve(start_from_page + 1);
        if (typeof token !== "number")
          throw systemError(`The page token of PageIncrement is no integer: ${String(token)}.`);
        return Promise.resolve(token + 1);
      },
    };
  },
});

const pagesShift = (stream: string): Error =>
  configError(
    `Stream ${stream}: PageIncrement cannot work with pages that shrink: a smaller page shifts all that follow, and records ` +
      `would be skipped. Use OffsetIncrement or CursorPagination.`,
    { stream },
  );
