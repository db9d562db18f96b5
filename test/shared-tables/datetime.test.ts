import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatDatetime, parseDatetime } from "../../packages/cdk/src/datetime/datetime-format.ts";
import { DateTime, utcZone } from "../../packages/cdk/src/datetime/datetime.ts";
import { replace } from "../../packages/cdk/src/datetime/arithmetic.ts";
import { timestamp } from "../../packages/cdk/src/datetime/epoch.ts";
import { isoDatetimeInUtc, parseIsoDatetime } from "../../packages/cdk/src/datetime/iso-datetime.ts";
import { parseDuration } from "../../packages/cdk/src/datetime/iso-duration.ts";
import { isoformat } from "../../packages/cdk/src/datetime/isoformat.ts";
import { minMaxDatetime } from "../../packages/cdk/src/datetime/min-max-datetime.ts";
import { strftime } from "../../packages/cdk/src/datetime/strftime.ts";
import { strptime } from "../../packages/cdk/src/datetime/strptime.ts";
import { Timedelta, totalSeconds } from "../../packages/cdk/src/datetime/timedelta.ts";

const tables = new URL("../../../shared/tables/", import.meta.url);
const present = existsSync(tables);

type Value = string | number | null | { readonly $datetime: string };
interface Row {
  readonly fn: string;
  readonly component?: Record<string, unknown>;
  readonly args: Record<string, Value> & {
    readonly config?: Value;
    readonly additional_parameters?: Value;
  };
  readonly expected: unknown;
  readonly test: string;
}

function rowsOf(name: string): readonly Row[] {
  if (!present) return [];
  // The tables' own README says what they hold.
  return (JSON.parse(readFileSync(new URL(`${name}.json`, tables), "utf8")) as { rows: Row[] }).rows;
}

/** Templates beyond the lookup of a key belong to the template engine's own comparison. */
class NeedsTemplates extends Error {}

function render(template: unknown, scope: Readonly<Record<string, unknown>>): string {
  const source = typeof template === "string" ? template : "";
  if (!source.includes("{{")) return source;
  const [, name, index, member] = /^\{\{ (\w+)(?:\['(\w+)'\]|\.(\w+)) \}\}$/.exec(source) ?? [];
  if (name === undefined) throw new NeedsTemplates(source);
  const found = (scope[name] as Record<string, unknown> | undefined)?.[index ?? member ?? ""];
  return typeof found === "string" ? found : "";
}

function minMax({ component = {}, args }: Row): DateTime {
  const slice = (args["additional_parameters"] as { stream_slice?: unknown } | undefined)?.stream_slice;
  const parameters = component["parameters"];
  const scope = { config: args["config"], parameters, stream_slice: slice, stream_interval: slice };
  return minMaxDatetime(render(component["datetime"], scope), {
    format: typeof component["datetime_format"] === "string" ? component["datetime_format"] : undefined,
    minimum: render(component["min_datetime"], scope),
    maximum: render(component["max_datetime"], scope),
  });
}

function moment(value: Value | undefined): DateTime {
  if (typeof value !== "object" || value === null) throw new Error("the row has no moment");
  return parseIsoDatetime(value.$datetime);
}

function text(value: Value | undefined): string {
  if (typeof value !== "string") throw new Error("the row has no text");
  return value;
}

function formatMacro({ dt = null, format, input_format: input }: Record<string, Value>): string {
  if (typeof dt === "object" && dt !== null) return strftime(moment(dt), text(format));
  if (typeof dt === "number") return formatDatetime(parseDatetime(dt, text(input ?? "%s")), text(format));
  const read = input === null || input === undefined ? isoDatetimeInUtc(text(dt)) : strptime(text(dt), text(input));
  return formatDatetime(read.tz === undefined ? replace(read, { tz: utcZone }) : read, text(format));
}

const functions: Readonly<Record<string, (row: Row) => unknown>> = {
  "DatetimeParser.parse": ({ args }) => parseDatetime(args["date"] as string | number, text(args["format"])),
  "DatetimeParser.format": ({ args }) => formatDatetime(moment(args["dt"]), text(args["format"])),
  "MinMaxDatetime.get_datetime": minMax,
  format_datetime: ({ args }) => formatMacro(args),
  timestamp: ({ args: { dt } }) => (typeof dt === "number" ? Math.trunc(dt) : timestamp(isoDatetimeInUtc(text(dt)))),
  str_to_datetime: ({ args }) => isoDatetimeInUtc(text(args["s"])),
  duration: ({ args }) => parseDuration(text(args["datestring"])),
};

function outcome(row: Row): unknown {
  try {
    const value = functions[row.fn]!(row);
    if (value instanceof DateTime) return { $datetime: isoformat(value) };
    return value instanceof Timedelta ? { $seconds: totalSeconds(value) } : value;
  } catch (error) {
    if (error instanceof NeedsTemplates || !(error instanceof Error)) throw error;
    return { $raises: error.name, message: error.message };
  }
}

function needsTemplates(row: Row): boolean {
  try {
    functions[row.fn]!(row);
    return false;
  } catch (error) {
    return error instanceof NeedsTemplates;
  }
}

/** Rows left out on purpose. */
const leftOut: readonly [reason: string, applies: (row: Row) => boolean][] = [
  ["the unit test sets the format after making the object, which the row does not show", isSetLater],
  ["a template beyond a lookup is for the template engine's own comparison", needsTemplates],
];

function isSetLater({ test: source, component }: Row): boolean {
  return source.endsWith("::test_set_datetime_format") && component?.["datetime_format"] === undefined;
}

describe.skipIf(!present).each(["datetime", "macros"])("%s.json", (name) => {
  const rows = rowsOf(name).filter(
    (row) => functions[row.fn] !== undefined && !leftOut.some(([, applies]) => applies(row)),
  );
  test(`${rows.length} rows`, () => {
    expect(rows.map((row) => ({ ...row, expected: outcome(row) }))).toEqual(rows);
  });
});
