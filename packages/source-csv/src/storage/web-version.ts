import type { HttpResponse } from "ferry-cdk/files";
import { changedMidway } from "./changed.ts";

/** What tells one version of a file from another, as far as the server says. */
export interface Version {
  readonly etag: string | undefined;
  readonly modified: string | undefined;
  readonly total: number | undefined;
}

export function versionOf(response: HttpResponse): Version {
  return {
    etag: response.headers.get("etag"),
    modified: response.headers.get("last-modified"),
    total: totalOf(response),
  };
}

/** @throws where an answer is of another version */
export function assertSame(before: Version, after: Version, place: string): void {
  for (const key of ["etag", "modified", "total"] as const) {
    const [one, other] = [before[key], after[key]];
    if (one !== undefined && other !== undefined && one !== other) throw changedMidway(place);
  }
}

/** What a later request may name so that the server sees to the version; a weak tag may not be. */
export function validatorOf({ etag, modified }: Version): string | undefined {
  return etag !== undefined && !etag.startsWith("W/") ? etag : modified;
}

export interface Range {
  readonly from: number;
  readonly total: number | undefined;
}

export function rangeOf({ headers }: HttpResponse): Range | undefined {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
  if (from === undefined) return undefined;
  return { from: Number(from), total: total === "*" ? undefined : Number(total) };
}

/** Whether bytes are counted as they are stored. */
export const isPlain = ({ headers }: HttpResponse): boolean =>
  ["identity", ""].includes((headers.get("content-encoding") ?? "").trim().toLowerCase());

function totalOf(response: HttpResponse): number | undefined {
  if (response.status === 206) return rangeOf(response)?.total;
  const length = response.headers.get("content-length");
  return length !== undefined && isPlain(response) ? Number(length) : undefined;
}
