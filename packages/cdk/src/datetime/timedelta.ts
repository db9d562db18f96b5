import { DateTimeFailure, overflowError } from "./failure.ts";

const million = 1_000_000n;
const maxSeconds = 1_000_000_000 * 86_400;

/** A span of time, exact to the microsecond; Python's `timedelta`. */
export class Timedelta {
  /** Whole seconds, rounded down. */
  readonly wholeSeconds: number;
  /** 0 to 999999, to be added. */
  readonly microseconds: number;

  constructor(wholeSeconds: number, microseconds: number) {
    if (!(wholeSeconds < maxSeconds && wholeSeconds >= 86_400 - maxSeconds)) {
      throw tooLarge(BigInt(Math.floor(wholeSeconds / 86_400)));
    }
    this.wholeSeconds = wholeSeconds;
    this.microseconds = microseconds;
  }

  /** Whole days, rounded down. */
  get days(): number {
    return Math.floor(this.wholeSeconds / 86_400);
  }

  /** 0 to 86399, beside the days. */
  get seconds(): number {
    return this.wholeSeconds - this.days * 86_400;
  }
}

export const zeroTimedelta: Timedelta = new Timedelta(0, 0);

type Unit = "microseconds" | "milliseconds" | "seconds" | "minutes" | "hours" | "days" | "weeks";
const microsIn: Readonly<Record<Unit, bigint>> = {
  microseconds: 1n,
  milliseconds: 1_000n,
  seconds: million,
  minutes: 60n * million,
  hours: 3_600n * million,
  days: 86_400n * million,
  weeks: 604_800n * million,
};
export type Span = Partial<Record<Unit, number | bigint>>;

/** The span of these parts, which may be negative or broken; rounded to the microsecond, a half to the even one. */
export function timedelta(parts: Span): Timedelta {
  let total = 0n;
  let rest = 0;
  // Python's order of summing, which shows in the last microsecond of broken parts.
  for (const [unit, size] of Object.entries(microsIn)) {
    const part = parts[unit as keyof typeof microsIn]; // Object.entries forgets the keys
    if (part === undefined) continue;
    if (typeof part === "bigint") {
      total += part * size;
      continue;
    }
    if (!Number.isFinite(part)) throw notFinite(part);
    const whole = Math.trunc(part);
    total += BigInt(whole) * size;
    if (whole === part) continue;
    const micros = (part - whole) * Number(size);
    const wholeMicros = Math.trunc(micros);
    total += BigInt(wholeMicros);
    rest += micros - wholeMicros;
  }
  return ofMicros(total + roundBeside(total, rest));
}

/** The span of so many microseconds. */
export function ofMicros(total: bigint): Timedelta {
  const micros = ((total % million) + million) % million;
  const seconds = (total - micros) / million;
  const days = seconds / 86_400n - (seconds < 0n && seconds % 86_400n !== 0n ? 1n : 0n);
  if (days > 999_999_999n || days < -999_999_999n) throw tooLarge(days);
  return new Timedelta(Number(seconds), Number(micros));
}

export function toMicros(span: Timedelta): bigint {
  return BigInt(span.wholeSeconds) * million + BigInt(span.microseconds);
}

/** Seconds as the nearest float. */
export function totalSeconds(span: Timedelta): number {
  return decimalSeconds(span.wholeSeconds, span.microseconds);
}

/** The float nearest to `seconds + micros / 1e6`, where micros is 0 to 999999; a sum of floats would round twice. */
export function decimalSeconds(seconds: number, micros: number): number {
  if (micros === 0) return seconds;
  const total = seconds * 1e6 + micros;
  if (Number.isSafeInteger(total)) return total / 1e6;
  if (seconds >= 0) return Number(`${seconds}.${String(micros).padStart(6, "0")}`);
  return -Number(`${-seconds - 1}.${String(1_000_000 - micros).padStart(6, "0")}`);
}

/** As Python's `str`: `1 day, 2:03:04.000005`. */
export function timedeltaText(span: Timedelta): string {
  const { days, seconds, microseconds } = span;
  const minute = Math.floor(seconds / 60);
  const clock = `${Math.floor(minute / 60)}:${two(minute % 60)}:${two(seconds % 60)}`;
  const fraction = microseconds === 0 ? "" : `.${String(microseconds).padStart(6, "0")}`;
  return `${days === 0 ? "" : `${days} day${Math.abs(days) === 1 ? "" : "s"}, `}${clock}${fraction}`;
}

export function timedeltaRepr({ days, seconds, microseconds }: Timedelta): string {
  const parts = Object.entries({ days, seconds, microseconds }).filter(([, value]) => value !== 0);
  return `datetime.timedelta(${parts.map(([name, value]) => `${name}=${value}`).join(", ") || "0"})`;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `rest` rounded so that its sum with `total` is even where it lies halfway. */
function roundBeside(total: bigint, rest: number): bigint {
  const low = Math.floor(rest);
  const up = rest - low > 0.5 || (rest - low === 0.5 && (total + BigInt(low)) % 2n !== 0n);
  return BigInt(up ? low + 1 : low);
}

function tooLarge(days: bigint): Error {
  if (days > 2_147_483_647n || days < -2_147_483_648n) return overflowError("Python int too large to convert to C int");
  return overflowError(`days=${days}; must have magnitude <= 999999999`);
}

function notFinite(part: number): Error {
  if (Number.isNaN(part)) return new DateTimeFailure("ValueError", "cannot convert float NaN to integer");
  return overflowError("cannot convert float infinity to integer");
}
