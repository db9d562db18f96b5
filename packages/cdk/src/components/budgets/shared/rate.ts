import type { Scope } from "../../../component.ts";
import { configError } from "../../../errors.ts";
import { repr, str } from "../../../json/python-text.ts";
import type { JsonObject } from "../../../json/value.ts";
import { floatOf } from "../../backoff/shared/seconds.ts";
import { periodOf } from "./period.ts";

export interface Rate {
  readonly limit: number;
  /** Seconds. */
  readonly interval: number;
}

/** Reads a `Rate` of a manifest. */
export function createRate({ limit = null, interval = null }: JsonObject, scope: Scope): Rate {
  const value = scope.template(str(limit))({}) ?? null;
  const number = floatOf(value);
  if (number === undefined || !Number.isFinite(number)) {
    throw configError(`Rate.limit must come to an integer, but is ${repr(value)}.`);
  }
  return { limit: Math.trunc(number), interval: periodOf(str(interval), "Rate.interval") };
}
