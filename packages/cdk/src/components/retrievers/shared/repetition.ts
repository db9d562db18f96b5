import { createHash } from "node:crypto";
import { systemError } from "../../../errors.ts";
import type { HttpRequest } from "../../../http/types.ts";
import { printJson } from "../../../json/print.ts";
import type { PageCount } from "../../../roles.ts";

/**
 * Ends a pagination that runs in a circle. A request like an earlier one of the slice is no circle by itself: APIs that
 * scroll take the same request for each page. One that brings the same page again is: the reference would go on forever.
 * Two unlike requests with equal pages only warn, once.
 */
export function createRepetitionGuard(
  stream: string,
  log: (level: "WARN", message: string) => void,
): (request: HttpRequest, page: PageCount) => void {
  const requests = new Map<string, string>();
  let first: { readonly request: HttpRequest; readonly page: PageCount } | undefined;
  let seen = 0;
  let before: string | undefined;
  let warned = false;

  function note(request: HttpRequest, page: PageCount): void {
    const asked = digest(`${request.method} ${request.url}`, request.body);
    const brought = digest(`${page.extracted} ${page.last === undefined ? "" : printJson(page.last())}`);
    if (requests.get(asked) === brought) {
      throw systemError(
        `Stream ${stream}: the pagination runs in a circle. ${request.method} ${request.url} was sent before for the same ` +
          `slice and brought the same ${page.extracted} records again. Check the paginator: the page token has to change ` +
          `from page to page, and the API has to heed it.`,
        { stream, code: "pagination-circle" },
      );
    }
    requests.set(asked, brought);
    if (brought === before && page.extracted > 0 && !warned) {
      warned = true;
      log(
        "WARN",
        `Stream ${stream}: two pages in a row hold the same ${page.extracted} records; does the API heed the page token?`,
      );
    }
    before = brought;
  }

  return (request, page) => {
    // The first page is looked at together with the second one: most slices have no other.
    if (seen++ === 0) {
      first = { request, page };
      return;
    }
    if (first !== undefined) note(first.request, first.page);
    first = undefined;
    note(request, page);
  };
}

/** Texts are kept for as long as the slice is read, so only short ones as they are. */
function digest(text: string, body?: string | Uint8Array): string {
  if (body === undefined && text.length < 200) return text;
  const hash = createHash("sha1").update(text);
  if (body !== undefined) hash.update("\n").update(body);
  return hash.digest("base64");
}
