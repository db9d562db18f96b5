import { configError, isConnectorError, systemError, type ConnectorError } from "../errors.ts";
import { contextName, type Run } from "./context.ts";
import { failureType, placeOf } from "./failure.ts";
import { globalNames } from "./globals.ts";
import { nearest } from "../protocol/nearest.ts";

const LONGEST = 200;

/** What went wrong while a template was evaluated, in words for the user. */
export function explain(error: unknown, source: string): unknown {
  const type = failureType(error);
  if (type === undefined)
    return isConnectorError(error) || !(error instanceof RangeError) ? error : tooMuch(error, source);
  const message = error instanceof Error ? error.message : String(error);
  return systemError(`The template ${quoted(source)} failed${where(source, placeOf(error))}: ${message}`, {
    code: "template-failed",
    internal: `${type}: ${message}`,
    cause: error,
  });
}

/** What is wrong with the text of a template. */
export function explainSyntax(error: unknown, source: string): ConnectorError {
  const place = placeOf(error);
  if (place === undefined && !(error instanceof RangeError)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return systemError(`The template ${quoted(source)} is wrong${where(source, place)}: ${message}`, {
    code: "template-syntax",
    internal: message,
    cause: error,
  });
}

export function stateIsGone(source: string): ConnectorError {
  return configError(
    `The template ${quoted(source)} uses stream_state, which templates no longer see. Use stream_interval instead.`,
    { code: "template-stream-state" },
  );
}

export function unknownVariable(name: string, { context, parameters }: Run, source: string): ConnectorError {
  const known = [...new Set([...Object.keys(context), ...(parameters === undefined ? [] : ["parameters"])])].sort();
  const near = nearest(name, [...known, ...globalNames()]);
  const hint = near === undefined ? "" : ` Did you mean '${near}'?`;
  return systemError(
    `The template ${quoted(source)} uses the variable '${name}', which is not known here.${hint} ` +
      `It may use ${known.join(", ")}.`,
    { code: "template-unknown-variable", internal: `undeclared variable '${contextName(name)}'` },
  );
}

function tooMuch(error: RangeError, source: string): ConnectorError {
  return systemError(`The template ${quoted(source)} asks for too much: ${error.message}`, {
    code: "template-failed",
    cause: error,
  });
}

function quoted(source: string): string {
  const shown = source.length > LONGEST ? `${source.slice(0, LONGEST)}…` : source;
  return JSON.stringify(shown);
}

function where(source: string, at: number | undefined): string {
  if (at === undefined) return "";
  const before = source.replace(/\r\n?/g, "\n").slice(0, at);
  const line = before.split("\n").length;
  const column = before.length - before.lastIndexOf("\n");
  return line === 1 && !source.includes("\n") ? ` at column ${column}` : ` at line ${line}, column ${column}`;
}
