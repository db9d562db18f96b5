/** A float as CPython's `repr` writes it: `1.0`, `1e-07`, `1e+16`, `nan`. */
export function floatText(value: number): string {
  if (value !== value) return "nan";
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value);
  return value.toExponential().replace(/([+-])(\d)$/, "$10$2");
}
