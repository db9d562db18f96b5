import type { Scope } from "../../../component.ts";
import { parseDuration } from "../../../datetime/iso-duration.ts";
import { Timedelta, toMicros } from "../../../datetime/timedelta.ts";
import { systemError } from "../../../errors.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import { smallestUnit } from "./smallest-unit.ts";

/** What of a stream decides whether parts of its retriever can work together. */
export interface Combination {
  /** The retriever as the manifest has it. */
  readonly retriever: JsonObject;
  /** Whether its parents' records hold the first pages, whatever the state. */
  readonly readsLazily: boolean;
  /** Whether those pages are used in this run. */
  readonly lazy: boolean;
  readonly hasQueryProperties: boolean;
}

/** Refuses, before anything is read, what the reference refuses: parts that would lose or repeat records together. */
export function refuseCombinations(combination: Combination, { stream, run }: Scope): void {
  const { retriever, readsLazily, lazy, hasQueryProperties } = combination;
  const sync = member(stream.spec, "incremental_sync");
  const refuse = (what: string): never => {
    throw systemError(`Stream ${stream.name}: ${what}`); // of no stream: nothing is read at all
  };
  const uses = (action: string): boolean => mayTake(action, member(member(retriever, "requester"), "error_handler"));
  const reduction = get(retriever, "page_size_reduction");
  const splitting = get(retriever, "request_window_splitting");

  for (const [given, field, action] of [
    [reduction, "page_size_reduction", "REDUCE_PAGE_SIZE"],
    [splitting, "request_window_splitting", "SPLIT_REQUEST_WINDOW"],
  ] as const) {
    if (readsLazily && (given !== undefined || uses(action))) {
      refuse(`${field} and the action ${action} do not work where a parent has a lazy_read_pointer. Leave one out.`);
    }
    if (given === undefined && uses(action)) {
      refuse(
        `a response filter has the action ${action}, but the retriever has no ${field}. Add one to the retriever.`,
      );
    }
    if (given === undefined) continue;
    if (!uses(action)) {
      run.log(
        "WARN",
        `Stream ${stream.name}: it has a ${field}, but no response filter with the action ${action}: only a custom error ` +
          `handler can use it.`,
      );
    }
    if (hasQueryProperties || stream.fileUploader !== undefined) {
      const other = hasQueryProperties ? "query properties" : "a file_uploader";
      refuse(`${field} and ${other} do not work together: records would be sent twice. Leave one out.`);
    }
  }
  if (reduction !== undefined) refuseReduction(member(retriever, "paginator"), reduction, refuse);
  if (splitting !== undefined) refuseSplitting(sync, splitting, refuse);
  if (lazy) refuseLazy(sync, get(retriever, "decoder"), refuse);
  else if (
    get(member(retriever, "record_selector"), "record_filter") !== undefined &&
    get(member(retriever, "pagination_reset"), "limits") !== undefined
  ) {
    refuse(
      "pagination_reset.limits does not work with a record_filter: it counts the records that are left. Leave one out.",
    );
  }
}

type Refuse = (what: string) => never;

function refuseReduction(paginator: JsonObject, reduction: Json, refuse: Refuse): void {
  const strategy = member(paginator, "pagination_strategy");
  const type = get(strategy, "type");
  if (get(paginator, "type") !== "DefaultPaginator") refuse("page_size_reduction needs a DefaultPaginator.");
  if (get(paginator, "page_size_option") === undefined) {
    refuse("page_size_reduction needs a page_size_option in the paginator; else no request tells the API the size.");
  }
  if (get(member(paginator, "page_token_option"), "type") === "RequestPath") {
    refuse("page_size_reduction does not work with a RequestPath: the URL of the next page has the old size in it.");
  }
  if (type === "PageIncrement") {
    refuse(
      "page_size_reduction does not work with PageIncrement: pages of another size begin elsewhere. Use OffsetIncrement.",
    );
  }
  if (type === "CustomPaginationStrategy") return;
  const size = get(strategy, "page_size");
  if (size === undefined) refuse("page_size_reduction needs a page_size in the pagination strategy.");
  const least = get(isObject(reduction) ? reduction : {}, "minimum_page_size") ?? 1;
  if (size !== undefined && Number(size) <= Number(least)) {
    refuse(
      `page_size_reduction cannot make pages of ${String(size)} records smaller than its minimum_page_size of ${String(least)}.`,
    );
  }
}

function refuseSplitting(sync: JsonObject, splitting: Json, refuse: Refuse): void {
  const granularity = get(sync, "cursor_granularity");
  if (get(sync, "type") !== "DatetimeBasedCursor" || typeof granularity !== "string" || granularity === "") {
    refuse("request_window_splitting needs a DatetimeBasedCursor with a cursor_granularity, the smallest window.");
  }
  if (get(sync, "is_client_side_incremental") === true) {
    refuse("request_window_splitting does not work with is_client_side_incremental: no request carries the window.");
  }
  const unit = fixed(granularity);
  if (unit !== undefined && unit <= 0n) {
    refuse(`request_window_splitting needs a cursor_granularity above nothing, not ${granularity}.`);
  }
  const format = get(sync, "datetime_format");
  const smallest = typeof format === "string" ? smallestUnit(format) : undefined;
  if (unit !== undefined && smallest !== undefined && unit < smallest) {
    refuse(`the cursor_granularity ${granularity} is finer than the datetime_format ${String(format)} can tell.`);
  }
  const least = get(isObject(splitting) ? splitting : {}, "min_split_window");
  if (typeof least === "string" && least !== "" && (fixed(least) ?? 0n) <= 0n) {
    refuse(`min_split_window is ${least}. It must be a duration above nothing without months and years, such as P1D.`);
  }
}

function refuseLazy(sync: JsonObject, decoder: Json | undefined, refuse: Refuse): void {
  const type = get(sync, "type");
  if (type !== undefined && type !== "DatetimeBasedCursor") {
    refuse(`lazy_read_pointer works with a DatetimeBasedCursor only, not with ${String(type)}.`);
  }
  if (given(get(sync, "step")) || given(get(sync, "cursor_granularity"))) {
    refuse("lazy_read_pointer needs one slice for each parent record. Leave step and cursor_granularity out.");
  }
  const decodes = decoder === undefined || !isObject(decoder) ? undefined : get(decoder, "type");
  if (decodes !== undefined && decodes !== "JsonDecoder") {
    refuse(`lazy_read_pointer works with a JsonDecoder only, not with ${String(decodes)}.`);
  }
}

/** Whether a filter of the handler, or of one within it, has this action. What a custom handler does cannot be seen. */
function mayTake(action: string, handler: JsonObject): boolean {
  const filters = listed(get(handler, "response_filters"));
  const handlers = listed(get(handler, "error_handlers"));
  return filters.some((filter) => get(filter, "action") === action) || handlers.some((each) => mayTake(action, each));
}

function fixed(duration: Json | undefined): bigint | undefined {
  const parsed = typeof duration === "string" ? parseDuration(duration) : undefined;
  return parsed instanceof Timedelta ? toMicros(parsed) : undefined;
}

function given(value: Json | undefined): boolean {
  return value !== undefined && value !== "";
}

function member(object: JsonObject, name: string): JsonObject {
  const found = get(object, name);
  return found !== undefined && isObject(found) ? found : {};
}

function listed(value: Json | undefined): readonly JsonObject[] {
  return value !== undefined && isList(value) ? value.filter((each) => isObject(each)) : [];
}
