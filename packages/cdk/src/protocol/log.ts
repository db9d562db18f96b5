/** Writes LOG messages. A function in place of a text is only called when its level is shown. */
export interface Log {
  readonly error: (message: LogText) => void;
  readonly warn: (message: LogText) => void;
  readonly info: (message: LogText) => void;
  readonly debug: (message: LogText) => void;
}

export type LogText = string | (() => string);
