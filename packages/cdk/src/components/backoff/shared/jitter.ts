/** Adds up to twice the range, evenly distributed; nothing where there is no range. */
export function withJitter(seconds: number, range: number | undefined): number {
  return range === undefined ? seconds : seconds + Math.random() * range * 2;
}
