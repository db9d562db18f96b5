import { add, difference, subtract } from "../../datetime/arithmetic.ts";
import { CalendarDuration, type Duration } from "../../datetime/calendar-duration.ts";
import { DateTime, PlainDate } from "../../datetime/datetime.ts";
import {
  addDurations,
  divide,
  divideDown,
  multiply,
  multiplyCalendar,
  negate,
  quotient,
  remainder,
  subtractDurations,
  wholeQuotient,
} from "../../datetime/duration-arithmetic.ts";
import { Timedelta } from "../../datetime/timedelta.ts";
import { float, integer } from "../../json/value.ts";
import { isDuration, isTime } from "../value/equal.ts";
import { isFloat, isInteger } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import type { Value } from "../value/value.ts";

export function addTimes(a: Value, b: Value): Value | undefined {
  if (isTime(a) && isDuration(b)) return add(a, b);
  if (isDuration(a) && isTime(b)) return add(b, a);
  return isDuration(a) && isDuration(b) ? addDurations(a, b) : undefined;
}

export function subtractTimes(a: Value, b: Value): Value | undefined {
  if (isTime(a) && isDuration(b)) return subtract(a, b);
  if (a instanceof DateTime && b instanceof DateTime) return difference(a, b);
  if (a instanceof PlainDate && b instanceof PlainDate) return difference(a, b);
  return isDuration(a) && isDuration(b) ? subtractDurations(a, b) : undefined;
}

export function multiplyTimes(a: Value, b: Value): Value | undefined {
  const [duration, factor] = isDuration(a) ? [a, b] : [b, a];
  if (!isDuration(duration)) return undefined;
  if (duration instanceof CalendarDuration) {
    return isInteger(factor) ? multiplyCalendar(duration, Number(factor)) : undefined;
  }
  return isInteger(factor) || isFloat(factor) ? multiply(duration, Number(numberOf(factor))) : undefined;
}

export function divideTimes(a: Value, b: Value): Value | undefined {
  if (!(a instanceof Timedelta)) return undefined;
  if (b instanceof Timedelta) return float(quotient(a, b));
  return isInteger(b) || isFloat(b) ? divide(a, Number(numberOf(b))) : undefined;
}

export function floorDivideTimes(a: Value, b: Value): Value | undefined {
  if (!(a instanceof Timedelta)) return undefined;
  if (b instanceof Timedelta) return integer(wholeQuotient(a, b));
  return isInteger(b) ? divideDown(a, BigInt(numberOf(b) ?? 0)) : undefined;
}

export function moduloTimes(a: Value, b: Value): Value | undefined {
  return a instanceof Timedelta && b instanceof Timedelta ? remainder(a, b) : undefined;
}

export function negateTime(duration: Duration): Duration {
  return negate(duration);
}
