import { configError } from "../../../errors.ts";
import { schemaOfSample } from "../../../json-schema/infer-schema.ts";
import { cursorCandidates, keyCandidates } from "../../../json-schema/key-candidates.ts";
import { createRecordSample, type FieldSample } from "../../../json-schema/record-sample.ts";
import { entries, fromEntries, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import { isoFormats } from "../date-formats.ts";
import {
  recordsAt,
  snakeCase,
  type ApiDraft,
  type ConfigField,
  type CursorDraft,
  type Finding,
  type Pages,
  type StreamDraft,
} from "../draft.ts";
import { isSinceParam } from "../paging-names.ts";
import { nameListings } from "../stream-names.ts";
import { startDate } from "../config-fields.ts";
import { findSecrets, type FoundSecrets } from "./authentication.ts";
import { endpointsOf, type Endpoint } from "./endpoints.ts";
import type { Exchange } from "./exchange.ts";
import { findPaginationIn } from "./pagination.ts";
import { steadyParameters, type SentParameter } from "./parameters.ts";
import { fillSegments, type Parent } from "./partitions.ts";
import { findRecordsIn } from "./records.ts";
import { createScrub } from "./scrub.ts";

/** What was found at an endpoint before its path is filled. */
interface Found extends Parent {
  readonly pages: readonly Pages[];
  readonly records: ReturnType<typeof findRecordsIn>;
  readonly sample: FieldSample;
}

/** What requests, and their answers where there are any, say of an API. Throws a config error. */
export function draftFromExchanges(exchanges: readonly Exchange[], from: string, url: string | undefined): ApiDraft {
  const skipped: { path: string; why: string }[] = [];
  const origin = originOf(exchanges);
  const address = url ?? origin;
  if (address === undefined) throw configError(`${from} has no request.`);
  const wanted = exchanges.filter(({ request, answer }) => {
    const why = reasonToSkip(request.url.origin === origin, request.method, answer);
    if (why !== undefined && !skipped.some(({ path }) => path === request.url.pathname)) {
      skipped.push({ path: request.url.pathname, why });
    }
    return why === undefined;
  });
  if (wanted.length === 0)
    throw configError(`${from} has no request whose answer is JSON, so there is nothing to make streams of.`);
  const secrets = findSecrets(wanted);
  const scrub = createScrub(secrets.secrets);
  const groups = endpointsOf(wanted).flatMap((endpoint) => {
    const found = inspect(endpoint, scrub);
    if (found !== undefined) return [found];
    skipped.push({ path: pathOf(endpoint), why: "its answer holds no list of objects" });
    return [];
  });
  if (groups.length === 0)
    throw configError(`${from} has no answer that holds a list of objects, so there is nothing to make streams of.`);
  const names = nameListings(groups.map(({ endpoint }) => ({ path: pathOf(endpoint), id: undefined })));
  const named = groups.map((found, index) => ({ ...found, name: names[index]! }));
  const fields = new Map<string, ConfigField>(secrets.fields.map((field) => [field.name, field]));
  const streams = named.map((found) => streamOf(found, named, secrets, fields));
  if (streams.some(({ cursor }) => cursor !== undefined)) fields.set("start_date", startDate);
  return {
    title: new URL(address).hostname,
    documentationUrl: undefined,
    urlBase: address.replace(/\/$/, ""),
    fields: [...fields.values()],
    authenticator: secrets.authenticator,
    headers: secrets.headers,
    streams,
    skipped,
    findings: [
      {
        subject: "address",
        value: address,
        confidence: "high",
        why: url === undefined ? `of the requests in ${from}` : "given with --url",
      },
      secrets.finding,
    ],
  };
}

/** The origin that most answers with JSON come from. */
function originOf(exchanges: readonly Exchange[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { request, answer } of exchanges) {
    const weight = answer === undefined || answer.body !== undefined ? 1 : 0;
    counts.set(request.url.origin, (counts.get(request.url.origin) ?? 0) + weight);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function reasonToSkip(isOfApi: boolean, method: string, answer: Exchange["answer"]): string | undefined {
  if (!isOfApi) return "another host";
  if (method !== "GET" && method !== "POST") return `the method ${method}`;
  if (answer === undefined) return undefined;
  if (answer.status < 200 || answer.status > 299) return `it answered ${answer.status}`;
  return answer.body === undefined ? "its answer is no JSON" : undefined;
}

const pathOf = ({ segments }: Endpoint): string => `/${segments.map((each) => each ?? "{id}").join("/")}`;

function inspect(endpoint: Endpoint, scrub: (value: Json) => Json): Omit<Found, "name"> | undefined {
  const pages = new Map<string, Json[]>();
  const seen = new Set<string>();
  for (const { request, answer } of endpoint.exchanges) {
    // Browsers ask for the same twice.
    const asked = `${request.url.href} ${JSON.stringify(request.body)}`;
    if (answer?.body === undefined || seen.has(asked)) continue;
    seen.add(asked);
    const { pathname } = request.url;
    pages.set(pathname, [...(pages.get(pathname) ?? []), scrub(answer.body)]);
  }
  const bodies = [...pages.values()].flat();
  const last = endpoint.segments.findLast((each) => each !== undefined) ?? "";
  const records = findRecordsIn(bodies, [last.toLowerCase(), snakeCase(last)]);
  if (bodies.length > 0 && records === undefined) return undefined;
  const all = bodies.flatMap((body) => recordsAt(body, records?.path ?? []));
  const sample = createRecordSample();
  for (const record of all) sample.note(record);
  return {
    endpoint,
    pages: [...pages].map(([path, each]) => ({ path, bodies: each })),
    records,
    sample: sample.root,
    all,
  };
}

function streamOf(
  { name, endpoint, pages, records, sample }: Found,
  all: readonly Found[],
  secrets: FoundSecrets,
  fields: Map<string, ConfigField>,
): StreamDraft {
  const [key] = keyCandidates(sample);
  const recordsPath = records?.path ?? [];
  const paging = findPaginationIn(endpoint.exchanges, recordsPath, key?.field);
  const steady = steadyParameters(endpoint.exchanges);
  const cursor = findCursor(steady, sample);
  const filled = fillSegments(endpoint, all, secrets.secrets);
  for (const field of filled.fields) if (!fields.has(field.name)) fields.set(field.name, field);
  const taken = new Set([cursor?.cursor?.param, paging.pagination?.size?.param]);
  if (paging.pagination !== undefined && "param" in paging.pagination) taken.add(paging.pagination.param);
  const { body } = endpoint.exchanges[0]!.request;
  const certain = [key, cursor?.cursor].flatMap((each) => (each === undefined ? [] : [each.field]));
  const schema = schemaOfSample(sample, { anyNull: false, detailed: true }, certain);
  const unknown: Finding = { subject: "records", value: "(the answer)", confidence: "low", why: "no answer is known" };
  return {
    name,
    method: endpoint.method,
    path: filled.path,
    query: queryOf(steady, taken, secrets),
    body: bodyOf(body, taken),
    recordsPath,
    primaryKey: key === undefined ? [] : [key.field],
    pagination: paging.pagination,
    cursor: cursor?.cursor,
    partitions: filled.partitions,
    schema,
    findings: [
      records?.finding ?? unknown,
      ...(filled.finding === undefined ? [] : [filled.finding]),
      key === undefined
        ? { subject: "primary key", value: "none", confidence: "low", why: "no field has another value in each record" }
        : { subject: "primary key", value: key.field, confidence: key.confidence, why: key.why },
      paging.finding,
      ...(cursor === undefined ? [] : [cursor.finding]),
      {
        subject: "schema",
        value: `${sample.members.size} fields`,
        confidence: sample.count >= 20 ? "high" : sample.count > 0 ? "medium" : "low",
        why: sample.count === 0 ? "no record is known" : `of ${sample.count} records`,
      },
    ],
    pages: pages.length > 0 ? pages : [{ path: undefined, bodies: [[{ id: 1 }]] }],
  };
}

/** A date that records have, and the parameter that asks by it; only a finding where no parameter does. */
function findCursor(
  steady: ReadonlyMap<string, SentParameter>,
  sample: FieldSample,
): { readonly cursor: CursorDraft | undefined; readonly finding: Finding } | undefined {
  const [best] = cursorCandidates(sample);
  if (best === undefined) return undefined;
  const since = [...steady].find(
    ([name, { value, place }]) =>
      place === "request_parameter" && isSinceParam(name) && /^\d{4}-\d{2}-\d{2}|^\d{10}$/.test(value),
  );
  if (since === undefined) {
    const why = `${best.why}; no request asks by it, so all records are read each time`;
    return {
      cursor: undefined,
      finding: { subject: "cursor", value: `none, ${best.field} could be`, confidence: "low", why },
    };
  }
  const [param, { value }] = since;
  const format = /^\d{10}$/.test(value) ? "%s" : value.length === 10 ? "%Y-%m-%d" : isoFormats[0];
  return {
    cursor: { field: best.field, param, format, readFormats: isoFormats },
    finding: {
      subject: "cursor",
      value: best.field,
      confidence: best.confidence,
      why: `${best.why}; ${param} was sent`,
    },
  };
}

function queryOf(
  steady: ReadonlyMap<string, SentParameter>,
  taken: ReadonlySet<string | undefined>,
  { parameters }: FoundSecrets,
): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, field] of parameters) query[name] = `{{ config['${field.name}'] }}`;
  for (const [name, { value, place }] of steady) {
    if (place === "request_parameter" && !taken.has(name) && !parameters.has(name)) query[name] = value;
  }
  return query;
}

function bodyOf(body: Exchange["request"]["body"], taken: ReadonlySet<string | undefined>): StreamDraft["body"] {
  const kept = (members: Iterable<readonly [string, Json]>): JsonObject =>
    fromEntries([...members].filter(([name]) => !taken.has(name)));
  if (body?.kind === "json" && isObject(body.value)) return { kind: "json", value: kept(entries(body.value)) };
  return body?.kind === "form" ? { kind: "form", value: kept(body.value) } : undefined;
}
