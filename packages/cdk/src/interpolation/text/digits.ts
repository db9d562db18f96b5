const bits = new DataView(new ArrayBuffer(8));

/** `x * 10 ** decimals`, rounded exactly; a half to the even number. `x` is finite and not negative. */
export function scaled(x: number, decimals: number): bigint {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = Math.max(exponent, 1) - 1075;
  const over = mantissa * 10n ** BigInt(Math.max(decimals, 0)) * 2n ** BigInt(Math.max(shift, 0));
  const under = 10n ** BigInt(Math.max(-decimals, 0)) * 2n ** BigInt(Math.max(-shift, 0));
  return divideHalfEven(over, under);
}

/** The quotient of two positive integers, a half to the even number. */
export function divideHalfEven(over: bigint, under: bigint): bigint {
  const quotient = over / under;
  const twice = (over % under) * 2n;
  return twice > under || (twice === under && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** Digits with so many after the point: `12.50`. */
export function fixed(x: number, decimals: number): string {
  const digits = scaled(x, decimals)
    .toString()
    .padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** So many significant digits, and the power of ten of the first. */
export function significant(x: number, count: number): { readonly digits: string; readonly exponent: number } {
  if (x === 0) return { digits: "0".repeat(count), exponent: 0 };
  let exponent = Math.floor(Math.log10(x));
  for (;;) {
    const digits = scaled(x, count - 1 - exponent).toString();
    if (digits.length === count) return { digits, exponent };
    exponent += digits.length > count ? 1 : -1;
  }
}

/** As Python's `%e`: `1.50e+03`. */
export function scientific(x: number, decimals: number): string {
  const { digits, exponent } = significant(x, decimals + 1);
  return withExponent(digits, exponent);
}

function withExponent(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${digits.charAt(0)}${fraction}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** As Python's `%g`: the shorter of both forms, without trailing zeros unless `full`. */
export function general(x: number, precision: number, full = false, pointZero = false): string {
  const count = Math.max(precision, 1);
  const { digits, exponent } = significant(x, count);
  const trim = (text: string): string => (full || !text.includes(".") ? text : text.replace(/\.?0+$/, ""));
  // Without a type letter a float that keeps no digit after the point shows ".0", and so turns to powers sooner.
  if (exponent < -4 || exponent >= count - (pointZero ? 1 : 0)) {
    const [mantissa = "", power = ""] = withExponent(digits, exponent).split("e");
    return `${trim(mantissa)}e${power}`;
  }
  const text = trim(fixed(x, Math.max(count - 1 - exponent, 0)));
  return pointZero && !text.includes(".") ? `${text}.0` : text;
}
