import type { Scope } from "../../../component.ts";
import { printJson } from "../../../json/print.ts";
import { get, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import { logMessage } from "../../../protocol/make-message.ts";
import type { OnePath } from "./one-path.ts";

/** Warns, once each, that items of lists are missing. */
export interface TruncationWarnings {
  /** A list is not whole, and nothing reads the rest. */
  notFetched(parent: JsonObject, count: number): void;
  /** So many items came of reading the whole list. */
  fetched(parent: JsonObject, count: number): void;
}

/** @param isCapped whether the whole list is not read to its end, so that fewer items are no wonder */
export function truncationWarnings(
  listPath: readonly Json[],
  indicator: OnePath,
  { stream, run }: Scope,
  isCapped: boolean,
): TruncationWarnings {
  const list = `Stream ${stream.name}: a record's list at ${printJson(listPath)}`;
  const more = "Other records may be affected too; this is said once.";
  // A message of its own, as in the reference: who tries the stream out gets to see it too.
  const tell = (message: string): void => run.emit(logMessage("WARN", message));
  let warnedNotFetched = false;
  let warnedTooFew = false;
  return {
    notFetched(parent, count) {
      if (warnedNotFetched) return;
      warnedNotFetched = true;
      const total = totalOf(parent, indicator);
      tell(
        `${list} is not whole, as ${JSON.stringify(indicator.parts)} says: only its ${count} items` +
          `${total === undefined ? "" : ` of ${total}`} become records. Add a truncated_list_retriever that reads the rest. ${more}`,
      );
    },
    fetched(parent, count) {
      const total = totalOf(parent, indicator);
      if (isCapped || warnedTooFew || total === undefined || count >= total) return;
      warnedTooFew = true;
      tell(
        `${list} has ${total} items as its total_count says, but the truncated_list_retriever read ${count}` +
          `${count === 0 ? ", so the items in the record are used" : ""}. Check its path and its paginator. ${more}`,
      );
    },
  };
}

/** What a `total_count` beside the indicator says. */
function totalOf(parent: JsonObject, { parts }: OnePath): number | bigint | undefined {
  let value: Json | undefined = parent;
  for (const part of [...parts.slice(0, -1), "total_count"]) value = isObject(value) ? get(value, part) : undefined;
  return typeof value === "bigint" || Number.isInteger(value) ? (value as number | bigint) : undefined;
}
