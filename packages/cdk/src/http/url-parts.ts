/** The parts of a URL as Python's `urlparse` tells them apart; "" where there is none. */
export interface UrlParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  /** What follows a `;` in the last segment of the path. */
  readonly parameters: string;
  readonly query: string;
  readonly fragment: string;
}

const PARTS = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
/** Schemes whose relative references can be resolved, and those that take `;parameters`. */
const HIERARCHIC = /^(?:|https?|ftp|wss?|file|sftp|rtsp[su]?)$/;
const PARAMETERS = /^(?:|https?|ftp|sftp|rtsps?)$/;

/** Splits a URL; a scheme that it lacks is the given one. */
export function splitUrl(url: string, scheme = ""): UrlParts {
  let rest = url.replace(/^[\0- ]+/, "").replace(/[\t\r\n]/g, "");
  const named = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  if (named !== null) {
    scheme = named[1]!.toLowerCase();
    rest = rest.slice(named[0].length);
  }
  const [, authority = "", whole = "", query = "", fragment = ""] = PARTS.exec(rest)!; // it matches any text
  const at = PARAMETERS.test(scheme) ? whole.indexOf(";", whole.lastIndexOf("/") + 1) : -1;
  const [path, parameters] = at < 0 ? [whole, ""] : [whole.slice(0, at), whole.slice(at + 1)];
  return { scheme, authority, path, parameters, query, fragment };
}

export function printUrl({ scheme, authority, path, parameters, query, fragment }: UrlParts): string {
  let url = parameters === "" ? path : `${path};${parameters}`;
  if (authority !== "" || (scheme !== "" && HIERARCHIC.test(scheme) && !url.startsWith("//"))) {
    url = `//${authority}${url === "" || url.startsWith("/") ? "" : "/"}${url}`;
  }
  if (scheme !== "") url = `${scheme}:${url}`;
  if (query !== "") url += `?${query}`;
  return fragment === "" ? url : `${url}#${fragment}`;
}

/** Resolves a reference against a base URL, as Python's `urljoin` does: RFC 3986, and empty segments vanish. */
export function joinUrl(base: string, reference: string): string {
  if (base === "") return reference;
  if (reference === "") return base;
  const from = splitUrl(base);
  const to = splitUrl(reference, from.scheme);
  if (to.scheme !== from.scheme || !HIERARCHIC.test(to.scheme)) return reference;
  if (to.authority !== "") return printUrl(to);
  const { authority } = from;
  if (to.path === "" && to.parameters === "") {
    return printUrl({ ...from, query: to.query === "" ? from.query : to.query, fragment: to.fragment });
  }
  return printUrl({ ...to, authority, path: resolvePath(from.path, to.path) });
}

function resolvePath(base: string, path: string): string {
  let segments = path.split("/");
  if (!path.startsWith("/")) {
    const folder = base.split("/");
    if (folder.at(-1) !== "") folder.pop();
    segments = [...folder, ...segments];
    const last = segments.length - 1;
    segments = segments.filter((segment, index) => index === 0 || index === last || segment !== "");
  }
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === "..") resolved.pop();
    else if (segment !== ".") resolved.push(segment);
  }
  if (segments.at(-1) === "." || segments.at(-1) === "..") resolved.push("");
  return resolved.join("/") || "/";
}
