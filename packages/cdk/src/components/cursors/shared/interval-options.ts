import { get, keys } from "../../../json/value.ts";
import type { RequestOption, RequestOptionsProvider } from "../../../roles.ts";
import { injectOptions } from "../../shared/inject-option.ts";

/** A border of the slice's interval and where it goes in a request. */
export interface BorderOption {
  readonly border: string;
  readonly option: RequestOption | undefined;
}

export function intervalOptions(borders: readonly BorderOption[]): RequestOptionsProvider {
  const placed = borders.flatMap(({ border, option }) => (option === undefined ? [] : [{ border, option }]));
  if (placed.length === 0) return () => ({});
  return ({ slice: { interval } }) => {
    if (keys(interval).length === 0) return {};
    return injectOptions(placed.map(({ border, option }) => [option, get(interval, border) ?? null] as const));
  };
}
