import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import { entries, isList, isObject, type Json } from "../json/value.ts";

/** A request as it is compared: whatever order its parameters and members stand in. */
export interface ComparedRequest {
  readonly method: string;
  /** Scheme, host and path. */
  readonly place: string;
  readonly query: readonly Pair[];
  /** Members of JSON by their paths, fields of a form; a text alone has one, without a name. */
  readonly body: readonly Pair[];
}

type Pair = readonly [name: string, value: string];

export function compared(request: { method: string; url: string; body?: string | undefined }): ComparedRequest {
  const [address = "", search = ""] = request.url.replace(/#.*$/s, "").split(/\?(.*)/s);
  const [, scheme = "", host = "", path = ""] = /^([^:]+):\/\/([^/]*)(.*)$/s.exec(address) ?? [, "", "", address];
  const port = scheme.toLowerCase() === "https" ? /:443$/ : /:80$/;
  return {
    method: request.method.toUpperCase(),
    place: `${scheme.toLowerCase()}://${host.toLowerCase().replace(port, "")}${path === "" ? "/" : path}`,
    query: formPairs(search),
    body: bodyPairs(request.body ?? ""),
  };
}

/** Equal for requests that are equal. */
export const requestKey = ({ method, place, query, body }: ComparedRequest): string =>
  JSON.stringify([method, place, query, body]);

/**
 * The key of a request whose instants within a span of time, such as "now", are all taken for the same: what asks for
 * everything until now never asks twice for quite the same.
 * @param from, to milliseconds since 1970
 */
export function timelessKey(request: ComparedRequest, from: number, to: number): string {
  const timeless = (pairs: readonly Pair[]): Pair[] =>
    pairs.map(([name, value]) => [name, value.replace(INSTANT, (text) => (isWithin(text, from, to) ? "<now>" : text))]);
  return requestKey({ ...request, query: timeless(request.query), body: timeless(request.body) });
}

const INSTANT =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?Z|\s?[+-]\d\d:?\d\d)?|(?<![\d.])(?:\d{10}(?:\.\d+)?|\d{13}|\d{14})(?![\d.])/g;

function isWithin(text: string, from: number, to: number): boolean {
  const time = instantOf(text);
  return time >= from && time <= to;
}

function instantOf(text: string): number {
  if (/^\d{10}(?:\.|$)/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (digits !== null) return Date.parse(`${digits.slice(1, 4).join("-")}T${digits.slice(4).join(":")}Z`);
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  return Date.parse(zoned.replace(" ", "T").replace(/\s/, "").replace(",", "."));
}

/** How requests differ, in words; none where they are equal. `known` is the recorded one. */
export function differences(known: ComparedRequest, asked: ComparedRequest): string[] {
  const told: string[] = [];
  if (known.method !== asked.method) told.push(`method: ${known.method} was recorded, ${asked.method} is asked now`);
  if (known.place !== asked.place) told.push(`address: ${known.place} was recorded, ${asked.place} is asked now`);
  return [
    ...told,
    ...pairDifferences("query", known.query, asked.query),
    ...pairDifferences("body", known.body, asked.body),
  ];
}

function pairDifferences(what: string, known: readonly Pair[], asked: readonly Pair[]): string[] {
  const names = [...new Set([...known, ...asked].map(([name]) => name))];
  return names.flatMap((name) => {
    const [before, now] = [known, asked].map((pairs) =>
      pairs.filter((pair) => pair[0] === name).map(([, value]) => value),
    );
    if (JSON.stringify(before) === JSON.stringify(now)) return [];
    const place = name === "" ? what : `${what} ${name}`;
    const shown = (values: readonly string[]): string => values.map((value) => short(JSON.stringify(value))).join(", ");
    if (before!.length === 0) return [`${place}: ${shown(now!)} is asked now, none was recorded`];
    if (now!.length === 0) return [`${place}: ${shown(before!)} was recorded, none is asked now`];
    return [`${place}: ${shown(before!)} was recorded, ${shown(now!)} is asked now`];
  });
}

const short = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

function bodyPairs(body: string): readonly Pair[] {
  if (body === "") return [];
  if (/^\s*[[{]/.test(body)) {
    try {
      return leaves(parseJson(body), "").sort(byName);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
    }
  }
  return /^[^\s=&]+=[^\s]*$/.test(body) ? formPairs(body) : [["", body]];
}

function leaves(value: Json, path: string): Pair[] {
  if (isList(value) && value.length > 0) return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  if (isObject(value) && entries(value).length > 0) {
    return entries(value).flatMap(([name, member]) => leaves(member, path === "" ? name : `${path}.${name}`));
  }
  return [[path, typeof value === "string" ? value : printJson(value)]];
}

const formPairs = (text: string): readonly Pair[] =>
  [...new URLSearchParams(text)].map(([name, value]): Pair => [name, value]).sort(byName);

/** Values of one name keep their order: it may mean something. */
const byName = ([a]: Pair, [b]: Pair): number => (a < b ? -1 : a > b ? 1 : 0);
