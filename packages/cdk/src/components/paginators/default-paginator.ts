import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Paginator, RequestOption } from "../../roles.ts";
import { combine, combineJson } from "../requesters/shared/combine.ts";
import { buildOption } from "../shared/build-option.ts";
import { injectOptions } from "../shared/inject-option.ts";

export const defaultPaginator: Component<"paginator"> = component({
  kind: "paginator",
  type: "DefaultPaginator",
  description: "Reads page after page: where the page size and the next page's token go in a request.",
  schema: (slot, z) =>
    z.object({
      pagination_strategy: slot("paginationStrategy").describe("How the next page's token is found."),
      page_size_option: slot("requestOption", ["RequestOption"]).optional().describe("Where the page size goes."),
      page_token_option: slot("requestOption").optional().describe("Where the token goes, or the path it stands for."),
    }),
  create(spec, scope): Paginator {
    const strategy = scope.build(spec.pagination_strategy);
    const sizeOption = spec.page_size_option && buildOption(spec.page_size_option, scope);
    const tokenOption = spec.page_token_option && buildOption(spec.page_token_option, scope);
    const { stream } = scope;
    if (sizeOption !== undefined && !strategy.pageSize) {
      throw configError(
        `Stream ${stream.name}: page_size_option is set, but the ${scope.spec(spec.pagination_strategy)["type"] as string} has no page_size. Set both, or neither.`,
        { stream: stream.name },
      );
    }
    if (sizeOption !== undefined && tokenOption !== undefined) requireApart(sizeOption, tokenOption, stream.name);
    const { cursor } = stream;
    const stopsAtSynced = stream.dataFeed && cursor !== undefined;
    return {
      get pageSize() {
        return strategy.pageSize;
      },
      first: strategy.first,
      async next(page, token, pageSize) {
        // A data feed is sorted with the newest first: one old record at the end of a page, and all that follow are old.
        const last = stopsAtSynced ? page.last?.() : undefined;
        if (last !== undefined && !cursor!.includes(last, page.slice)) return undefined;
        const next = await strategy.next(page, token, pageSize);
        return next !== undefined && truthy(next) ? next : undefined;
      },
      inject({ token, pageSize }) {
        const target = { params: {}, headers: {}, form: {}, json: {} } satisfies Record<string, JsonObject>;
        if (tokenOption !== undefined && token !== undefined && tokenOption.into !== "path") {
          tokenOption.inject(target, token);
        }
        if (sizeOption !== undefined) {
          const size = pageSize ?? strategy.pageSize;
          if (size !== undefined && size !== 0) sizeOption.inject(target, size);
        }
        return target;
      },
      path: ({ token }) =>
        tokenOption?.into === "path" && token !== undefined && truthy(token) ? str(token) : undefined,
    };
  },
});

/** Page size and token would overwrite each other where both have one place in a request. */
function requireApart(size: RequestOption, token: RequestOption, stream: string): void {
  if (token.into === "path") return;
  const [sizes, tokens] = [injectOptions([[size, 0]]), injectOptions([[token, 1]])];
  try {
    for (const part of ["params", "headers", "form"] as const) combine(part, [sizes[part], tokens[part]]);
    combineJson("json", [sizes.json, tokens.json]);
  } catch (cause) {
    throw configError(
      `Stream ${stream}: page_size_option and page_token_option go to the same place of a request (${token.into}). Give them ` +
        `different names.`,
      { stream, cause },
    );
  }
}
