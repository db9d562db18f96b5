/** What time goes to, besides waiting. */
export type Cost = "templates" | "transformations" | "output";

/** Measures where time goes, where someone wants to know. */
export interface Profile {
  /** Does some work, and counts its time: without what was counted within it. */
  measure<T>(cost: Cost, work: () => T): T;
}
