import { compared } from "../../cassette/match.ts";
import { tellingRequestHeaders } from "../../cassette/telling-headers.ts";
import { bodyText } from "../../http/body-text.ts";
import type { HttpRequest } from "../../http/types.ts";

/** A request in its parts, without what all requests say. */
export interface SentRequest {
  readonly method: string;
  /** Without its query. */
  readonly url: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  /** Where it stands, and its name: `query limit`, `header X-Plan`, `body filter.since`. */
  readonly name: string;
  readonly value: string;
}

export interface ParameterDifference {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** How the requests of a stream differ from those of the run before; their order is of no account. */
export interface RequestDifferences {
  readonly added: readonly SentRequest[];
  readonly removed: readonly SentRequest[];
  /** Requests to the same address with other parameters; `count` of them differ in the same way. */
  readonly changed: readonly ChangedRequest[];
}

export interface ChangedRequest {
  readonly method: string;
  readonly url: string;
  readonly parameters: readonly ParameterDifference[];
  readonly count: number;
}

export function sentRequest(request: HttpRequest, mask: (text: string) => string): SentRequest {
  const { method, place, query, body } = compared({ ...request, body: bodyText(request) });
  const part = (where: string, pairs: readonly (readonly [string, string])[]): Parameter[] =>
    pairs.map(([name, value]) => ({ name: name === "" ? where : `${where} ${name}`, value: mask(value) }));
  return {
    method,
    url: mask(place),
    parameters: [
      ...part("query", query),
      ...part("header", tellingRequestHeaders(request.headers)),
      ...part("body", body),
    ],
  };
}

export function requestDifferences(before: readonly SentRequest[], after: readonly SentRequest[]): RequestDifferences {
  const [old, now] = withoutEqual(before, after);
  const left = [...old];
  const added: SentRequest[] = [];
  const changed = new Map<string, ChangedRequest>();
  for (const request of now) {
    const index = left.findIndex(({ method, url }) => method === request.method && url === request.url);
    if (index < 0) {
      added.push(request);
      continue;
    }
    const parameters = parameterDifferences(left.splice(index, 1)[0]!.parameters, request.parameters);
    const { method, url } = request;
    const name = JSON.stringify([method, url, parameters]);
    changed.set(name, { method, url, parameters, count: (changed.get(name)?.count ?? 0) + 1 });
  }
  return { added, removed: left, changed: [...changed.values()] };
}

function withoutEqual(
  before: readonly SentRequest[],
  after: readonly SentRequest[],
): [readonly SentRequest[], readonly SentRequest[]] {
  const counts = new Map<string, number>();
  for (const request of before) {
    const text = JSON.stringify(request);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  /** Takes one of these away where there is one. */
  const take = (request: SentRequest): boolean => {
    const text = JSON.stringify(request);
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count > 0;
  };
  const now = after.filter((request) => !take(request));
  return [before.filter(take), now];
}

function parameterDifferences(before: readonly Parameter[], after: readonly Parameter[]): ParameterDifference[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const valueIn = (parameters: readonly Parameter[], name: string): string | undefined => {
    const values = parameters.filter((each) => each.name === name).map(({ value }) => value);
    return values.length === 0 ? undefined : values.join(", ");
  };
  return names
    .map((name) => ({ name, before: valueIn(before, name), after: valueIn(after, name) }))
    .filter((each) => each.before !== each.after);
}
