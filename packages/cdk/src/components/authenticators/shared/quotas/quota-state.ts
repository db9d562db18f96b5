import { parseAnyDatetime } from "../../../../datetime/airbyte-datetime.ts";
import { timestamp } from "../../../../datetime/epoch.ts";
import { systemError } from "../../../../errors.ts";
import type { HttpResponse } from "../../../../http/types.ts";
import { parseInteger } from "../../../../interpolation/text/numbers.ts";
import { repr } from "../../../../json/python-text.ts";
import { Float, get, isObject, type Json } from "../../../../json/value.ts";
import type { Quota } from "./quota.ts";

/** What is known of one token's quota. */
export interface QuotaState {
  remaining: number;
  /** Seconds since 1970. */
  resetAt: number;
  limit: number;
  /** Whether anybody counts. Where nobody does, `remaining` is 0 and there is nothing to wait for. */
  readonly tracked: boolean;
}

export const untracked = (): QuotaState => ({ remaining: 0, resetAt: Date.now() / 1000, limit: 0, tracked: false });

/** The state that a quota status tells. */
export function readState(status: Json, quota: Quota): QuotaState {
  const value = (path: readonly string[], what: string): Json => {
    let place: Json | undefined = status;
    for (const name of path) place = place !== undefined && isObject(place) ? get(place, name) : undefined;
    if (place !== undefined) return place;
    throw systemError(`The quota status has no ${what} of the quota "${quota.name}" at ${path.join(".")}.`);
  };
  const number = (path: readonly string[], what: string): number => {
    const given = value(path, what);
    const count = integerOf(given);
    if (count !== undefined) return count;
    throw systemError(`The quota status says that the ${what} of the quota "${quota.name}" is ${repr(given)}.`);
  };
  const reset = value(quota.resetPath, "reset");
  const resetAt = instantOf(reset);
  if (resetAt === undefined) {
    throw systemError(`The quota status says that the reset of the quota "${quota.name}" is ${repr(reset)}.`);
  }
  const remaining = number(quota.remainingPath, "remaining");
  const limit = quota.limitPath.length > 0 ? number(quota.limitPath, "limit") : remaining;
  return { remaining, resetAt, limit, tracked: true };
}

const SKEW = 60;

/** What an answer's headers and status say of the quota that its request was charged to. */
export function updateState(state: QuotaState, quota: Quota, response: HttpResponse): void {
  const header = (name: string): string | undefined => (name === "" ? undefined : response.headers.get(name));
  const isExhausted = quota.exhaustedBy.has(response.status);
  const remaining = integerOf(header(quota.remainingHeader)) ?? (isExhausted ? 0 : undefined);
  const resetAt = instantOf(header(quota.resetHeader));
  const limit = integerOf(header(quota.limitHeader));
  if (!state.tracked) return;
  // An answer of an older window says nothing of this one's limit.
  if (limit !== undefined && limit > 0 && (resetAt === undefined || resetAt >= state.resetAt)) state.limit = limit;
  if (resetAt !== undefined && resetAt > state.resetAt) {
    state.resetAt = resetAt;
    state.remaining = remaining ?? state.limit;
    return;
  }
  if (remaining === undefined) return;
  // Within a window the count only falls: answers come out of order. One of an older window does not count, unless it
  // is a refusal.
  const isOfWindow = resetAt === undefined || resetAt >= state.resetAt - SKEW;
  if (isOfWindow || (remaining <= 0 && isExhausted)) state.remaining = Math.min(state.remaining, remaining);
}

/** What Python's `int` makes of it; undefined where it makes nothing. */
function integerOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (value instanceof Float) return Number.isFinite(value.value) ? value.value : undefined;
  if (typeof value !== "string") return undefined;
  try {
    return Number(parseInteger(value));
  } catch {
    return undefined; // no integer
  }
}

function instantOf(value: Json | undefined): number | undefined {
  if (value === undefined) return undefined;
  try {
    return timestamp(parseAnyDatetime(value));
  } catch {
    return undefined; // no date
  }
}
