import { typeError } from "../failure.ts";
import { same } from "../value/equal.ts";
import { iterable } from "../value/iterate.ts";
import { keyOf } from "../value/key.ts";
import { isList, isMapping, isText, typeName } from "../value/kind.ts";
import { hasMember } from "../value/mapping.ts";
import { str } from "../value/text.ts";
import { DictView, PythonSet, type Value } from "../value/value.ts";

/** Python's `value in container`. */
export function contains(container: Value, value: Value): boolean {
  if (isText(container)) {
    if (isText(value)) return str(container).includes(str(value));
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(value)}`);
  }
  if (isList(container)) return container.some((item) => same(item, value));
  if (isMapping(container)) return hasMember(container, value);
  if (container instanceof PythonSet) return container.members.has(keyOf(value));
  if (container instanceof DictView && container.part === "keys") return hasMember(container.mapping, value);
  const items = iterable(container);
  if (items === undefined) throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  for (const item of items) if (same(item, value)) return true;
  return false;
}
