import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { compileTemplate, type Context } from "../../interpolation/template.ts";
import { recordView, sliceView } from "../../interpolation/views.ts";
import { truthy } from "../../json/truthy.ts";
import { copy, set } from "../../json/value.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { PaginationStrategy } from "../../roles.ts";
import { sliceContext } from "../shared/slice-context.ts";
import { parseLinks } from "./shared/link-header.ts";
import { pageSizeOf } from "./shared/page-size.ts";
import { responseValue } from "./shared/response-value.ts";

export const cursorPagination: Component<"paginationStrategy"> = component({
  kind: "paginationStrategy",
  type: "CursorPagination",
  description: "Takes the next page's token from the answer, such as a cursor or a link.",
  schema: (slot, z) =>
    z.object({
      cursor_value: z
        .string()
        .describe(
          "The next page's token; nothing ends the pagination. May see: config, headers, last_page_size, last_record, " +
            "parameters, page_size, response, stream_slice.",
        ),
      page_size: z.union([z.int(), z.string()]).optional().describe("Records per page. May see: config, parameters."),
      stop_condition: z
        .string()
        .optional()
        .describe(
          "Ends the pagination when true. May see: config, headers, last_page_size, last_record, parameters, page_size, " +
            "response, stream_slice.",
        ),
      decoder: slot("decoder").optional().describe("Has no effect: the retriever's decoder reads the answer."),
    }),
  create({ cursor_value, page_size, stop_condition }, scope): PaginationStrategy {
    const configured = pageSizeOf(page_size, scope);
    const reads = [
      ...compileTemplate(cursor_value).reads,
      ...(stop_condition === undefined ? [] : compileTemplate(stop_condition).reads),
    ];
    const sees = (name: string): boolean => reads.some(([root]) => root === name);
    if (configured === undefined && sees("page_size")) throw noPageSize(scope.stream.name);
    const cursor = scope.template(cursor_value);
    const stop = stop_condition === undefined ? undefined : scope.condition(stop_condition);
    const { decoder, name } = scope.stream;
    return {
      pageSize: configured,
      first: undefined,
      async next(page, _, pageSize) {
        const { last: lastRecord } = page;
        const context: Context = {
          response: sees("response") ? await responseValue(decoder, page.response) : {},
          headers: sees("headers") ? headersOf(page.response) : {},
          last_record:
            lastRecord !== undefined && sees("last_record")
              ? recordView(lastRecord(), name, sliceView(page.slice))
              : null,
          last_page_size: page.selected,
          page_size: pageSize ?? configured ?? null,
          ...sliceContext(page.slice),
        };
        if (stop?.(context) === true) return undefined;
        const token = cursor(context);
        return token !== undefined && truthy(token) ? token : undefined;
      },
    };
  },
});

function headersOf(response: HttpResponse): ReturnType<typeof copy> {
  const headers = copy(response.headers.toObject());
  set(headers, "link", parseLinks(response.headers.get("link")));
  return headers;
}

const noPageSize = (stream: string): Error =>
  configError(
    `Stream ${stream}: cursor_value or stop_condition compares with \`page_size\`, but the CursorPagination has none; the ` +
      `pagination would end after its first page. Add \`page_size\` to the CursorPagination.`,
    { stream },
  );
