import { entries, isObject, type Json } from "../../../json/value.ts";
import { recordsAt, type Confidence, type FoundPagination, type PageSize, type Pagination } from "../draft.ts";
import { isOffsetParam, isPageParam, isSizeParam } from "../paging-names.ts";
import type { Exchange, GivenAnswer } from "./exchange.ts";
import { parametersOf, type SentParameter } from "./parameters.ts";
import { answerPartsIn, findValue } from "./records.ts";

interface Answered extends Exchange {
  readonly answer: GivenAnswer & { readonly body: Json };
}

/** How an endpoint is paged: by comparing each request with the one before, else by what a single one looks like. */
export function findPaginationIn(
  exchanges: readonly Exchange[],
  recordsPath: readonly string[],
  key: string | undefined,
): FoundPagination {
  const answered = exchanges.filter((each): each is Answered => each.answer?.body !== undefined);
  const size = sizeOf(answered.length > 0 ? answered : exchanges);
  for (const [index, next] of answered.entries()) {
    // Other partitions may have been asked for in between.
    const before = answered.slice(0, index).findLast((each) => each.request.url.pathname === next.request.url.pathname);
    const found = before === undefined ? undefined : between(before, next, recordsPath, size);
    if (found !== undefined) return found;
  }
  return fromOne(answered[0] ?? exchanges[0]!, key, size);
}

const found = (
  pagination: Pagination | undefined,
  value: string,
  confidence: Confidence,
  why: string,
): FoundPagination => ({ pagination, finding: { subject: "pagination", value, confidence, why } });

function between(
  before: Answered,
  after: Answered,
  recordsPath: readonly string[],
  size: PageSize | undefined,
): FoundPagination | undefined {
  const { body, headers } = before.answer;
  const { href } = after.request.url;
  const link = nextLink(headers, before.request.url);
  if (link === href)
    return found({ type: "link_header", size }, "Link", "high", "the next request went where the header Link said");
  const address = findValue(body, href) ?? findValue(body, href.slice(after.request.url.origin.length));
  if (address !== undefined) {
    const why = `the next request went to what the answer had at ${address.join(".")}`;
    return found({ type: "next_url", path: address, size }, address.join("."), "high", why);
  }
  const [old, now] = [parametersOf(before.request), parametersOf(after.request)];
  const changed = [...now].filter(([name, { value }]) => old.get(name)?.value !== value);
  for (const [name, { value, place }] of changed) {
    const path = findValue(withoutRecords(body, recordsPath), value);
    if (path !== undefined && !isPageParam(name)) {
      const why = `the next request sent what the answer had at ${path.join(".")}`;
      return found({ type: "cursor", param: name, path, size, into: place }, name, "high", why);
    }
  }
  const [only] = changed;
  if (only === undefined || changed.length > 1) return undefined;
  return (
    counted(only, old.get(only[0])?.value, recordsAt(body, recordsPath).length, size) ??
    byLastRecord(only, before, recordsPath, size)
  );
}

/** A page or an offset that went up. */
function counted(
  [name, { value, place }]: readonly [string, SentParameter],
  before: string | undefined,
  records: number,
  size: PageSize | undefined,
): FoundPagination | undefined {
  if (!/^\d+$/.test(value) || !/^\d*$/.test(before ?? "")) return undefined;
  const step = Number(value) - Number(before ?? 0);
  const isOffset = isOffsetParam(name) || (step > 2 && (step === records || step === size?.value));
  if (isOffset && step > 0) {
    const sized = size ?? { param: undefined, value: step };
    const why = `it went up by ${step} from one request to the next`;
    return found({ type: "offset", param: name, size: sized, into: place }, name, "high", why);
  }
  if (before === undefined ? Number(value) > 2 : step !== 1) return undefined;
  const start = before === undefined ? Number(value) - 1 : Math.min(Number(before), 1);
  return found(
    { type: "page", param: name, start, size, into: place },
    name,
    "high",
    "it went up by one from one request to the next",
  );
}

function byLastRecord(
  [name, { value, place }]: readonly [string, SentParameter],
  { answer: { body } }: Answered,
  recordsPath: readonly string[],
  size: PageSize | undefined,
): FoundPagination | undefined {
  const last = recordsAt(body, recordsPath).at(-1);
  const field = last === undefined ? undefined : entries(last).find(([, each]) => String(each) === value)?.[0];
  const more = answerPartsIn(body).find(({ part }) => part === "more");
  if (field === undefined || more === undefined) return undefined;
  const why = `the next request sent ${field} of the last record`;
  return found({ type: "last_record", param: name, field, more: more.path, size, into: place }, name, "high", why);
}

/** What a single request and its answer let suppose. */
function fromOne({ request, answer }: Exchange, key: string | undefined, size: PageSize | undefined): FoundPagination {
  if (answer !== undefined && nextLink(answer.headers, request.url) !== undefined) {
    return found({ type: "link_header", size }, "Link", "high", "the answer has a header Link to the next page");
  }
  const sent = parametersOf(request);
  const parts = answer?.body === undefined ? [] : answerPartsIn(answer.body);
  const url = parts.find(
    ({ part, value }) => part === "url" && typeof value === "string" && /^(?:https?:\/)?\//.test(value),
  );
  if (url !== undefined) {
    const why = `the answer has an address at ${url.path.join(".")}`;
    return found({ type: "next_url", path: url.path, size }, url.path.join("."), "high", why);
  }
  const param = (is: (name: string) => boolean): readonly [string, SentParameter] | undefined =>
    [...sent].find(([name, { value }]) => is(name) && /^\d+$/.test(value));
  const page = param(isPageParam);
  const only = "only its name says so: there is no second request to compare with";
  if (page !== undefined) {
    const [name, { value, place }] = page;
    return found(
      { type: "page", param: name, start: Number(value) === 0 ? 0 : 1, size, into: place },
      name,
      "medium",
      only,
    );
  }
  const offset = param(isOffsetParam);
  if (offset !== undefined && size !== undefined) {
    return found({ type: "offset", param: offset[0], size, into: offset[1].place }, offset[0], "medium", only);
  }
  const more = parts.find(({ part }) => part === "more");
  if (more !== undefined && key !== undefined && sent.has("starting_after")) {
    return found(
      { type: "last_record", param: "starting_after", field: key, more: more.path, size },
      "starting_after",
      "medium",
      only,
    );
  }
  const token = parts.find(
    ({ part, value }) => part === "token" && (typeof value === "string" || typeof value === "number"),
  );
  if (token !== undefined) {
    const name = token.path.at(-1)!.replace(/^next_?/i, "");
    const param = name === "" ? "cursor" : name.charAt(0).toLowerCase() + name.slice(1);
    const why = `the answer has a token at ${token.path.join(".")}; which parameter takes it is a guess`;
    return found({ type: "cursor", param, path: token.path, size }, param, "low", why);
  }
  return found(
    undefined,
    "none",
    answer === undefined ? "low" : "medium",
    "there is one request, and nothing in its answer tells of more",
  );
}

function sizeOf(exchanges: readonly Exchange[]): PageSize | undefined {
  for (const { request } of exchanges) {
    for (const [name, { value }] of parametersOf(request)) {
      if (isSizeParam(name) && /^[1-9]\d*$/.test(value)) return { param: name, value: Number(value) };
    }
  }
  return undefined;
}

function nextLink(headers: ReadonlyMap<string, string>, base: URL): string | undefined {
  const target = /<([^>]+)>\s*;[^,]*\brel="?next"?/i.exec(headers.get("link") ?? "")?.[1];
  return target !== undefined && URL.canParse(target, base.href) ? new URL(target, base).href : undefined;
}

function withoutRecords(body: Json, path: readonly string[]): Json {
  if (path.length === 0 || !isObject(body)) return null;
  const [first, ...rest] = path;
  return Object.fromEntries(
    entries(body).map(([name, value]) => [name, name === first ? withoutRecords(value, rest) : value]),
  );
}
