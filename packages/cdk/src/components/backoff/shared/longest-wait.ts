import type { Scope } from "../../../component.ts";
import { systemError, transientError } from "../../../errors.ts";
import { repr, str } from "../../../json/python-text.ts";
import type { Json } from "../../../json/value.ts";
import { floatOf } from "./seconds.ts";

/**
 * Makes the check of `max_waiting_time_in_seconds`: it passes a wait on, and fails the stream in place of one as long as
 * that or longer. What the field says is looked at when the component is built, too, as a mistake in it would otherwise
 * show at the first rate limit only.
 */
export function longestWait(limit: Json | undefined, scope: Scope): (seconds: number) => number {
  if (limit === undefined) return (seconds) => seconds;
  const evaluate = scope.template(str(limit));
  const most = (): number => {
    const seconds = floatOf(evaluate({}));
    if (seconds !== undefined && Number.isFinite(seconds)) return seconds;
    throw systemError("The connector does not know how long it may wait for a rate limit to clear.", {
      stream: scope.stream.name,
      internal: `max_waiting_time_in_seconds ${repr(limit)} does not come to a number: ${repr(evaluate({}) ?? null)}`,
    });
  };
  most();
  return (seconds) => {
    const cap = most();
    if (seconds < cap) return seconds;
    throw transientError("The API asks for a longer wait than the connector may take.", {
      stream: scope.stream.name,
      internal: `A wait of ${seconds} s is asked for; max_waiting_time_in_seconds is ${cap}.`,
    });
  };
}
