import { transientError } from "../../../errors.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { printJson } from "../../../json/print.ts";
import type { Cursor, Slice, WindowSplitting } from "../../../roles.ts";
import { isSplitDemand } from "./page-loop.ts";

/** However a cursor splits, reading ends here. */
const deepest = 10;

/**
 * Reads a slice, and where the API refuses it as too wide, smaller ones in its place. Records keep the slice they were
 * asked for, so nothing is checkpointed before all parts are read. What was sent of a refused slice is sent again.
 */
export async function* splitWindow(
  stream: string,
  splitting: WindowSplitting,
  cursor: Cursor,
  read: (slice: Slice) => AsyncIterable<Batch>,
  slice: Slice,
  depth = 0,
): AsyncGenerator<Batch> {
  try {
    yield* read(slice);
  } catch (error) {
    if (!isSplitDemand(error)) throw error;
    const because = error.message === undefined ? "" : `; the API says: ${error.message}`;
    if (depth >= deepest) {
      throw failure(
        stream,
        splitting,
        slice,
        `could not be split to a size the API accepts within ${deepest} splits${because}`,
      );
    }
    const parts = cursor.split?.(slice, splitting.minimum);
    if (parts === undefined) {
      throw failure(stream, splitting, slice, `cannot be split any further, and the API refuses it${because}`);
    }
    for (const part of parts) yield* splitWindow(stream, splitting, cursor, read, part, depth + 1);
  }
}

function failure(stream: string, splitting: WindowSplitting, slice: Slice, what: string): Error {
  const hint = splitting.failureMessage?.trim() ?? "";
  const message = `Stream ${stream}: the request window ${printJson(slice.interval)} ${what}.`;
  return transientError(hint === "" ? message : `${message} ${hint}`, { stream });
}
