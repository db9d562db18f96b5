import type { HttpRequest } from "../../../http/types.ts";
import type { Authenticator } from "../../../roles.ts";

/** An authenticator that sets one header, asked for its value before each try. */
export function headerAuthenticator(name: () => string, value: () => Promise<string>): Authenticator {
  return {
    apply: async (request) => withHeader(request, name(), await value()),
    options: async () => ({ headers: { [name()]: await value() } }),
  };
}

/** The request with the header set, in place of one of the same name in any case. */
export function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [other, kept] of Object.entries(request.headers)) {
    if (other.toLowerCase() !== name.toLowerCase()) headers[other] = kept;
  }
  headers[name] = value;
  return { ...request, headers };
}
