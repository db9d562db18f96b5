import type { z } from "zod";
import type { Scope } from "../../component.ts";
import { configError } from "../../errors.ts";
import { repr, str } from "../../json/python-text.ts";
import { floatOf } from "../backoff/shared/seconds.ts";
import { periodOf } from "./shared/period.ts";

/** So many calls in any time of such a length. It has no type of its own in a manifest. */
export interface Rate {
  readonly limit: number;
  /** Seconds. */
  readonly interval: number;
}

export interface RateSpec {
  readonly limit: number | string;
  readonly interval: string;
}

export const rateSchema = (zod: typeof z): z.ZodType<RateSpec> =>
  zod.looseObject({
    limit: zod.union([zod.int(), zod.string()]).describe("How many calls are allowed. May see: config."),
    interval: zod.string().describe("In which time, as an ISO 8601 duration such as PT1H."),
  });

export function createRate({ limit, interval }: RateSpec, scope: Scope): Rate {
  const value = scope.template(str(limit))({}) ?? null;
  const number = floatOf(value);
  if (number === undefined || !Number.isFinite(number)) {
    throw configError(`Rate.limit must come to an integer, but is ${repr(value)}.`);
  }
  return { limit: Math.trunc(number), interval: periodOf(interval, "Rate.interval") };
}
