import { component, type Component, type Ref, type Scope } from "../../component.ts";
import { systemError } from "../../errors.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { pickRows } from "../../json/rows/pick-rows.ts";
import { isObject } from "../../json/value.ts";
import type { Cursor, QueryProperties, Retriever, Slice } from "../../roles.ts";
import { ref } from "../shared/refs.ts";
import { readPages, type PageLoop } from "./shared/page-loop.ts";
import { givenResponse } from "./shared/given-response.ts";
import { findQueryProperties } from "./shared/query-properties.ts";
import { refuseCombinations } from "./shared/refuse-combinations.ts";
import { rowsAreReadThroughResponse } from "./shared/response-reads.ts";
import { resetOnce } from "./shared/reset-once.ts";
import { splitWindow } from "./shared/split-window.ts";

export const simpleRetriever: Component<"retriever"> = component({
  kind: "retriever",
  type: "SimpleRetriever",
  description: "Reads records by requests: one for each page of each slice.",
  schema: (slot, z) => {
    const router = slot("partitionRouter");
    return z.object({
      requester: slot("requester").describe("How requests are made."),
      decoder: slot("decoder").optional().describe("How the body of an answer is read; JSON when left out."),
      record_selector: slot("recordSelector").describe("Which parts of an answer are records."),
      paginator: slot("paginator").optional().describe("How the next page is asked for; one page when left out."),
      pagination_reset: slot("paginationReset")
        .optional()
        .describe("When the pages of a slice are read again from the first."),
      page_size_reduction: slot("pageSizeReduction")
        .optional()
        .describe("How pages shrink when the API refuses their size."),
      request_window_splitting: slot("windowSplitting")
        .optional()
        .describe("How a slice is split that the API refuses as too wide."),
      ignore_stream_slicer_parameters_on_paginated_requests: z
        .boolean()
        .default(false)
        .describe("Whether only a slice's first request carries its partition and interval."),
      partition_router: z
        .union([router, z.array(router)])
        .optional()
        .describe("Into which partitions the stream is split; a list makes their cartesian product."),
    });
  },
  create(spec, scope): Retriever {
    const { stream } = scope;
    const cursor = stream.cursor;
    if (cursor === undefined) throw systemError("A retriever was built outside of a stream.");
    const within = {
      // A page that the parent's record brought is not asked for; as in the reference those behind it are not told of either.
      purpose: stream.lazy === "given" ? undefined : (stream.purpose ?? "records"),
      decoder: scope.build(spec.decoder ?? ref("decoder", { type: "JsonDecoder" })),
      raw: !rowsAreReadThroughResponse(scope.spec(spec.record_selector), [
        ...(spec.paginator === undefined ? [] : [scope.spec(spec.paginator)]),
        scope.spec(spec.requester),
      ]),
    };
    const properties = stream.lazy === "given" ? undefined : queryProperties(spec.requester, scope);
    refuseCombinations(
      {
        retriever: scope.self,
        readsLazily: stream.lazy !== undefined,
        lazy: stream.lazy === "given",
        hasQueryProperties: properties !== undefined,
      },
      scope,
    );
    const reset = spec.pagination_reset && scope.build(spec.pagination_reset);
    const loop: PageLoop = {
      stream: stream.name,
      requester: scope.build(spec.requester, within),
      paginator: scope.build(spec.paginator ?? ref("paginator", { type: "NoPagination" }), within),
      selector: scope.build(spec.record_selector, within),
      providers: stream.providers,
      providersOnFirstPageOnly: spec.ignore_stream_slicer_parameters_on_paginated_requests,
      reduction: spec.page_size_reduction && scope.build(spec.page_size_reduction),
      tracker: () => (reset === undefined ? resetOnce(stream.name) : reset(cursor)),
      splits: spec.request_window_splitting !== undefined,
      properties,
      given: stream.lazy === "given" ? givenResponse : undefined,
      observe: scope.run.observe,
      limits: scope.run.limits,
      log: scope.run.log,
    };
    const read = stream.dataFeed
      ? (slice: Slice) => dropSynced(readPages(loop, slice), cursor, slice)
      : (slice: Slice) => readPages(loop, slice);
    const splitting = spec.request_window_splitting && scope.build(spec.request_window_splitting);
    return {
      read: (slice) =>
        splitting === undefined ? read(slice) : splitWindow(stream.name, splitting, cursor, read, slice),
    };
  },
});

function queryProperties(requester: Ref<"requester">, scope: Scope): QueryProperties | undefined {
  const found = findQueryProperties(scope.spec(requester), scope.stream.name);
  return found === undefined ? undefined : scope.build(ref("queryProperties", found));
}

/** A data feed's page loop sees whole pages; what was synced before is dropped behind it. */
async function* dropSynced(batches: AsyncIterable<Batch>, cursor: Cursor, slice: Slice): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    const kept: number[] = [];
    for (let index = 0; index < batch.length; index++) {
      const row = batch.value(index);
      if (!isObject(row) || cursor.includes(row, slice)) kept.push(index);
    }
    if (kept.length > 0) yield kept.length === batch.length ? batch : pickRows(batch, kept);
  }
}
