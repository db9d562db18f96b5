/** Writes LOG messages. A function in place of a text is only called when its level is shown. */
export interface Log {
  error(message: LogText): void;
  warn(message: LogText): void;
  info(message: LogText): void;
  debug(message: LogText): void;
}

export type LogText = string | (() => string);
