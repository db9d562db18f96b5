import { parseAnyDatetime } from "../../../../datetime/airbyte-datetime.ts";
import { add, compare } from "../../../../datetime/arithmetic.ts";
import type { DateTime } from "../../../../datetime/datetime.ts";
import { now } from "../../../../datetime/epoch.ts";
import { timedelta } from "../../../../datetime/timedelta.ts";
import { configError, systemError } from "../../../../errors.ts";
import { parseFloatText } from "../../../../interpolation/text/numbers.ts";
import { str } from "../../../../json/python-text.ts";
import { truthy } from "../../../../json/truthy.ts";
import { get, isList, isObject, keys, type Json } from "../../../../json/value.ts";

/** What a token endpoint gave. */
export interface FreshToken {
  readonly accessToken: string;
  readonly expiry: DateTime;
  readonly refreshToken: Json | undefined;
}

/** The members of the answer to look for. */
export interface AnswerNames {
  readonly accessToken: string;
  readonly expiresIn: string;
  /** Undefined where the answer's refresh token is not kept. */
  readonly refreshToken: string | undefined;
  /** Whether the expiry is a moment, not a number of seconds. */
  readonly expiryIsMoment: boolean;
}

/** Reads a token endpoint's answer. `expiry` is when the token before this one expires: that stays where no other is said. */
export function readToken(answer: Json, names: AnswerNames, expiry: DateTime | undefined): FreshToken {
  const accessToken = findMember(answer, names.accessToken);
  if (accessToken === undefined || !truthy(accessToken)) {
    throw systemError(
      `The token endpoint's answer has no "${names.accessToken}". Is \`access_token_name\` the name it goes by there?`,
    );
  }
  const stated = findMember(answer, names.expiresIn);
  return {
    accessToken: str(accessToken),
    expiry: stated === undefined ? lasting(expiry) : readExpiry(stated, names),
    refreshToken: names.refreshToken === undefined ? undefined : findMember(answer, names.refreshToken),
  };
}

/** An hour is a middle way between needless refreshes and requests with a dead token. */
function lasting(expiry: DateTime | undefined): DateTime {
  const moment = now();
  return expiry !== undefined && compare(moment, expiry) <= 0 ? expiry : add(moment, timedelta({ hours: 1 }));
}

function readExpiry(stated: Json, { expiresIn, expiryIsMoment }: AnswerNames): DateTime {
  const text = str(stated);
  try {
    if (expiryIsMoment) return parseAnyDatetime(text);
    return add(now(), timedelta({ seconds: wholeSeconds(text) }));
  } catch (cause) {
    const right = expiryIsMoment
      ? "a date and time"
      : "a number of seconds (state `token_expiry_date_format` for a date)";
    throw systemError(`The token endpoint's answer has "${expiresIn}": ${text}, where ${right} was expected.`, {
      cause,
    });
  }
}

function wholeSeconds(text: string): number {
  const seconds = parseFloatText(text);
  return Math.trunc(typeof seconds === "number" ? seconds : seconds.value);
}

const DEEPEST = 5;

/** The first member of this name, looked for at each level before the levels below it; null counts as none. */
export function findMember(value: Json, name: string, depth: number = 0): Json | undefined {
  if (depth > DEEPEST) {
    throw configError(`The token endpoint's answer is nested too deep to find "${name}" in it.`);
  }
  if (isList(value)) return firstOf(value, name, depth);
  if (!isObject(value)) return undefined;
  const member = get(value, name);
  if (member !== undefined) return member ?? undefined;
  return firstOf(
    keys(value).map((key) => value[key]!),
    name,
    depth,
  );
}

function firstOf(values: readonly Json[], name: string, depth: number): Json | undefined {
  for (const value of values) {
    const found = findMember(value, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
