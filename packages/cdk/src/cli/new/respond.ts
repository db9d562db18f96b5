import type { Answer, Exchange, HttpRequest } from "../../http/types.ts";
import { printJson } from "../../json/print.ts";
import { parseJson } from "../../json/parse.ts";
import { copy, get, isObject, set, type Json, type JsonObject } from "../../json/value.ts";
import { NEXT, recordsAt, valueAt, type ApiDraft, type StreamDraft } from "./draft.ts";

/** Answers a connector's requests as a draft says that its API would: with the pages that it has, then with an empty one. */
export function createResponder(draft: ApiDraft): Exchange {
  const routes = draft.streams
    .map((stream) => ({ stream, pattern: patternOf(draft.urlBase, stream.path), paths: [] as string[] }))
    .sort((one, other) => wildcards(one.stream) - wildcards(other.stream));
  const token = String(draft.authenticator?.["token_refresh_endpoint"] ?? "");
  return async (request) => {
    const url = new URL(request.url);
    if (token !== "" && samePlace(token, url))
      return answer(200, { access_token: "made-up-access-token", expires_in: 3600 });
    const route = routes.find(
      ({ stream, pattern }) => stream.method === request.method && pattern.test(`${url.origin}${url.pathname}`),
    );
    if (route === undefined) return answer(404, { error: `${draft.title} has nothing at ${url.pathname}` });
    if (!route.paths.includes(url.pathname)) route.paths.push(url.pathname);
    return page(route.stream, request, url, route.paths.indexOf(url.pathname));
  };
}

function page(stream: StreamDraft, request: HttpRequest, url: URL, partition: number): Answer {
  const own =
    stream.pages.find(({ path }) => path === url.pathname) ?? stream.pages.find(({ path }) => path === undefined);
  const bodies = own?.bodies ?? [];
  const sent = sentOf(request, url);
  const index = pageIndex(stream, bodies, sent, url);
  const known = bodies[index];
  const end = stream.pages[0]?.bodies[0] ?? [];
  const made = own?.path === undefined && partition > 0;
  let body = known ?? withRecords(end, stream.recordsPath, () => []);
  if (made)
    body = withRecords(body, stream.recordsPath, (records) =>
      records.map((record) => renamed(record, stream, partition)),
    );
  const since = stream.cursor?.param === undefined ? undefined : sent(stream.cursor.param);
  if (since !== undefined && since !== "") {
    const field = stream.cursor!.field;
    body = withRecords(body, stream.recordsPath, (records) =>
      records.filter((each) => !isBefore(get(each, field), since)),
    );
  }
  const { pagination } = stream;
  if (known === undefined && pagination !== undefined && isObject(body)) {
    if (pagination.type === "cursor" || pagination.type === "next_url")
      body = replaced(body, pagination.path, () => null);
    if (pagination.type === "last_record") body = replaced(body, pagination.more, () => false);
  }
  const next = nextAddress(url);
  if (pagination?.type === "next_url" && isObject(body)) {
    body = replaced(body, pagination.path, (value) => (value === NEXT ? next : value));
  }
  const hasLink = pagination?.type === "link_header" && index + 1 < bodies.length;
  return answer(200, body, hasLink ? ["link", `<${next}>; rel="next"`] : []);
}

/** Which of the pages a request asks for. */
function pageIndex(
  { pagination, recordsPath }: StreamDraft,
  bodies: readonly Json[],
  sent: (name: string) => string | undefined,
  url: URL,
): number {
  if (pagination === undefined) return 0;
  const number = (name: string, otherwise: number): number => Number(sent(name) ?? otherwise);
  const after = (is: (body: Json) => boolean): number => {
    const index = bodies.findIndex(is);
    return index < 0 ? bodies.length : index + 1;
  };
  switch (pagination.type) {
    case "page":
      return Math.max(0, number(pagination.param, pagination.start) - pagination.start);
    case "offset":
      return Math.ceil(number(pagination.param, 0) / pagination.size.value);
    case "cursor": {
      const token = sent(pagination.param);
      return token === undefined ? 0 : after((body) => String(valueAt(body, pagination.path) ?? "") === token);
    }
    case "last_record": {
      const token = sent(pagination.param);
      const last = (body: Json): Json | undefined => recordsAt(body, recordsPath).at(-1)?.[pagination.field];
      return token === undefined ? 0 : after((body) => String(last(body)) === token);
    }
    case "next_url": {
      const made = url.searchParams.get("next");
      if (made !== null) return Number(made) - 1;
      const index = bodies.findIndex((body) => isAddress(valueAt(body, pagination.path), url));
      return index + 1;
    }
    case "link_header":
      return Number(url.searchParams.get("next") ?? 1) - 1;
  }
}

/** Whether an address that an answer gave is the one that is asked for now. */
function isAddress(given: Json | undefined, url: URL): boolean {
  if (typeof given !== "string" || !URL.canParse(given, url.href)) return false;
  const next = new URL(given, url);
  return (
    next.pathname === url.pathname &&
    [...next.searchParams].every(([name, value]) => url.searchParams.get(name) === value)
  );
}

function nextAddress(url: URL): string {
  const next = new URL(url);
  next.searchParams.set("next", String(Number(url.searchParams.get("next") ?? 1) + 1));
  return next.href;
}

/** What a request sent under a name, in its query or its body. */
function sentOf({ body }: HttpRequest, url: URL): (name: string) => string | undefined {
  const text = body === undefined ? "" : Buffer.from(body).toString();
  const json = /^\s*\{/.test(text) ? parseJson(text) : undefined;
  const form = new URLSearchParams(text);
  return (name) => {
    const inBody = json !== undefined && isObject(json) ? get(json, name) : form.get(name);
    const value = url.searchParams.get(name) ?? inBody ?? undefined;
    return value === undefined ? undefined : String(value);
  };
}

/** Records of another partition are others. */
function renamed(record: JsonObject, { primaryKey, pagination }: StreamDraft, partition: number): JsonObject {
  const [key] = primaryKey;
  if (key === undefined || pagination?.type === "last_record") return record;
  const value = get(record, key);
  const other = copy(record);
  if (typeof value === "number") set(other, key, value + partition * 10);
  if (typeof value === "string") {
    const isUuid = /^[0-9a-f-]{36}$/.test(value);
    set(
      other,
      key,
      isUuid ? `${value.slice(0, -3)}${String(partition).padStart(2, "0")}${value.at(-1)!}` : `${value}-${partition}`,
    );
  }
  return other;
}

function isBefore(value: Json | undefined, since: string): boolean {
  if (typeof value === "number") return value < Number(since);
  return typeof value === "string" && value.slice(0, since.length) < since.slice(0, value.length);
}

function withRecords(body: Json, path: readonly string[], change: (records: readonly JsonObject[]) => Json): Json {
  return replaced(body, path, () => change(recordsAt(body, path)));
}

function replaced(body: Json, path: readonly string[], change: (value: Json | undefined) => Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return change(body) ?? null;
  if (!isObject(body)) return body;
  const other = copy(body);
  const inner = get(body, first);
  const value = rest.length === 0 ? change(inner) : inner === undefined ? undefined : replaced(inner, rest, change);
  if (value !== undefined) set(other, first, value);
  return other;
}

/** What an address with templates in it may be. */
function patternOf(urlBase: string, path: string): RegExp {
  const parts = `${urlBase}${path}`.replace(/\?.*$/s, "").split(/\{\{.*?\}\}/s);
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("[^?]+?")}/?$`);
}

const wildcards = ({ path }: StreamDraft): number => path.split("{{").length;

const samePlace = (text: string, url: URL): boolean => text.replace(/\?.*$/s, "") === `${url.origin}${url.pathname}`;

function answer(status: number, body: Json, headers: readonly string[] = []): Answer {
  const text = printJson(body);
  return {
    status,
    headers: ["content-type", "application/json", ...headers],
    body: (async function* () {
      yield Buffer.from(text);
    })(),
    discard: async () => {},
  };
}
