import { createHash } from "node:crypto";
import { printJson } from "../../json/print.ts";
import { get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { ConfiguredAirbyteStream } from "../../protocol/messages.gen.ts";
import type { ProblemList } from "./problem.ts";

export interface RecordCheck {
  observe(data: JsonObject): void;
  count(): number;
}

/** Checks the records of a stream: by their schema, and their primary keys. Of each key a few bytes are kept. */
export function createRecordCheck(
  stream: string,
  keys: readonly (readonly string[])[],
  schemaProblems: ((value: Json) => readonly string[]) | undefined,
  problems: ProblemList,
): RecordCheck {
  let count = 0;
  const seen = new Set<string>();
  const told = new Set<string>();
  return {
    count: () => count,
    observe(data) {
      count++;
      for (const message of schemaProblems?.(data) ?? []) {
        // The same fault of another record says nothing new.
        const kind = message.replace(/\d+/g, "0").replace(/"(?:[^"\\]|\\.)*"/g, '""');
        if (told.has(kind)) continue;
        told.add(kind);
        problems.add({ rule: "schema", stream, message: `Record ${count}: ${message}` });
      }
      if (keys.length === 0) return;
      const values = keys.map((path) => valueAt(data, path));
      const missing = keys.filter((_, index) => values[index] === undefined || values[index] === null);
      if (missing.length > 0) {
        const names = missing.map((path) => path.join(".")).join(", ");
        problems.add({
          rule: "primary-key",
          stream,
          message: `Record ${count} has no ${names}, of which its primary key is made.`,
        });
        return;
      }
      const text = printJson(values as Json[]); // none is undefined
      const mark = text.length <= 24 ? text : createHash("sha1").update(text).digest("base64url").slice(0, 16);
      if (seen.has(mark)) {
        problems.add({
          rule: "primary-key",
          stream,
          message: `Record ${count} has the primary key of an earlier one: ${shown(text)}.`,
          isWarning: true, // pages and windows that overlap give a record twice, which the destination bears
        });
      }
      seen.add(mark);
    },
  };
}

/** The primary key that a destination uses: the configured one, else the source's own. */
export const configuredKeys = ({ primary_key: key, stream }: ConfiguredAirbyteStream): readonly (readonly string[])[] =>
  stream.source_defined_primary_key ?? key ?? [];

function valueAt(data: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = data;
  for (const name of path) value = isObject(value) ? get(value, name) : undefined;
  return value;
}

const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
