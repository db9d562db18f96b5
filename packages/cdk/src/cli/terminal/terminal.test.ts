import { expect, test } from "vitest";
import { fakeTerminal } from "./fake-terminal-for-test.ts";
import { formatOf } from "./format.ts";
import { createProgress } from "./progress.ts";
import { createStyle, fit, widthOf } from "./style.ts";
import { table } from "./table.ts";
import { isColoured } from "./terminal.ts";
import { tree } from "./tree.ts";

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
])("colours on a terminal (%j) with %j: %j", (isTTY, env, expected) => {
  expect(isColoured(isTTY, env)).toBe(expected);
});

test("a coloured text is as wide as it looks", () => {
  const red = createStyle(true).red("hello");
  expect(red).toBe("\x1b[31mhello\x1b[39m");
  expect([widthOf(red), fit(red, 5), fit(red, 3)]).toEqual([5, red, "he…"]);
  expect(createStyle(false).red("hello")).toBe("hello");
});

test("a table has its numbers at the right, and fits", () => {
  const columns = [{ head: "stream" }, { head: "records", align: "right" as const }, { head: "message" }];
  const rows = [
    ["users", "12", "a message that goes on and on"],
    ["a", "3456", ""],
  ];
  expect(table(columns, rows, fakeTerminal("pipe"))).toBe(
    "stream  records  message\nusers        12  a message that goes on and on\na          3456\n",
  );
  const narrow = table(columns, rows, fakeTerminal("pipe", { width: 30 }));
  expect(narrow).toBe("stream  records  message\nusers        12  a message th…\na          3456\n");
});

test("a tree shows what belongs to what", () => {
  expect(
    tree([{ label: "a", children: [{ label: "b", children: [{ label: "c" }] }, { label: "d" }] }, { label: "e" }]),
  ).toBe("├─ a\n│  ├─ b\n│  │  └─ c\n│  └─ d\n└─ e\n");
});

test("progress is drawn in its place, not too often, and goes away", () => {
  const terminal = fakeTerminal("terminal");
  let now = 0;
  const progress = createProgress(terminal, () => now);
  progress.show(() => ["one", "two"]);
  now = 50;
  progress.show(() => ["too soon"]);
  now = 100;
  progress.show(() => ["three"]);
  progress.remark("a word\n");
  progress.clear();
  expect(terminal.rawErr()).toBe("one\ntwo\n\x1b[2A\x1b[0Jthree\n\x1b[1A\x1b[0Ja word\nthree\n\x1b[1A\x1b[0J");
  const pipe = fakeTerminal("pipe");
  const silent = createProgress(pipe);
  silent.show(() => ["nobody"]);
  silent.remark("a word\n");
  silent.clear();
  expect(pipe.rawErr()).toBe("a word\n");
});

test("the form is what was asked for, else one for whoever reads", () => {
  expect(formatOf("json", fakeTerminal("terminal"), "jsonl")).toBe("json");
  expect(formatOf(undefined, fakeTerminal("terminal"), "jsonl")).toBe("text");
  expect(formatOf(undefined, fakeTerminal("pipe"), "jsonl")).toBe("jsonl");
});
