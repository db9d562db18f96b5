import type { Authenticator, RequestOption } from "../../../roles.ts";
import { keys } from "../../../json/value.ts";
import { injectOptions } from "../../shared/inject-option.ts";
import { headerName, withHeader } from "./header-authenticator.ts";

/** An authenticator that puts a token where a request option says. */
export function injectAuthenticator(option: RequestOption, token: () => string | Promise<string>): Authenticator {
  if (option.into !== "header") {
    return {
      apply: (request) => Promise.resolve(request),
      options: async () => injectOptions([[option, await token()]]),
    };
  }
  const name = (): string => keys(injectOptions([[option, ""]]).headers ?? {})[0] ?? "";
  return {
    async apply(request) {
      const header = name();
      return header === "" ? request : withHeader(request, header, await token());
    },
    options: () => Promise.resolve(name() === "" ? {} : headerName(name())),
  };
}
