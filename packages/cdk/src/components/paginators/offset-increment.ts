import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import type { Page, PaginationStrategy } from "../../roles.ts";
import { pageSizeOf } from "./shared/page-size.ts";
import { responseValue } from "./shared/response-value.ts";

export const offsetIncrement: Component<"paginationStrategy"> = component({
  kind: "paginationStrategy",
  type: "OffsetIncrement",
  description: "Asks for the next page by how many records were read.",
  schema: (_, z) =>
    z.object({
      page_size: z
        .union([z.int(), z.string()])
        .optional()
        .describe("Records per page: a page with fewer is the last one. May see: config, parameters, response."),
      inject_on_first_request: z.boolean().default(false).describe("Whether the first request names offset 0."),
    }),
  create({ page_size, inject_on_first_request }, scope): PaginationStrategy {
    const constant = typeof page_size === "string" && /^\d+$/.test(page_size) ? Number(page_size) : page_size;
    const template = typeof constant === "string" && constant !== "" ? scope.template(constant) : undefined;
    /** A template of the page size may look at the answer, so it is evaluated anew for each page. */
    const requested = async (page: Page): Promise<number | undefined> => {
      if (template === undefined) return typeof constant === "number" ? constant : undefined;
      const size = template({ response: await responseValue(scope.stream.decoder, page.response) });
      return typeof size === "number" ? size : undefined;
    };
    return {
      get pageSize() {
        return constant === "" ? undefined : pageSizeOf(constant, scope);
      },
      first: inject_on_first_request ? 0 : undefined,
      async next(page, token, pageSize) {
        const size = pageSize ?? (await requested(page));
        if (page.extracted === 0 || (size !== undefined && size !== 0 && page.extracted < size)) return undefined;
        if (token === undefined) return page.extracted;
        if (typeof token !== "number")
          throw systemError(`The offset of OffsetIncrement is no integer: ${String(token)}.`);
        return token + page.extracted;
      },
    };
  },
});
