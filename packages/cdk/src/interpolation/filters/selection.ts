import { fail } from "../failure.ts";
import { findTest } from "../tests.ts";
import { attribute as attributeOf, getAttribute } from "../value/attribute.ts";
import { callMethod, method, wholeMethod, textArgument, type Method } from "../value/call.ts";
import { iterate } from "../value/iterate.ts";
import { isText } from "../value/kind.ts";
import { repr, str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { undefinedMember } from "../value/undefined.ts";
import { Iteration, Undefined, type Named, type Value } from "../value/value.ts";
import { attributeGetter } from "./attribute.ts";
import { findFilter, type Filters } from "./filters.ts";

/** Filters that apply a filter or a test to each item. They give iterators, as in the reference. */
export const selectionFilters: Filters = {
  map: wholeMethod((value, positional, named) =>
    lazily(
      value,
      () => mapper(positional, named),
      (item) => [item],
    ),
  ),
  select: selection(false, true),
  reject: selection(false, false),
  selectattr: selection(true, true),
  rejectattr: selection(true, false),
  attr: method(
    1,
    1,
    (value, name) => {
      const wanted = textArgument(name, "attribute name");
      const found = attributeOf(value, wanted);
      return found === undefined ? undefinedMember(value, wanted) : getAttribute(value, wanted);
    },
    ["name"],
  ),
};

/** Nothing is looked at before the first item is asked for. */
function lazily(
  value: Value,
  prepare: () => (item: Value) => Value,
  give: (made: Value, item: Value) => Value[],
): Iteration {
  const items = function* (): Generator<Value> {
    if (!truthy(value)) return;
    const apply = prepare();
    for (const item of iterate(value)) yield* give(apply(item), item);
  };
  return new Iteration("generator", items());
}

function mapper(positional: readonly Value[], named: Named): (item: Value) => Value {
  const [name, ...rest] = positional;
  if (name === undefined && named.has("attribute")) {
    for (const other of named.keys()) {
      if (other !== "attribute" && other !== "default") throw argumentError(`Unexpected keyword argument '${other}'`);
    }
    return attributeGetter(named.get("attribute"), named.get("default"));
  }
  if (name === undefined) throw argumentError("map requires a filter argument");
  const filter = byName("filter", name, findFilter);
  return (item) => callMethod(str(name), filter, item, rest, named);
}

function selection(byAttribute: boolean, wanted: boolean): Method<Value> {
  return wholeMethod((value, positional, named) =>
    lazily(
      value,
      () => {
        const [path, ...others] = positional;
        if (byAttribute && path === undefined) throw argumentError("Missing parameter for attribute name");
        const read = byAttribute ? attributeGetter(path) : (item: Value): Value => item;
        const [name, ...rest] = byAttribute ? others : positional;
        if (name === undefined) return read;
        return (item) => callMethod(str(name), byName("test", name, findTest), read(item), rest, named);
      },
      (result, item) => (truthy(result) === wanted ? [item] : []),
    ),
  );
}

function byName<Found>(kind: "filter" | "test", name: Value, find: (name: string) => Found | undefined): Found {
  const found = isText(name) ? find(str(name)) : undefined;
  if (found !== undefined) return found;
  const hint = name instanceof Undefined ? ` (${name.message()}; did you forget to quote the callable name?)` : "";
  throw fail("TemplateRuntimeError", `No ${kind} named ${repr(name)}.${hint}`);
}

function argumentError(message: string): Error {
  return fail("FilterArgumentError", message);
}
