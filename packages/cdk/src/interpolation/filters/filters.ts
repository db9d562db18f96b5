import type { Method } from "../value/call.ts";
import type { Value } from "../value/value.ts";
import { codecFilters } from "./codec.ts";
import { groupFilters } from "./group.ts";
import { htmlFilters } from "./html.ts";
import { jsonFilters } from "./json.ts";
import { listFilters } from "./list.ts";
import { numberFilters } from "./number.ts";
import { selectionFilters } from "./selection.ts";
import { textFilters } from "./text.ts";
import { wrapFilters } from "./wrap.ts";

export type Filters = Readonly<Record<string, Method<Value>>>;

const filters: Filters = {
  ...textFilters,
  ...wrapFilters,
  ...numberFilters,
  ...listFilters,
  ...groupFilters,
  ...selectionFilters,
  ...htmlFilters,
  ...jsonFilters,
  ...codecFilters,
};

export function findFilter(name: string): Method<Value> | undefined {
  return Object.hasOwn(filters, name) ? filters[name] : undefined;
}

/** All names, for messages. */
export function filterNames(): string[] {
  return Object.keys(filters);
}
