import { withHeaders } from "../../../http/headers.ts";
import { headerValue } from "../../../http/prepare.ts";
import type { HttpRequest } from "../../../http/types.ts";
import type { Authenticator, RequestOptions } from "../../../roles.ts";

/** An authenticator that sets one header, asked for its value before each try. */
export function headerAuthenticator(name: string, value: () => string | Promise<string>): Authenticator {
  return {
    apply: async (request) => withHeader(request, name, await value()),
    options: () => Promise.resolve(headerName(name)),
  };
}

/** The request with the header set, in place of one of the same name in any case. */
export const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest =>
  withHeaders(request, { [name]: headerValue(name, value) });

/** Names a header that is set before each try: its value is not worth making, perhaps by a login, just for its name. */
export const headerName = (name: string): RequestOptions => ({ headers: { [name]: "" } });
