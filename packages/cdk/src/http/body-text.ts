import type { HttpRequest } from "./types.ts";

/** The body of a request as text; undefined where it has none. */
export function bodyText({ body }: Pick<HttpRequest, "body">): string | undefined {
  return body === undefined || typeof body === "string" ? body : Buffer.from(body).toString();
}
