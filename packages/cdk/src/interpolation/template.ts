import type { DateTime } from "../datetime/datetime.ts";
import { now } from "../datetime/epoch.ts";
import type { ConnectorError } from "../errors.ts";
import type { Json, JsonObject } from "../json/value.ts";
import { compile, type Compiled } from "./compile/template.ts";
import { gives, type Context, type Run } from "./context.ts";
import { explain, explainSyntax, stateIsGone, unknownVariable } from "./explain.ts";
import { failureType } from "./failure.ts";
import { settle, settleText, type LiteralType } from "./settle.ts";

export type { Context } from "./context.ts";
export type { LiteralType } from "./settle.ts";

/** A variable, and the members looked at in it: `["response", "data", "next"]`; the variable alone stands for all of it. */
export type Read = readonly [variable: string, ...members: (string | number)[]];

/** A template, or several, made ready to be evaluated. */
export interface Evaluation<Result> {
  /** Throws a ConnectorError that names the template and what is wrong. */
  (context: Context): Result;
  /** What it looks at in the context. */
  readonly reads: readonly Read[];
  /** Why it cannot be evaluated at all; then every call throws this. */
  readonly error: ConnectorError | undefined;
}

export interface Template extends Evaluation<Json> {
  readonly source: string;
  /** Whether there is nothing to evaluate in it. */
  readonly constant: boolean;
}

export interface TemplateOptions {
  /** The `parameters` of the component; without them the context gives the variable. */
  readonly parameters?: JsonObject | undefined;
  /** Evaluated in place of a template that comes to nothing. */
  readonly default?: string | undefined;
  /** The types that a literal may have; what is of another stays text. */
  readonly validTypes?: readonly LiteralType[] | undefined;
  /** The clock. */
  readonly now?: (() => DateTime) | undefined;
}

/**
 * Makes a template ready. Its result is what Python's literal evaluation makes of the text that it comes to: `"5"` is
 * an integer, `"[1, 2]"` a list, any other text stays one. It is null when nothing comes of it and there is no default.
 * A template that adds apples to pears (a TypeError in Python) comes to its own source.
 *
 * @example compileTemplate("{{ response.next }}")({ response: { next: 2 } }) // 2
 */
export function compileTemplate(source: string, options: TemplateOptions = {}): Template {
  const { parameters, validTypes, now: clock = now, default: fallback } = options;
  const main = prepare(source);
  const other = fallback === undefined || fallback === source ? main : prepare(fallback);

  const evaluate = (context: Context): Json => {
    const run: Run = { context, parameters, now: clock, variables: undefined };
    let result: Json | undefined;
    try {
      result = main.evaluate(run, validTypes);
    } catch (error) {
      if (failureType(error) !== "UndefinedError") throw explain(error, source);
    }
    if (result !== undefined) return result;
    if (fallback === undefined) return null;
    try {
      const second = other.evaluate(run, validTypes);
      return second === undefined ? "" : second;
    } catch (error) {
      throw explain(error, fallback);
    }
  };
  return Object.assign(evaluate, {
    source,
    constant: main.constant,
    reads: other === main ? main.reads : [...main.reads, ...other.reads],
    error: main.error,
  });
}

interface Prepared {
  /** Undefined when nothing comes of it. */
  evaluate(run: Run, validTypes: readonly LiteralType[] | undefined): Json | undefined;
  readonly constant: boolean;
  readonly reads: readonly Read[];
  readonly error: ConnectorError | undefined;
}

const prepared = new Map<string, Prepared>();
const MOST_PREPARED = 5000;

/** Made ready once for all who ask: what is ready keeps no state. */
function prepare(source: string): Prepared {
  let known = prepared.get(source);
  if (known !== undefined) return known;
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  prepared.set(source, (known = prepareAnew(source)));
  return known;
}

function prepareAnew(source: string): Prepared {
  if (source.includes("stream_state")) return broken(stateIsGone(source));
  const text = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  const trimmed = text.endsWith("\n") ? text.slice(0, -1) : text;
  if (!/\{[{%#]/.test(trimmed)) return plain(trimmed);
  let compiled: Compiled;
  try {
    compiled = compile(trimmed);
  } catch (error) {
    return broken(explainSyntax(error, source));
  }
  const { render, needed, reads } = compiled;
  if (compiled.text !== undefined) return plain(compiled.text);
  return {
    constant: false,
    reads,
    error: undefined,
    evaluate(run, validTypes) {
      for (const name of needed) if (!gives(run, name)) throw unknownVariable(name, run, source);
      try {
        return settle(render(run), validTypes);
      } catch (error) {
        // As the reference does: it takes the error for a sign that this was no template.
        if (failureType(error) === "TypeError") return settleText(source, validTypes);
        throw error;
      }
    },
  };
}

/** A text with nothing to evaluate in it. */
function plain(text: string): Prepared {
  return {
    constant: true,
    reads: [],
    error: undefined,
    evaluate: (_run, validTypes) => settleText(text, validTypes),
  };
}

function broken(error: ConnectorError): Prepared {
  return {
    constant: false,
    reads: [],
    error,
    evaluate() {
      throw error;
    },
  };
}
