/**
 * How dates and times of records are read; the first is how they are asked for, and kept in the state. All are of UTC: the
 * hour of another zone would be kept as if it were that of UTC.
 */
export const isoFormats: readonly [string, ...string[]] = [
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%dT%H:%M:%S.%fZ",
  "%Y-%m-%dT%H:%M:%S+00:00",
  "%Y-%m-%dT%H:%M:%S.%f+00:00",
  "%Y-%m-%dT%H:%M:%S+0000",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%d",
];
