import { systemError } from "../../../errors.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { isSplitDemand } from "./page-loop.ts";

/** The records of a slice that cannot be split, whatever the API demands. */
export async function* withoutSplit(stream: string, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (error) {
    if (!isSplitDemand(error)) throw error;
    throw systemError(
      `Stream ${stream}: an error handler asks for a smaller request window (SPLIT_REQUEST_WINDOW), but the retriever has ` +
        `no \`request_window_splitting\`. Add one to the retriever.`,
      { stream },
    );
  }
}
