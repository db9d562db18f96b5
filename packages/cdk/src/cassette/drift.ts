import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { collectShape, describeShape, fieldChanges, type ShapeCollector } from "./json-shape.ts";
import { bodyText } from "./kept-body.ts";
import { compared } from "./match.ts";
import type { NamedExchange, Recording } from "./recording-file.ts";

/** How one endpoint of an API differs between two cassettes. */
export interface EndpointDrift {
  /** Such as `GET https://api.example.com/v1/users/{id}`. */
  readonly endpoint: string;
  readonly change: "added" | "removed" | "changed";
  /** How many requests went there, in the one cassette and in the other. */
  readonly requests: readonly [number, number];
  readonly changes: readonly Change[];
}

export interface Change {
  readonly kind: "status" | "failure" | "query" | "header" | "field";
  /** The parameter, header, or field (`data[].id`). */
  readonly name: string;
  /** What it was, undefined where it was not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What changed from one cassette of an API to another, endpoint by endpoint; what did not is left out. */
export async function driftBetween(
  before: readonly Recording[],
  after: readonly Recording[],
): Promise<readonly EndpointDrift[]> {
  const [old, now] = await Promise.all([endpointsOf(before), endpointsOf(after)]);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((endpoint): EndpointDrift[] => {
    const [a, b] = [old.get(endpoint), now.get(endpoint)];
    const requests = [a?.requests ?? 0, b?.requests ?? 0] as const;
    if (a === undefined || b === undefined) {
      return [{ endpoint, change: a === undefined ? "added" : "removed", requests, changes: [] }];
    }
    const changes = changesOf(a, b);
    return changes.length === 0 ? [] : [{ endpoint, change: "changed", requests, changes }];
  });
}

interface Endpoint {
  requests: number;
  /** What was seen under each name, as texts that are compared. */
  readonly status: Set<string>;
  readonly failure: Set<string>;
  readonly query: Set<string>;
  readonly headers: Map<string, Set<string>>;
  readonly shape: ShapeCollector;
}

async function endpointsOf(recordings: readonly Recording[]): Promise<ReadonlyMap<string, Endpoint>> {
  const endpoints = new Map<string, Endpoint>();
  for (const { folder, exchanges } of recordings) {
    for (const exchange of exchanges) {
      const name = endpointOf(exchange.request);
      let endpoint = endpoints.get(name);
      if (endpoint === undefined) endpoints.set(name, (endpoint = newEndpoint()));
      await add(endpoint, exchange, folder);
    }
  }
  return endpoints;
}

const newEndpoint = (): Endpoint => ({
  requests: 0,
  status: new Set(),
  failure: new Set(),
  query: new Set(),
  headers: new Map(),
  shape: collectShape(),
});

async function add(endpoint: Endpoint, { request, response, failure }: NamedExchange, folder: string): Promise<void> {
  endpoint.requests++;
  for (const [name] of compared({ method: request.method, url: request.url }).query) endpoint.query.add(name);
  if (failure !== undefined) endpoint.failure.add(failure.kind);
  if (response === undefined) return;
  endpoint.status.add(String(response.status));
  for (const [name, value] of response.headers) {
    const values = endpoint.headers.get(name.toLowerCase()) ?? new Set<string>();
    endpoint.headers.set(name.toLowerCase(), values.add(value));
  }
  if (response.status >= 300) return; // an error's shape is not the data's
  const text = await bodyText(folder, response.body);
  if (text === undefined || !/^\s*[[{]/.test(text)) return;
  try {
    endpoint.shape.add(parseJson(text));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error; // lines of JSON, or a body that breaks off: it has no shape as a whole
  }
}

/** Identifiers in a path stand for one another. */
function endpointOf(request: { method: string; url: string }): string {
  const { method, place } = compared(request);
  const [, origin = "", path = ""] = /^([^:]+:\/\/[^/]*)(.*)$/s.exec(place) ?? [, "", place];
  const generic = path
    .split("/")
    .map((part) =>
      /^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{20,}|(?=.*\d)[\w-]{16,})$/i.test(part) ? "{id}" : part,
    );
  return `${method} ${origin}${generic.join("/")}`;
}

/** Headers that differ from one answer to the next say something by being there, not by their values. */
const STEADY =
  /^(?:content-type|content-encoding|deprecation|sunset|api-version|x-api-version|x-ratelimit-limit|ratelimit-limit|x-rate-limit-limit)$/;

function changesOf(a: Endpoint, b: Endpoint): Change[] {
  const changes: Change[] = [];
  const compareSets = (
    kind: Change["kind"],
    name: string,
    before: ReadonlySet<string>,
    after: ReadonlySet<string>,
  ): void => {
    const [old, now] = [before, after].map((set) => (set.size === 0 ? undefined : [...set].sort().join(", ")));
    if (old !== now) changes.push({ kind, name, before: old, after: now });
  };
  compareSets("status", "status", a.status, b.status);
  compareSets("failure", "failure", a.failure, b.failure);
  for (const name of [...new Set([...a.query, ...b.query])].sort()) {
    if (a.query.has(name) !== b.query.has(name)) {
      changes.push({
        kind: "query",
        name,
        before: a.query.has(name) ? "sent" : undefined,
        after: b.query.has(name) ? "sent" : undefined,
      });
    }
  }
  for (const name of [...new Set([...a.headers.keys(), ...b.headers.keys()])].sort()) {
    const [old, now] = [a.headers.get(name), b.headers.get(name)];
    if (STEADY.test(name) || old === undefined || now === undefined) {
      const shown = (set: ReadonlySet<string> | undefined): ReadonlySet<string> =>
        set === undefined || STEADY.test(name) ? (set ?? new Set()) : new Set(["sent"]);
      compareSets("header", name, shown(old), shown(now));
    }
  }
  const [old, now] = [a.shape.shape(), b.shape.shape()].map(describeShape) as [Described, Described]; // of two come two
  if (old.size === 0 || now.size === 0) return changes;
  const fields = fieldChanges(old, now).map(({ name, ...change }): Change => {
    return { kind: "field", name: name === "" ? "(the whole)" : name, ...change };
  });
  return [...changes, ...fields];
}

type Described = ReturnType<typeof describeShape>;
