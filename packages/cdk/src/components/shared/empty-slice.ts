import type { Slice } from "../../roles.ts";

/** The one slice of what is read as a whole. */
export const emptySlice: Slice = { partition: {}, interval: {}, extra: {} };
