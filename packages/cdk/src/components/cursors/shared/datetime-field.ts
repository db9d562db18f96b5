import type { Scope } from "../../../component.ts";
import { subtract } from "../../../datetime/arithmetic.ts";
import type { Duration } from "../../../datetime/calendar-duration.ts";
import type { DateTime } from "../../../datetime/datetime.ts";
import { now } from "../../../datetime/epoch.ts";
import { parseDuration } from "../../../datetime/iso-duration.ts";
import { Timedelta, timedelta, toMicros } from "../../../datetime/timedelta.ts";
import { systemError } from "../../../errors.ts";
import { repr } from "../../../json/python-text.ts";
import { truthy } from "../../../json/truthy.ts";
import { copy, get, set, type Json, type JsonObject } from "../../../json/value.ts";
import { dayClamping, monthClamping, weekClamping, weekdays, type Clamping } from "./clamping.ts";
import { datetimeRange } from "./datetime-range.ts";
import type { CursorField, Field } from "./interval-cursor.ts";
import { momentScale } from "./moment-scale.ts";
import { momentSource, oncePerInstant, type MomentSpec } from "./moment-source.ts";

/** The part of a DatetimeBasedCursor that says what to read. */
export interface DatetimeSpec {
  readonly datetime_format: string;
  readonly cursor_datetime_formats?: readonly string[] | undefined;
  readonly start_datetime: MomentSpec;
  readonly end_datetime?: MomentSpec | undefined;
  readonly step?: string | undefined;
  readonly cursor_granularity?: string | undefined;
  readonly lookback_window?: string | undefined;
  readonly clamping?:
    { readonly target: string; readonly target_details?: Readonly<Record<string, unknown>> | undefined } | undefined;
  readonly is_compare_strictly: boolean;
}

export interface DatetimeField {
  readonly cursorField: CursorField<DateTime>;
  /** Evaluates what to read, once. Throws where a template gives nothing that can be read. */
  readonly field: () => Field<DateTime>;
  readonly lookBack: (state: JsonObject, seconds: number) => JsonObject;
}

export function datetimeField(
  spec: DatetimeSpec,
  name: string,
  borders: readonly [start: string, end: string],
  scope: Scope,
): DatetimeField {
  const { run } = scope;
  const stream = scope.stream.name;
  const fail = (what: string, cause?: unknown): Error => systemError(`Stream ${stream}: ${what}`, { stream, cause });
  const granularity = durationOf("cursor_granularity", spec.cursor_granularity, fail);
  const touching = granularity === undefined || isNothing(granularity) ? timedelta({ milliseconds: 1 }) : granularity;
  const scale = momentScale(spec.cursor_datetime_formats ?? [], spec.datetime_format, touching);
  const cursorField: CursorField<DateTime> = { stream, name, scale, log: (level, message) => run.log(level, message) };
  let made: Field<DateTime> | undefined;

  function make(): Field<DateTime> {
    const given = (text: string | undefined): boolean => text !== undefined && text !== "";
    if (given(spec.step) !== given(spec.cursor_granularity)) {
      throw fail(
        `step is ${spec.step ?? "not set"} and cursor_granularity is ${spec.cursor_granularity ?? "not set"}. Set both, or neither.`,
      );
    }
    const format = spec.datetime_format;
    const start = momentSource("start_datetime", spec.start_datetime, format, scope, fail);
    const end = spec.end_datetime && momentSource("end_datetime", spec.end_datetime, format, scope, fail);
    const range = datetimeRange({
      start: start(),
      end: end ? oncePerInstant(end) : now,
      lookback: durationOf("lookback_window", evaluated(spec.lookback_window, scope), fail),
      step: durationOf("step", evaluated(spec.step, scope), fail),
      granularity,
      ...clampingOf(spec.clamping, scope, fail),
      strict: spec.is_compare_strictly,
    });
    return { ...cursorField, borders, readToBorder: true, range };
  }

  return {
    cursorField,
    field: () => (made ??= make()),
    lookBack(state, seconds) {
      const value = get(state, name);
      const moment = value === undefined ? undefined : scale.read(value);
      if (moment === undefined) return state;
      const earlier = copy(state);
      set(earlier, name, scale.write(subtract(moment, timedelta({ seconds }))));
      return earlier;
    },
  };
}

/** Makes an error of the stream. */
export type Fail = (what: string, cause?: unknown) => Error;

function evaluated(source: string | undefined, scope: Scope): Json | undefined {
  return source === undefined || source === "" ? undefined : scope.template(source)({});
}

function durationOf(name: string, value: Json | undefined, fail: Fail): Duration | undefined {
  if (value === undefined || !truthy(value)) return undefined;
  try {
    return parseDuration(value);
  } catch (error) {
    throw fail(`${name} is ${repr(value)}, which is no ISO 8601 duration such as P1D or PT1H.`, error);
  }
}

function clampingOf(
  clamping: DatetimeSpec["clamping"],
  scope: Scope,
  fail: Fail,
): { readonly clamping: Clamping | undefined; readonly clampedUnit: Duration } {
  const day = timedelta({ days: 1 });
  if (clamping === undefined) return { clamping: undefined, clampedUnit: day };
  const target = scope.text(clamping.target)({});
  if (target === "DAY") return { clamping: dayClamping, clampedUnit: timedelta({ seconds: 1 }) };
  if (target === "MONTH") return { clamping: monthClamping, clampedUnit: day };
  if (target !== "WEEK") throw fail(`clamping.target is ${repr(target)}. It must be DAY, WEEK or MONTH.`);
  const weekday = clamping.target_details?.["weekday"];
  const index = weekdays.findIndex((name) => name === weekday);
  if (index >= 0) return { clamping: weekClamping(index), clampedUnit: day };
  throw fail(`clamping by WEEK needs target_details.weekday, one of ${weekdays.join(", ")}.`);
}

function isNothing(duration: Duration): boolean {
  return duration instanceof Timedelta && toMicros(duration) === 0n;
}
