/** In microseconds, by the directive that shows it; the finest first. */
const units: readonly (readonly [directive: string, micros: bigint])[] = [
  ["%epoch_microseconds", 1n],
  ["%s_as_float", 1n],
  ["%f", 1n],
  ["%_ms", 1_000n],
  ["%ms", 1_000n],
  ["%S", 1_000_000n],
  ["%s", 1_000_000n],
  ["%M", 60_000_000n],
  ["%H", 3_600_000_000n],
  ["%I", 3_600_000_000n],
  ["%d", 86_400_000_000n],
];

/** The smallest step that a datetime format can show, in microseconds; undefined where it shows none of these. */
export function smallestUnit(format: string): bigint | undefined {
  return units.find(([directive]) => format.includes(directive))?.[1];
}
