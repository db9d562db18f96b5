/** Bounds of a read that only wants a look. A stream that was cut sends no state from then on: nothing may skip what it left. */
export interface Limits {
  /** Records of each stream. */
  readonly records?: number | undefined;
  /** Pages of each slice, of parent streams too. */
  readonly pages?: number | undefined;
  /** Slices of each stream. */
  readonly slices?: number | undefined;
}

/** The bounds of one run, and the names of the streams that were cut. */
export interface LimitsInForce extends Limits {
  readonly cut: Set<string>;
}
