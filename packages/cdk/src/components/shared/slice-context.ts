import type { Context } from "../../interpolation/template.ts";
import { sliceView } from "../../interpolation/views.ts";
import type { RequestContext, Slice } from "../../roles.ts";

/** What templates see of a slice. */
export function sliceContext(slice: Slice): Context {
  return { stream_slice: () => sliceView(slice) };
}

/** What templates of a request see: its slice, and its page token as `next_page_token.next_page_token`. */
export function requestContext({ slice, token }: RequestContext): Context {
  return {
    stream_slice: () => sliceView(slice),
    next_page_token: token === undefined ? null : { next_page_token: token },
  };
}
