import { expect, test } from "vitest";
import type { Message } from "../protocol/message.ts";
import { createLog, logLevel } from "./log.ts";

test.each([
  [undefined, false, "INFO"],
  ["", false, "INFO"],
  ["info", true, "DEBUG"],
  ["debug", false, "DEBUG"],
  ["Warning", false, "WARN"],
  ["CRITICAL", false, "FATAL"],
  ["trace", true, "TRACE"],
  ["loud", false, "INFO"],
])("LOG_LEVEL=%s, --debug %s: %s", (named, debug, level) => {
  expect(logLevel(named, debug)).toBe(level);
});

test.each([
  ["FATAL", []],
  ["ERROR", ["ERROR"]],
  ["WARN", ["ERROR", "WARN"]],
  ["INFO", ["ERROR", "WARN", "INFO"]],
  ["DEBUG", ["ERROR", "WARN", "INFO", "DEBUG"]],
] as const)("at %s are shown %j; the others are not even made", (level, expected) => {
  const sent: Message[] = [];
  const log = createLog(level, (message) => sent.push(message));
  let made = 0;
  for (const write of [log.error, log.warn, log.info, log.debug]) write(() => `text ${++made}`);
  expect(sent.map((message) => (message.type === "LOG" ? message.log.level : ""))).toEqual(expected);
  expect(made).toBe(expected.length);
});
