import type { StreamScope } from "../../component.ts";
import { finalCursor } from "../cursors/shared/final.ts";

/** What a retriever sees that reads for a stream, but not the stream itself: nothing of the stream's records reaches it. */
export const standAlone = (): Partial<StreamScope> => ({
  primaryKey: [],
  cursor: finalCursor(undefined),
  providers: [],
  fields: [],
  dataFeed: false,
  clientSideIncremental: false,
  transformations: [],
  schema: undefined,
  fileUploader: undefined,
});
