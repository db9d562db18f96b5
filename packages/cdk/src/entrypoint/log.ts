import type { Log, LogText } from "../protocol/log.ts";
import { logMessage } from "../protocol/make-message.ts";
import type { Message } from "../protocol/message.ts";

const levels = ["FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"] as const;
export type Level = (typeof levels)[number];

/** The level that `LOG_LEVEL` names (`warning` is WARN), else INFO; DEBUG at least with `--debug`. */
export function logLevel(named: string | undefined, debug: boolean): Level {
  const wanted = (named ?? "").toUpperCase().replace("WARNING", "WARN").replace("CRITICAL", "FATAL");
  const level = levels.find((known) => known === wanted) ?? "INFO";
  return debug && level !== "TRACE" ? "DEBUG" : level;
}

/** Sends LOG messages of this level or a graver one. */
export function createLog(level: Level, emit: (message: Message) => void): Log {
  const shown = levels.slice(0, levels.indexOf(level) + 1);
  const write = (at: Level): ((message: LogText) => void) =>
    shown.includes(at)
      ? (message) => emit(logMessage(at, typeof message === "string" ? message : message()))
      : () => undefined;
  return { error: write("ERROR"), warn: write("WARN"), info: write("INFO"), debug: write("DEBUG") };
}
