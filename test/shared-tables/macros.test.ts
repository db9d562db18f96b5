import { expect, test } from "vitest";
import { DateTime } from "../../packages/cdk/src/datetime/datetime.ts";
import { isoformat } from "../../packages/cdk/src/datetime/isoformat.ts";
import { failureType } from "../../packages/cdk/src/interpolation/failure.ts";
import { macros } from "../../packages/cdk/src/interpolation/macros.ts";
import { callMethod } from "../../packages/cdk/src/interpolation/value/call.ts";
import { repr } from "../../packages/cdk/src/interpolation/value/text.ts";
import { Float, entries, isObject, type Json } from "../../packages/cdk/src/json/value.ts";
import { Timedelta, totalSeconds } from "../../packages/cdk/src/datetime/timedelta.ts";
import type { Value } from "../../packages/cdk/src/interpolation/value/value.ts";
import { decode, rowsOf, type Row } from "./interpolation-rows.ts";

/** A result as the table writes it. */
function encode(value: Value): string {
  if (value instanceof DateTime) return repr({ $datetime: isoformat(value) });
  if (value instanceof Timedelta) return repr({ $seconds: new Float(totalSeconds(value)) });
  return repr(value);
}

function call({ fn, args, now }: Row): string {
  const macro = macros[fn];
  if (macro === undefined) return "no such macro";
  const run = { context: {}, parameters: undefined, now, variables: undefined };
  const named = new Map<string, Value>(entries(args).map(([name, value]: [string, Json]) => [name, decode(value)]));
  try {
    return encode(callMethod(fn, macro, run, [], named));
  } catch (error) {
    return `raises ${failureType(error) ?? String(error)}`;
  }
}

const rows = rowsOf("macros");

test.runIf(rows.length > 0)("macros come to what the reference makes of them", () => {
  const wanted = rows.map(({ fn, args, expected }) => {
    const raises = isObject(expected) ? expected["$raises"] : undefined;
    return `${fn}${repr(args)} ${raises === undefined ? repr(expected) : `raises ${repr(raises).slice(1, -1)}`}`;
  });
  expect(rows.map((row) => `${row.fn}${repr(row.args)} ${call(row)}`)).toEqual(wanted);
});
