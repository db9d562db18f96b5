import { isOpaque } from "../secret-names.ts";
import type { Exchange } from "./exchange.ts";

/** Requests to the same place, which differ in identifiers and parameters only. */
export interface Endpoint {
  readonly method: string;
  /** Of the path, `undefined` for one that is an identifier. */
  readonly segments: readonly (string | undefined)[];
  readonly exchanges: readonly Exchange[];
}

/** Groups requests by their places, in the order in which they were first asked for. */
export function endpointsOf(exchanges: readonly Exchange[]): Endpoint[] {
  const groups = new Map<string, { method: string; segments: (string | undefined)[]; exchanges: Exchange[] }>();
  for (const exchange of exchanges) {
    const { method, url } = exchange.request;
    const segments = segmentsOf(url).map((segment) => (isIdentifier(segment) ? undefined : segment));
    // In a search the body says what is asked for: with another shape it is another endpoint.
    const body = exchange.request.body;
    const shape =
      body?.kind === "json"
        ? Object.keys(body.value ?? {})
            .sort()
            .join()
        : "";
    const key = `${method} ${segments.map((each) => each ?? "{}").join("/")} ${method === "GET" ? "" : shape}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { method, segments, exchanges: [exchange] });
    else group.exchanges.push(exchange);
  }
  return [...groups.values()];
}

/** The parts of a path, decoded. */
export function segmentsOf(url: URL): string[] {
  return url.pathname.split("/").slice(1).map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a percent sign of its own
  }
}

function isIdentifier(segment: string): boolean {
  if (/^\d+$/.test(segment)) return true;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(segment) || /^[0-9a-f]{16,}$/i.test(segment)) return true;
  return (
    isOpaque(segment) ||
    /^[a-z]{2,6}_[A-Za-z0-9]{8,}$/.test(segment) ||
    /^(?=.*\d)(?=.*[A-Z])[A-Za-z0-9]{10,}$/.test(segment)
  );
}
