import type { CalendarDuration } from "../../datetime/calendar-duration.ts";
import type { DateTime, PlainDate, TimeZone } from "../../datetime/datetime.ts";
import type { Timedelta } from "../../datetime/timedelta.ts";
import type { Json, JsonObject } from "../../json/value.ts";
import type { FailureType } from "../failure.ts";

/** What an expression of a template can be. */
export type Value = Json | readonly Value[] | Special;

/** What JSON has no form for. */
export type Special =
  | Dict
  | PythonSet
  | Bytes
  | Markup
  | Undefined
  | Callable
  | MappingView
  | DictView
  | Iteration
  | Instance
  | DateTime
  | PlainDate
  | Timedelta
  | CalendarDuration
  | TimeZone;

/** A mapping with string keys out of JSON, one made by a template, or an object that acts like one. */
export type Mapping = JsonObject | Dict | MappingView;

/** A Python tuple. To JSON it is a list like any other. */
export class Tuple<Item = Value> extends Array<Item> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export function tuple<Item = Value>(items: Iterable<Item>): Tuple<Item> {
  const made = new Tuple<Item>();
  for (const item of items) made.push(item);
  return made;
}

/** A tuple whose items have names too: `group.grouper`, `when.isocalendar().week`. */
export class NamedTuple extends Tuple {
  readonly fields: readonly string[];
  /** The name that it prints under; a plain tuple's form when left out. */
  readonly typeName: string | undefined;
  constructor(fields: readonly string[], items: readonly Value[], typeName?: string) {
    super();
    this.fields = fields;
    this.typeName = typeName;
    this.push(...items);
  }
}

/** Stands for a hashable value: equal values have the same key. */
export type Key = string | number | bigint | null | object;

/** A dict made by a template; its keys may be of any hashable type. */
export class Dict {
  readonly members: Map<Key, [key: Value, value: Value]> = new Map<Key, [key: Value, value: Value]>();
}

export class PythonSet {
  readonly members: Map<Key, Value> = new Map<Key, Value>();
}

export class Bytes {
  readonly data: Uint8Array;
  constructor(data: Uint8Array) {
    this.data = data;
  }
}

/** A text marked as safe HTML; text added to it is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A missing variable, member or item: it prints as nothing, and fails when reckoned with. */
export class Undefined {
  readonly message: () => string;
  readonly type: FailureType;
  constructor(message: () => string, type: FailureType = "UndefinedError") {
    this.message = message;
    this.type = type;
  }
}

export type Named = ReadonlyMap<string, Value>;

/** A function or bound method that a template may call. */
export class Callable {
  readonly name: string;
  readonly call: (positional: readonly Value[], named: Named) => Value;
  /** What Python prints for it. */
  readonly repr: string;
  constructor(name: string, call: Callable["call"], repr = `<function ${name}>`) {
    this.name = name;
    this.call = call;
    this.repr = repr;
  }
}

export interface ViewOptions {
  /** Attributes, which go before members of the same name; made when asked for. */
  readonly attributes?: Readonly<Record<string, () => Value>>;
  /** Whether keys are found in any case, as names of headers are. */
  readonly anyCase?: boolean;
  /** Whether it equals a dict of the same members. */
  readonly equalsDict?: boolean;
}

/** An object of the reference that acts like a dict, and has attributes besides. */
export class MappingView {
  readonly typeName: string;
  readonly data: JsonObject;
  readonly options: ViewOptions;
  constructor(typeName: string, data: JsonObject, options: ViewOptions = {}) {
    this.typeName = typeName;
    this.data = data;
    this.options = options;
  }
}

/** What `keys()`, `values()` and `items()` give. */
export class DictView {
  readonly part: "keys" | "values" | "items";
  readonly mapping: Mapping;
  constructor(part: DictView["part"], mapping: Mapping) {
    this.part = part;
    this.mapping = mapping;
  }
}

/** An iterator: it can be gone through once, and has no length. */
export class Iteration {
  readonly typeName: string;
  readonly iterator: IterableIterator<Value>;
  constructor(typeName: string, iterator: IterableIterator<Value>) {
    this.typeName = typeName;
    this.iterator = iterator;
  }
}

export interface Behaviour {
  readonly typeName: string;
  attribute?(name: string): Value | undefined;
  /** Methods, each called with its arguments in order. */
  readonly methods?: Readonly<Record<string, (...given: (Value | undefined)[]) => Value>>;
  call?(positional: readonly Value[], named: Named): Value;
  text(): string;
  /** Gives what it holds in turn, where it can be gone through. */
  iterate?(): Iterable<Value>;
  size?(): number;
  /** Sets a member, as `{% set object.member = value %}` does. */
  assign?(name: string, value: Value): void;
}

/** Any other object: a namespace, the `loop` of a for, a macro. */
export class Instance {
  readonly behaviour: Behaviour;
  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
  }
}
