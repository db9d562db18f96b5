/** What time goes to, besides waiting. */
export type Cost = "decoding" | "templates" | "transformations" | "output";

/** Measures where time goes, where someone wants to know. */
export interface Profile {
  /** Does some work, and counts its time: without what was counted within it. */
  measure<T>(cost: Cost, work: () => T): T;
  /** Counts the time until what it gives is called, without waits and what was counted meanwhile: of work that has waits in it. */
  begin(cost: Cost): () => void;
}
