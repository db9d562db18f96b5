import { has, isList, isObject, remove, type Json } from "../../../json/value.ts";
import type { Step } from "./path.ts";

/**
 * Removes what is at these places, one after the other, as dpath does: an item of a list becomes null, but for the last one,
 * which goes. A place that is gone by then is passed over.
 */
export function removeAt(root: Json, places: readonly (readonly Step[])[]): void {
  for (const steps of places) {
    const parent = parentOf(root, steps);
    const last = steps.at(-1);
    if (isList(parent) && typeof last === "number" && last < parent.length) {
      const items = parent as Json[]; // a record's lists are its own
      if (last === items.length - 1) items.pop();
      else items[last] = null;
    } else if (isObject(parent) && typeof last === "string" && has(parent, last)) remove(parent, last);
  }
}

function parentOf(root: Json, steps: readonly Step[]): Json | undefined {
  let value: Json | undefined = root;
  for (const step of steps.slice(0, -1)) {
    if (isList(value) && typeof step === "number") value = value[step];
    else if (isObject(value) && typeof step === "string" && has(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}
