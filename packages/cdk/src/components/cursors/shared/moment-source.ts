import type { Ref, Scope } from "../../../component.ts";
import type { DateTime } from "../../../datetime/datetime.ts";
import { minMaxDatetime } from "../../../datetime/min-max-datetime.ts";
import { str } from "../../../json/python-text.ts";
import type { DatetimeSource } from "../../../roles.ts";
import type { Fail } from "./datetime-field.ts";

/** A moment that a manifest gives as a template, or as a MinMaxDatetime. */
export type MomentSpec = Ref<"datetime"> | string;

/** Evaluates the moment, in this format where it has none of its own. */
export function momentSource(
  name: string,
  source: MomentSpec,
  format: string,
  scope: Scope,
  fail: Fail,
): () => DateTime {
  const evaluate = typeof source === "string" ? plainSource(scope.template(source)) : scope.build(source);
  return () => {
    try {
      return evaluate({}, format);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw fail(`${name} cannot be read: ${detail}. Correct the config, or the format.`, error);
    }
  };
}

function plainSource(evaluate: ReturnType<Scope["template"]>): DatetimeSource {
  return (context, format) => minMaxDatetime(str(evaluate(context) ?? null), { format });
}

/** Evaluates anew only when the clock has moved: it is asked for with each record. */
export function oncePerInstant(evaluate: () => DateTime): () => DateTime {
  let at: number | undefined;
  let last: DateTime | undefined;
  return () => {
    const instant = Date.now();
    if (last === undefined || at !== instant) [at, last] = [instant, evaluate()];
    return last;
  };
}
