import type { DateTime } from "../datetime/datetime.ts";
import type { JsonObject } from "../json/value.ts";
import type { Value } from "./value/value.ts";

/**
 * The variables of a template by name: `config`, `record`, `response`, `stream_slice` … A function stands for a value
 * that is only made when a template reads it; it may be asked more than once.
 */
export interface Context {
  readonly [name: string]: Value | (() => Value) | undefined;
}

/** One evaluation of a template. */
export interface Run {
  readonly context: Context;
  readonly parameters: JsonObject | undefined;
  readonly now: () => DateTime;
  /** What the template has set at its top, where its blocks may read it. */
  readonly variables: Map<string, Value> | undefined;
}

/** Other names of variables: the reference gives them one value. */
const ALIASES: Readonly<Record<string, string | undefined>> = {
  stream_interval: "stream_slice",
  stream_partition: "stream_slice",
};

export function contextName(name: string): string {
  return (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined) ?? name;
}

/** The value of a variable as it is when read; undefined where the context has none of this name. */
export function contextReader(name: string): (run: Run) => Value | undefined {
  const key = contextName(name);
  const read = (context: Context): Value | undefined => {
    const found = context[key];
    return typeof found === "function" ? found() : found;
  };
  if (name === "parameters") return ({ parameters, context }) => parameters ?? read(context);
  // Names that every object of JavaScript has, such as `constructor`, mean what the caller gave, or nothing.
  if (key in Object.prototype) return ({ context }) => (Object.hasOwn(context, key) ? read(context) : undefined);
  return ({ context }) => read(context);
}

/** Whether the context gives a variable, not asking for its value. */
export function gives({ context, parameters }: Run, name: string): boolean {
  if (name === "parameters" && parameters !== undefined) return true;
  const key = contextName(name);
  return key in context && (!(key in Object.prototype) || Object.hasOwn(context, key));
}
