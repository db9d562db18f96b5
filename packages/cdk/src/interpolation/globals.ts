import type { Run } from "./context.ts";
import { fail } from "./failure.ts";
import { macros } from "./macros.ts";
import { pairsOf } from "./methods/dict.ts";
import { callMethod, textArgument, wholeMethod, type Method } from "./value/call.ts";
import { dictOf, member, setMember } from "./value/mapping.ts";
import { repr } from "./value/text.ts";
import { Callable, Instance, tuple, type Dict, type Named, type Value } from "./value/value.ts";

/** The functions that every template knows, besides the macros of the manifest language. */
const functions: Readonly<Record<string, Method<Run>>> = {
  dict: wholeMethod((_run, positional, named) => makeDict(positional, named)),
  namespace: wholeMethod((_run, positional, named) => namespace(makeDict(positional, named))),
  cycler: wholeMethod((_run, items) => cycler(items)),
  joiner: wholeMethod((_run, [separator], named) => joiner(textArgument(separator ?? named.get("sep") ?? ", "))),
  lipsum: wholeMethod(() => {
    throw fail("TemplateRuntimeError", "lipsum makes random text, which no connector can use");
  }),
};

/** Those that are classes in Python, which shows when they are printed. */
const CLASSES: Readonly<Record<string, string | undefined>> = {
  dict: "dict",
  namespace: "jinja2.utils.Namespace",
  cycler: "jinja2.utils.Cycler",
  joiner: "jinja2.utils.Joiner",
};

/** Reads a function that every template knows; undefined for any other name. */
export function globalReader(name: string): ((run: Run) => Value) | undefined {
  const found = Object.hasOwn(functions, name)
    ? functions[name]
    : Object.hasOwn(macros, name)
      ? macros[name]
      : undefined;
  if (found === undefined) return undefined;
  const repr = CLASSES[name] === undefined ? undefined : `<class '${CLASSES[name]}'>`;
  return (run) => new Callable(name, (positional, named) => callMethod(name, found, run, positional, named), repr);
}

/** All names, for messages. */
export function globalNames(): string[] {
  return [...Object.keys(functions), ...Object.keys(macros)];
}

function makeDict(positional: readonly Value[], named: Named): Dict {
  const [source, more] = positional;
  if (more !== undefined) throw fail("TypeError", `dict expected at most 1 argument, got ${positional.length}`);
  const dict = dictOf(source === undefined ? [] : pairsOf(source));
  for (const [key, value] of named) setMember(dict, key, value);
  return dict;
}

function namespace(members: Dict): Instance {
  return new Instance({
    typeName: "Namespace",
    text: () => `<Namespace ${repr(members)}>`,
    attribute: (name) => member(members, name),
    assign: (name, value) => setMember(members, name, value),
  });
}

function cycler(items: readonly Value[]): Instance {
  if (items.length === 0) throw fail("TemplateRuntimeError", "at least one item has to be provided");
  let position = 0;
  const current = (): Value => items[position]!;
  return new Instance({
    typeName: "Cycler",
    text: () => "<Cycler>",
    attribute(name) {
      if (name === "current") return current();
      if (name === "pos") return position;
      return name === "items" ? tuple(items) : undefined;
    },
    methods: {
      next() {
        const item = current();
        position = (position + 1) % items.length;
        return item;
      },
      reset() {
        position = 0;
        return null;
      },
    },
  });
}

function joiner(separator: string): Instance {
  let used = false;
  return new Instance({
    typeName: "Joiner",
    text: () => "<Joiner>",
    attribute: (name) => (name === "sep" ? separator : name === "used" ? used : undefined),
    call(positional, named) {
      if (positional.length + named.size > 0) throw fail("TypeError", "a joiner takes no arguments");
      const text = used ? separator : "";
      used = true;
      return text;
    },
  });
}
