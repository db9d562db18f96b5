import type { Method } from "../value/call.ts";
import { caseMethods } from "./text-case.ts";
import { layoutMethods } from "./text-layout.ts";
import { searchMethods } from "./text-search.ts";
import { splitMethods } from "./text-split.ts";
import { translateMethods } from "./text-translate.ts";

/** The methods of Python's `str`, but `format`, which must reach into values. */
export const textMethods: Readonly<Record<string, Method<string> | undefined>> = {
  ...caseMethods,
  ...layoutMethods,
  ...searchMethods,
  ...splitMethods,
  ...translateMethods,
};
