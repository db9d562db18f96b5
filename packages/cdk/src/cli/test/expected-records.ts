import { relative } from "node:path";
import { readText } from "../../entrypoint/inputs.ts";
import { configError } from "../../errors.ts";
import { JsonError } from "../../json/json-error.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { entries, fromEntries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Problem } from "../../testing/checks/problem.ts";
import type { ExpectedRecords, TestEntry } from "./acceptance-config.ts";
import { markOf } from "./read-run.ts";

/** Compares records with those that a file of lines `{"stream": …, "data": …}` expects. */
export interface RecordExpectation {
  observe(stream: string, data: JsonObject): void;
  end(): readonly Problem[];
}

interface Expected {
  readonly data: JsonObject;
  /** As {@link markOf} gives it, without the fields to ignore. */
  readonly mark: string;
  readonly line: number;
  isFound: boolean;
}

/** @throws a config error where the file cannot be read */
export async function expectRecords(
  { path = "", exactOrder, extraFields, extraRecords }: ExpectedRecords,
  { ignoredFields }: Pick<TestEntry, "ignoredFields">,
): Promise<RecordExpectation> {
  const shown = relative(process.cwd(), path);
  const streams = new Map<string, Expected[]>();
  for (const [index, text] of (await readText("expected records", path)).split("\n").entries()) {
    if (text.trim() === "") continue;
    const { stream, data } = lineOf(text, `${shown}:${index + 1}`);
    const known = streams.get(stream);
    const mark = markOf(data, ignoredFields.get(stream) ?? []);
    const expected = { data, mark, line: index + 1, isFound: false };
    if (known === undefined) streams.set(stream, [expected]);
    else known.push(expected);
  }
  const problems: Problem[] = [];
  const counts = new Map<string, number>();

  return {
    observe(stream, data) {
      const expected = streams.get(stream);
      if (expected === undefined) return;
      const at = counts.get(stream) ?? 0;
      counts.set(stream, at + 1);
      const ignored = ignoredFields.get(stream) ?? [];
      const whole = extraFields ? undefined : markOf(data, ignored);
      const fits = (one: Expected): boolean => one.mark === (whole ?? markOf(cut(data, one.data), ignored));
      const found = exactOrder
        ? [expected[at]].find((one) => one !== undefined && fits(one))
        : expected.find((one) => !one.isFound && fits(one));
      if (found !== undefined) found.isFound = true;
      else if (!extraRecords && problems.length < 20) {
        problems.push({
          rule: "expected",
          stream,
          message: `Record ${at + 1} is not among the expected ones: ${short(data)}`,
        });
      }
    },
    end: () => [
      ...problems,
      ...[...streams].flatMap(([stream, expected]) =>
        expected
          .filter(({ isFound }) => !isFound)
          .slice(0, 5)
          .map(({ line, data }) => ({
            rule: "expected",
            stream,
            message: `${shown}:${line}: this record did not come${exactOrder ? " in its place" : ""}: ${short(data)}`,
          })),
      ),
    ],
  };
}

function lineOf(text: string, place: string): { stream: string; data: JsonObject } {
  let told: Json;
  try {
    told = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw configError(`${place} is not valid JSON: ${error.message}`);
  }
  const stream = isObject(told) ? get(told, "stream") : undefined;
  const data = isObject(told) ? get(told, "data") : undefined;
  if (typeof stream !== "string" || !isObject(data)) {
    throw configError(`${place} must be an object with "stream" and "data".`);
  }
  return { stream, data };
}

/** A value with those members only that are expected. */
function cut(value: Json, expected: Json): JsonObject {
  return cutTo(value, expected) as JsonObject; // of an object comes an object
}

function cutTo(value: Json, expected: Json): Json {
  if (isList(value) && isList(expected)) return value.map((item, index) => cutTo(item, expected[index] ?? null));
  if (!isObject(value) || !isObject(expected)) return value;
  return fromEntries(
    entries(value).flatMap(([name, member]) => {
      const wanted = get(expected, name);
      return wanted === undefined ? [] : [[name, cutTo(member, wanted)] as const];
    }),
  );
}

function short(data: JsonObject): string {
  const text = printJson(data);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
