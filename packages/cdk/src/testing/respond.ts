import { createResponse } from "../http/response.ts";
import type { HttpRequest, HttpResponse } from "../http/types.ts";
import type { Reply } from "./replies.ts";

const REQUEST: HttpRequest = { method: "GET", url: "http://127.0.0.1/", headers: {} };

/**
 * An answer for a component that reads one, without a server: `respond(json({ data: [] }))`.
 * @experimental
 */
export function respond({ status, headers, body }: Reply, request: HttpRequest = REQUEST): HttpResponse {
  if (!Buffer.isBuffer(body)) throw new Error("An answer without a server has its body at once.");
  const named = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")] as const);
  const byName = new Map(named.map(([name, value]) => [name.toLowerCase(), value]));
  return createResponse(
    {
      request,
      status,
      url: request.url,
      headers: { get: (name) => byName.get(name.toLowerCase()), toObject: () => Object.fromEntries(named) },
      fromCache: false,
    },
    body,
  );
}
