import { isObject, type Json, type JsonObject } from "ferry-cdk";
import { canonical, difference, jsonOf, textOf } from "./canonical.ts";
import type { Golden, SeenRequest } from "./case.ts";
import type { FerryRun } from "./summary.ts";

/** What Ferry did otherwise than the reference, in words; empty where they agree. */
export function compare(
  op: string,
  want: Golden,
  got: FerryRun,
  seen: readonly SeenRequest[],
  waits: readonly number[],
): string[] {
  const ended = (want.exit === 0) === (got.exit === 0) ? [] : [`exit code: want ${want.exit}, got ${got.exit}`];
  const found = [...got.wrong, ...ended];
  if (op === "spec") return [...found, ...told("spec", difference(want.spec, got.spec))];
  if (op === "check" || op === "denied") {
    return [
      ...found,
      ...status(want, got),
      ...(op === "check" ? requests(want.requests, seen, true) : []),
      ...told("control", difference(want.control, got.control)),
    ];
  }
  if (op === "discover") {
    return [...found, ...told("catalog", difference(byName(want), byName(got))), ...requests(want.requests, seen)];
  }
  return [
    ...found,
    ...records(want, got),
    ...told("final state", difference(timed(want.states), timed(got.states))),
    ...told("statuses", difference(want.statuses, got.statuses)),
    ...told("files", difference(want.files, got.files)),
    ...errors(want, got),
    ...told("control", difference(want.control, got.control)),
    ...requests(want.requests, seen),
    ...told("waits", difference(want.waits, rounded(waits))),
  ];
}

const told = (what: string, differs: string | undefined): string[] =>
  differs === undefined ? [] : [`${what} ${differs}`];

function status(want: Golden, got: FerryRun): string[] {
  if (want.status === got.status) return [];
  // Where the reference only prints a traceback, a status beside the TRACE is no difference.
  if (want.status === undefined && want.exit !== 0 && got.status === "FAILED") return [];
  return [`status: want ${want.status}, got ${got.status}`];
}

const byName = ({ catalog }: { readonly catalog?: JsonObject }): JsonObject =>
  Object.fromEntries(
    ((catalog?.["streams"] ?? []) as JsonObject[]).map((stream) => [stream["name"] as string, stream]),
  );

/** A stream's records are a bag, but for a stream of one partition: its pages come in order. */
function records(want: Golden, got: FerryRun): string[] {
  const names = new Set([...Object.keys(want.records ?? {}), ...Object.keys(got.records ?? {})]);
  return [...names].flatMap((name) => {
    const sorted = (items: readonly Json[]): readonly Json[] =>
      want.single?.includes(name) ? items : [...items].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
    const wanted = want.records?.[name] ?? [];
    const found = got.records?.[name] ?? [];
    const count = wanted.length === found.length ? "" : ` (want ${wanted.length}, got ${found.length})`;
    return told(`records of ${name}${count}`, difference(sorted(wanted), sorted(found)));
  });
}

/** The lookback window is how long the read took: a small one equals another. */
function timed(value: Json | undefined, name?: string): Json | undefined {
  if (name === "lookback_window" && typeof value === "number" && value <= 60) return 1;
  if (Array.isArray(value)) return value.map((item: Json) => timed(item)!);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, timed(item, key)!]));
}

/** Each stream that fails in the reference is named by an error of the same type, and no other is. */
function errors(want: Golden, got: FerryRun): string[] {
  const named = ({ errors: all = [] }: { readonly errors?: Golden["errors"] }): string[] => [
    ...new Set(all.flatMap(({ stream, failure_type: type }) => (stream === null ? [] : [`${stream}: ${type}`]))),
  ];
  const some = (want.errors?.length ?? 0) > 0 && got.errors?.length === 0 ? ["no TRACE ERROR"] : [];
  return [...some, ...told("errors", difference(named(want).sort(), named(got).sort()))];
}

const rounded = (waits: readonly number[]): Json =>
  waits.map((seconds) => Math.round(seconds * 1000) / 1000).sort((a, b) => a - b);

/** Requests are a set. How far a check reads ahead is free. */
function requests(wanted: readonly SeenRequest[], seen: readonly SeenRequest[], lazy = false): string[] {
  const want = headersByRequest(wanted);
  const got = headersByRequest(seen);
  if (lazy) {
    if (wanted.length > 0 && seen.length === 0) return ["no request made"];
    return [...got].flatMap(([name, all]) => {
      const known = want.get(name) ?? all;
      const odd = [...all].filter((headers) => !known.has(headers));
      return odd.map((headers) => `headers of ${name}: want ${[...known].join(" or ")}, got ${headers}`);
    });
  }
  const missing = [...want.keys()].filter((name) => !got.has(name));
  const extra = [...got.keys()].filter((name) => !want.has(name));
  return [
    ...missing.map((name) => `not asked for: ${name}`),
    ...extra.map((name) => `the reference does not ask for: ${name}`),
    ...[...want].flatMap(([name, all]) => {
      const other = got.get(name);
      return other === undefined ? [] : told(`headers of ${name}`, difference([...all].sort(), [...other].sort()));
    }),
  ];
}

const FREE: ReadonlySet<string> = new Set(
  "user-agent accept accept-encoding accept-language connection content-length cookie host keep-alive sec-fetch-mode transfer-encoding".split(
    " ",
  ),
);

/** All headers that each request went out with: a token may have changed in between. */
function headersByRequest(all: readonly SeenRequest[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { method, path, query, body, headers } of all) {
    const name = `${method} ${path} ${textOf([query, body])}`;
    const kept = Object.entries(headers).filter(([header]) => !FREE.has(header));
    const text = textOf(Object.fromEntries(kept.map(([header, value]) => [header, headerValue(header, value)])));
    found.set(name, (found.get(name) ?? new Set()).add(text));
  }
  return found;
}

/** A signed token is compared by what it says, a content type without its parameters. */
function headerValue(name: string, value: string): string {
  if (name === "content-type") return value.split(";")[0]!.trim().toLowerCase();
  return value.trim().replaceAll(/([\w-]+)\.([\w-]+)\.[\w-]*/g, (all, ...[head, claims]: string[]) => {
    const parts = [head!, claims!].map((part) => jsonOf(Buffer.from(part, "base64url").toString()));
    return parts.includes(undefined) ? all : parts.map((part) => canonical(part)).join(".");
  });
}
