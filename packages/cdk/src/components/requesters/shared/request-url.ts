import type { Scope } from "../../../component.ts";
import { joinUrl } from "../../../http/url-parts.ts";
import type { RequestContext } from "../../../roles.ts";
import { seen } from "./request-input.ts";

export interface UrlSpec {
  readonly url?: string | undefined;
  readonly url_base?: string | undefined;
  readonly path?: string | undefined;
}

/** Makes the URL of a request. A path given from outside, such as a page token, stands in place of the manifest's. */
export function requestUrl(spec: UrlSpec, scope: Scope): (context: RequestContext, path?: string) => string {
  const [url, base, own] = [spec.url, spec.url_base, spec.path].map((text) => scope.text(text ?? ""));
  // Most often the next request goes to the same place.
  let last = { root: "", path: "", joined: address("", "") };
  return (context, given = "") => {
    const visible = seen(context);
    const path = given === "" ? own!(visible).replace(/^\/+/, "") : given;
    const root = base!(visible) || url!(visible);
    if (root !== last.root || path !== last.path) last = { root, path, joined: address(root, path) };
    return last.joined;
  };
}

/** A base and a path below it; a path that is a whole URL stands alone. */
export function address(base: string, path: string): string {
  if (path === "") return base;
  return joinUrl(base.endsWith("/") ? base : `${base}/`, path);
}
