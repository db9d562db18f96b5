/**
 * A pattern that speaks of Unicode's properties, made when first asked for: reading a property takes the engine a tenth
 * of a millisecond, also in code that never runs.
 */
export function unicodePattern(source: string, flags: string = "u"): () => RegExp {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
}

/** What Python's `\w` takes. */
export const wordPattern: () => RegExp = unicodePattern("[\\p{L}\\p{N}_]+", "gu");
/** What Python's `str.isidentifier` takes. */
export const identifier: () => RegExp = unicodePattern("^[\\p{XIDS}_]\\p{XIDC}*$");
