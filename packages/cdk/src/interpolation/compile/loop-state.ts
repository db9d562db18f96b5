import { typeError } from "../failure.ts";
import { equal } from "../value/equal.ts";
import { iterate, sizeOf } from "../value/iterate.ts";
import { undefinedHint } from "../value/undefined.ts";
import { Instance, tuple, type Value } from "../value/value.ts";

/** Runs the loop's body for items within an item. */
export type Recurse = (items: Value, depth: number) => string;

/** The items in turn, each with the `loop` variable as it stands then. */
export function* loopOver(items: Value, recurse: Recurse | undefined, depth: number): Generator<[Value, Instance]> {
  const source = iterate(items)[Symbol.iterator]();
  const size = sizeOf(items);
  /** Items that were asked for before their turn. */
  let ahead: Value[] = [];
  let total = size;
  let index = -1;
  let current: Value | undefined;
  let before: Value | undefined;
  let changed: Value | undefined;

  const peek = (): Value | undefined => {
    if (ahead.length === 0) {
      const next = source.next();
      if (next.done !== true) ahead.push(next.value);
    }
    return ahead[0];
  };
  const length = (): number => {
    if (total === undefined) {
      for (let next = source.next(); next.done !== true; next = source.next()) ahead.push(next.value);
      total = ahead.length + index + 1;
    }
    return total;
  };
  const attributes: Readonly<Record<string, (() => Value) | undefined>> = {
    index: () => index + 1,
    index0: () => index,
    first: () => index === 0,
    last: () => peek() === undefined,
    length,
    revindex: () => length() - index,
    revindex0: () => length() - index - 1,
    depth: () => depth + 1,
    depth0: () => depth,
    previtem: () => (index === 0 || before === undefined ? undefinedHint("there is no previous item") : before),
    nextitem() {
      const next = peek();
      return next === undefined ? undefinedHint("there is no next item") : next;
    },
  };
  const loop = new Instance({
    typeName: "LoopContext",
    text: () => `<LoopContext ${index + 1}/${length()}>`,
    size: length,
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name]?.() : undefined),
    methods: {
      cycle(...values) {
        if (values.length === 0) throw typeError("no items for cycling given");
        return values[index % values.length] ?? null;
      },
      changed(...values) {
        const given = tuple(values.map((value) => value ?? null));
        if (changed !== undefined && equal(changed, given)) return false;
        changed = given;
        return true;
      },
    },
    call([given]) {
      if (recurse === undefined) {
        throw typeError("The loop must have the 'recursive' marker to be called recursively.");
      }
      if (given === undefined) throw typeError("loop() missing a required argument: 'iterable'");
      return recurse(given, depth + 1);
    },
  });

  for (let next = peek(); next !== undefined; next = peek()) {
    ahead = ahead.slice(1);
    index++;
    before = current;
    current = next;
    yield [next, loop];
  }
}
