import { float, type Float } from "../../json/value.ts";
import { method, type Method } from "../value/call.ts";
import { isFloat } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import { tuple, type Value } from "../value/value.ts";
import { truncate } from "../text/numbers.ts";

type Whole = number | bigint | boolean;
type Broken = number | Float;

export const numberProperties: Readonly<Record<string, ((value: Whole | Broken) => Value | undefined) | undefined>> = {
  real: (value) => plain(value),
  imag: (value) => (isFloat(value) ? float(0) : 0),
  numerator: (value) => (isFloat(value) ? undefined : plain(value)),
  denominator: (value) => (isFloat(value) ? undefined : 1),
};

export const integerMethods: Readonly<Record<string, Method<Whole> | undefined>> = {
  bit_length: method(0, 0, (value) => {
    const size = BigInt(numberOf(value)!);
    return size === 0n ? 0 : (size < 0n ? -size : size).toString(2).length;
  }),
  bit_count: method(0, 0, (value) => BigInt(numberOf(value)!).toString(2).replace(/[^1]/g, "").length),
  conjugate: method(0, 0, (value) => plain(value)),
  as_integer_ratio: method(0, 0, (value) => tuple([plain(value), 1])),
};

export const floatMethods: Readonly<Record<string, Method<Broken> | undefined>> = {
  is_integer: method(0, 0, (value) => Number.isInteger(numberOf(value))),
  conjugate: method(0, 0, (value) => value),
  as_integer_ratio: method(0, 0, (value) => {
    let over = Number(numberOf(value));
    let under = 1;
    while (!Number.isInteger(over) && Number.isFinite(over)) [over, under] = [over * 2, under * 2];
    return tuple([truncate(over), under]);
  }),
};

function plain(value: Whole | Broken): Value {
  return typeof value === "boolean" ? Number(value) : value;
}
