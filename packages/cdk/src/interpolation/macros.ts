import { randomUUID } from "node:crypto";
import { add, dateOf } from "../datetime/arithmetic.ts";
import { formatDatetime, parseDatetime } from "../datetime/datetime-format.ts";
import { DateTime } from "../datetime/datetime.ts";
import { timestamp } from "../datetime/epoch.ts";
import { parseDuration } from "../datetime/iso-duration.ts";
import { isoDatetimeInUtc } from "../datetime/iso-datetime.ts";
import { strftime } from "../datetime/strftime.ts";
import { strptime } from "../datetime/strptime.ts";
import { timedelta } from "../datetime/timedelta.ts";
import { pytzUtc, toNamedZone } from "../datetime/zone.ts";
import { replace } from "../datetime/arithmetic.ts";
import { float } from "../json/value.ts";
import type { Run } from "./context.ts";
import { fail, typeError, valueError } from "./failure.ts";
import { quotePlus } from "./text/quote.ts";
import { truncate } from "./text/numbers.ts";
import { method, textArgument, wholeMethod, type Method } from "./value/call.ts";
import { iterate, sizeOf } from "./value/iterate.ts";
import { isFloat, isInteger, isText, typeName } from "./value/kind.ts";
import { numberOf } from "./value/number.ts";
import { before } from "./value/order.ts";
import { repr, str } from "./value/text.ts";
import { truthy } from "./value/truth.ts";
import { raiseUndefined } from "./value/undefined.ts";
import { Undefined, type Value } from "./value/value.ts";

/** The functions that the manifest language adds to templates. */
export const macros: Readonly<Record<string, Method<Run>>> = {
  now_utc: method(0, 0, ({ now }) => now()),
  today_utc: method(0, 0, ({ now }) => dateOf(now())),
  today_with_timezone: method(1, 1, ({ now }, name) => dateOf(toNamedZone(now(), zoneName(name!))), ["timezone"]),
  timestamp: method(1, 1, (_run, value) => epoch(value!), ["dt"]),
  str_to_datetime: method(1, 1, (_run, text) => moment(text!), ["s"]),
  duration: method(1, 1, (_run, text) => parseDuration(plainText(text!)), ["datestring"]),
  day_delta: method(
    1,
    2,
    ({ now }, days, format = "%Y-%m-%dT%H:%M:%S.%f%z") => {
      const number = numberOf(days);
      if (number === undefined) throw typeError(`unsupported type for timedelta days component: ${typeName(days!)}`);
      return strftime(add(now(), timedelta({ days: number })), textArgument(format, "strftime() argument 1"));
    },
    ["num_days", "format"],
  ),
  format_datetime: method(2, 3, (_run, value, format, input) => formatMoment(value!, format!, input), [
    "dt",
    "format",
    "input_format",
  ]),
  max: wholeMethod((_run, given, named) => extreme("max", given, named.size, (a, b) => before(b, a))),
  min: wholeMethod((_run, given, named) => extreme("min", given, named.size, (a, b) => before(a, b))),
  sanitize_url: method(1, 1, (_run, value) => quotePlus(textArgument(value, "quote_from_bytes() argument")), ["value"]),
  camel_case_to_snake_case: method(
    1,
    1,
    (_run, value) =>
      textArgument(value, "expected string or bytes-like object,")
        .replace(/(?<!^)(?=[A-Z])/g, "_")
        .toLowerCase(),
    ["value"],
  ),
  generate_uuid: method(0, 0, () => randomUUID()),
};

function plainText(value: Value): string {
  if (isText(value)) return str(value);
  throw typeError(`Expecting a string ${str(value)}`);
}

function zoneName(value: Value): string {
  if (isText(value)) return str(value);
  throw fail("UnknownTimeZoneError", repr(value));
}

/** An ISO 8601 text as a moment in UTC. */
function moment(value: Value): DateTime {
  if (value instanceof Undefined) raiseUndefined(value);
  if (isText(value)) return isoDatetimeInUtc(str(value));
  if ((sizeOf(value) ?? 4) < 4) throw valueError("ISO string too short");
  throw typeError(`object of type '${typeName(value)}' has no len()`);
}

function epoch(value: Value): Value {
  if (isInteger(value)) return numberOf(value)!;
  if (isFloat(value)) return truncate(Number(numberOf(value)));
  return float(timestamp(moment(value)));
}

function formatMoment(value: Value, format: Value, inputFormat: Value = null): string {
  const wanted = (): string => textArgument(format, "strftime() argument 1");
  if (value instanceof DateTime) return strftime(value, wanted());
  const given = truthy(inputFormat) ? textArgument(inputFormat, "format") : undefined;
  if (isInteger(value)) return formatDatetime(parseDatetime(numberOf(value)!, given ?? "%s"), wanted());
  if (given === undefined) return formatDatetime(moment(value), wanted());
  const parsed = strptime(textArgument(value, "strptime() argument 1"), given);
  return formatDatetime(parsed.offset === undefined ? replace(parsed, { tz: pytzUtc }) : parsed, wanted());
}

function extreme(name: string, given: readonly Value[], named: number, better: (a: Value, b: Value) => boolean): Value {
  if (named > 0) throw typeError(`${name}() got an unexpected keyword argument`);
  const [first] = given;
  if (first === undefined) throw typeError(`${name} expected at least 1 argument, got 0`);
  let best: Value | undefined;
  for (const item of given.length === 1 ? iterate(first) : given) {
    if (best === undefined || better(item, best)) best = item;
  }
  if (best === undefined) throw valueError(`${name}() arg is an empty sequence`);
  return best;
}
