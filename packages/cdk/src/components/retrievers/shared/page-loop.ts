import { systemError } from "../../../errors.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import type { Json } from "../../../json/value.ts";
import type {
  Page,
  PageCount,
  PageSizeReduction,
  PaginationTracker,
  Paginator,
  QueryProperties,
  RecordSelector,
  RequestContext,
  Requester,
  RequestOptionsProvider,
  Slice,
} from "../../../roles.ts";
import type { HttpResponse } from "../../../http/types.ts";
import type { LimitsInForce } from "../../../roles/limits.ts";
import type { Observe } from "../../../roles/observe.ts";
import { createRepetitionGuard } from "./repetition.ts";

/** What reads the pages of one stream; shared by all its slices, so it keeps nothing of any of them. */
export interface PageLoop {
  readonly stream: string;
  readonly requester: Requester;
  readonly paginator: Paginator;
  readonly selector: RecordSelector;
  /** Partition router and cursor, in this order. */
  readonly providers: readonly RequestOptionsProvider[];
  /** Whether only the first page carries what `providers` add. */
  readonly providersOnFirstPageOnly: boolean;
  readonly reduction: PageSizeReduction | undefined;
  readonly tracker: () => PaginationTracker;
  /** Whether a slice that the API refuses as too wide can be split. */
  readonly splits: boolean;
  readonly properties: QueryProperties | undefined;
  /** The first page of a slice, where it is there without a request. */
  readonly given: ((slice: Slice) => HttpResponse | undefined) | undefined;
  readonly observe: Observe | undefined;
  readonly limits: LimitsInForce | undefined;
  log(level: "DEBUG" | "INFO" | "WARN", message: string): void;
}

/** Thrown within the loop when an answer asks for another page than the one that was requested. */
interface Detour {
  readonly detour: "RESET_PAGINATION" | "REDUCE_PAGE_SIZE";
  readonly message: string | undefined;
}

/** The API refused the slice as too wide; the retriever splits it. */
export interface SplitDemand {
  readonly split: true;
  readonly message: string | undefined;
}

export const isSplitDemand = (error: unknown): error is SplitDemand =>
  typeof error === "object" && error !== null && "split" in error;
const isDetour = (error: unknown): error is Detour => typeof error === "object" && error !== null && "detour" in error;

/** The records of a slice, page after page. */
export async function* readPages(loop: PageLoop, original: Slice): AsyncGenerator<Batch> {
  const tracker = loop.tracker();
  const reducer = loop.reduction?.(loop.paginator.pageSize);
  let slice = original;
  let given = loop.given?.(original);
  // As in the reference a page that is there is the one without a token, whatever the paginator begins with.
  let token: Json | undefined = given === undefined ? loop.paginator.first : undefined;
  let guard = createRepetitionGuard(loop.stream, loop.log);
  let pages = 0;

  function restart(): void {
    slice = tracker.restart(slice, original);
    token = loop.paginator.first;
    guard = createRepetitionGuard(loop.stream, loop.log);
    pages = 0;
  }

  for (;;) {
    const context: RequestContext = { slice, token, pageSize: reducer?.pageSize };
    const page: PageCount = { extracted: 0, selected: 0, last: undefined };
    let response: HttpResponse | undefined;
    try {
      if (loop.properties === undefined) {
        response = given ?? (await fetch(loop, context));
        given = undefined;
        if (response !== undefined) yield* loop.selector.select(response, context, page);
      } else {
        yield* loop.properties(
          context,
          page,
          (chunk) => fetch(loop, chunk),
          loop.selector.select,
          (last) => {
            response = last;
          },
        );
      }
    } catch (error) {
      if (!isDetour(error)) throw error;
      if (error.detour === "REDUCE_PAGE_SIZE") {
        if (reducer === undefined) throw notSupported(loop.stream);
        if (page.selected > 0) throw midPage(loop.stream, page.selected);
        await reducer.reduce(error.message);
        continue;
      }
      restart();
      continue;
    }
    reducer?.succeeded();
    if (response === undefined) return;
    tracker.count(page);
    if (tracker.limitReached) {
      restart();
      continue;
    }
    guard(response.request, page);
    const { extracted, selected, last } = page;
    const read: Page = { extracted, selected, last, response, slice };
    const next = await loop.paginator.next(read, token, reducer?.pageSize);
    loop.observe?.({ type: "page", origin: { stream: loop.stream, slice, token }, extracted, selected, next });
    token = next;
    if (token === undefined) return;
    if (++pages === loop.limits?.pages) {
      loop.limits.cut.add(loop.stream);
      return;
    }
  }
}

async function fetch(loop: PageLoop, context: RequestContext): Promise<HttpResponse | undefined> {
  const options = [loop.paginator.inject(context)];
  if (context.token === undefined || !loop.providersOnFirstPageOnly) {
    for (const provide of loop.providers) options.push(provide(context));
  }
  const outcome = await loop.requester.send(context, options, loop.paginator.path(context));
  switch (outcome.action) {
    case "SUCCESS":
    case "IGNORE":
      // An error's answer that was ignored holds no records, and is the last page.
      return outcome.response !== undefined && outcome.response.status < 400 ? outcome.response : undefined;
    case "SPLIT_REQUEST_WINDOW":
      if (!loop.splits) throw noSplit(loop.stream);
      throw { split: true, message: outcome.message } satisfies SplitDemand;
    case "RESET_PAGINATION":
      throw { detour: "RESET_PAGINATION", message: undefined } satisfies Detour;
    case "REDUCE_PAGE_SIZE":
      throw { detour: "REDUCE_PAGE_SIZE", message: outcome.message } satisfies Detour;
  }
}

const notSupported = (stream: string): Error =>
  systemError(
    `Stream ${stream} was asked for smaller pages, but its retriever has no \`page_size_reduction\`. Add one to the retriever.`,
    { stream },
  );

const noSplit = (stream: string): Error =>
  systemError(
    `Stream ${stream}: an error handler asks for a smaller request window (SPLIT_REQUEST_WINDOW), but the retriever has ` +
      `no \`request_window_splitting\`. Add one to the retriever.`,
    { stream },
  );

const midPage = (stream: string, sent: number): Error =>
  systemError(
    `Stream ${stream} was asked for a smaller page after ${sent} records of the page were sent; reading it again would ` +
      `send them twice. Move the REDUCE_PAGE_SIZE action to the error handler of the stream's main requester.`,
    { stream },
  );
