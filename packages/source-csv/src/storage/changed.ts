import { transientError } from "ferry-cdk";

/** Two versions of a file must not be mixed. */
export const changedMidway = (place: string): Error =>
  transientError(`${place} was changed while it was read: what was sent is of its old version. Read it again.`, {
    code: "changed-midway",
  });
