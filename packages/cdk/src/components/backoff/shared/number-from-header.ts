import type { HttpResponse } from "../../../http/types.ts";
import { pythonRegex } from "../../../interpolation/python-regex.ts";
import { floatOf } from "./seconds.ts";

/** The number in a header, or in what the expression finds at the header's start; undefined where there is none. */
export function numberFromHeader(
  response: HttpResponse,
  header: string,
  regex: string | undefined,
): number | undefined {
  const value = response.headers.get(header);
  if (value === undefined || value === "") return undefined;
  const found = regex === undefined ? undefined : pythonRegex(regex).match(value);
  const number = floatOf(found?.text ?? value);
  return Number.isNaN(number) ? undefined : number;
}
