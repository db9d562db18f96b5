import { CalendarDuration } from "../../datetime/calendar-duration.ts";
import { DateTime, PlainDate, TimeZone } from "../../datetime/datetime.ts";
import { Timedelta } from "../../datetime/timedelta.ts";
import { get } from "../../json/value.ts";
import { typeError } from "../failure.ts";
import { bytesMethods } from "../methods/bytes.ts";
import { dateMethods, dateProperties } from "../methods/date.ts";
import { dateTimeMethods, dateTimeProperties } from "../methods/datetime.ts";
import { dictMethods, viewMethods } from "../methods/dict.ts";
import { durationMethods, durationProperties } from "../methods/duration.ts";
import { listMethods, tupleMethods } from "../methods/list.ts";
import { markupMethods } from "../methods/markup.ts";
import { floatMethods, integerMethods, numberProperties } from "../methods/number.ts";
import { setMethods } from "../methods/set.ts";
import { textMethods } from "../methods/text.ts";
import { braceFormat, namedLookup } from "../text/brace-format.ts";
import { callMethod, type Method } from "./call.ts";
import { item } from "./item.ts";
import { isFloat, isInteger, isJsonObject, isList, isTuple, typeName } from "./kind.ts";
import { raiseUndefined, undefinedMember, unsafeMember } from "./undefined.ts";
import {
  Bytes,
  Callable,
  Dict,
  Instance,
  MappingView,
  Markup,
  NamedTuple,
  PythonSet,
  Tuple,
  Undefined,
  type Value,
} from "./value.ts";

/** `object.name`: an attribute, else an item, else undefined. */
export function getAttribute(object: Value, name: string): Value {
  if (isJsonObject(object) && dictMethods[name] === undefined && !isInternal(name)) {
    return orUndefined(get(object, name), object, name);
  }
  const found = attribute(object, name);
  return orUndefined(found === undefined ? item(object, name) : found, object, name);
}

/** `object[key]`: an item, else an attribute, else undefined. */
export function getItem(object: Value, key: Value): Value {
  const found = item(object, key);
  if (found !== undefined) return found;
  const name = typeof key === "string" ? key : key instanceof Markup ? key.text : undefined;
  return orUndefined(name === undefined ? undefined : attribute(object, name), object, key);
}

/** Told apart by `undefined` alone: null is a value. */
function orUndefined(found: Value | undefined, object: Value, key: Value): Value {
  return found === undefined ? undefinedMember(object, key) : found;
}

/** What Python's `getattr` finds; where the sandbox hides it, an undefined that says so. */
export function attribute(object: Value, name: string): Value | undefined {
  if (isInternal(name)) return unsafeMember(object, name);
  if (object instanceof Undefined) raiseUndefined(object);
  if (typeof object === "string")
    return name.startsWith("format") ? formatter(object, name) : bound(object, name, textMethods);
  if (isJsonObject(object) || object instanceof Dict) return bound(object, name, dictMethods);
  if (isTuple(object)) return tupleAttribute(object, name);
  if (isList(object)) return bound(object, name, listMethods);
  return specialAttribute(object, name);
}

function tupleAttribute(object: Tuple, name: string): Value | undefined {
  const place = object instanceof NamedTuple ? object.fields.indexOf(name) : -1;
  return place < 0 ? bound(object, name, tupleMethods) : object[place];
}

function specialAttribute(object: Exclude<Value, string>, name: string): Value | undefined {
  if (object instanceof MappingView) {
    if (name.startsWith("_") && name !== "_partition") return undefined;
    return property(object.options.attributes?.[name], object, name, viewMethods);
  }
  if (object instanceof Instance) return instanceAttribute(object, name);
  if (object instanceof DateTime) return property(dateTimeProperties[name], object, name, dateTimeMethods);
  if (object instanceof PlainDate) return property(dateProperties[name], object, name, dateMethods);
  if (object instanceof Timedelta || object instanceof CalendarDuration) {
    return property(durationProperties[name], object, name, durationMethods);
  }
  if (object instanceof Markup) return formatter(object.text, name) ?? bound(object, name, markupMethods);
  if (isInteger(object)) return property(numberProperties[name], object, name, integerMethods);
  if (isFloat(object)) return property(numberProperties[name], object, name, floatMethods);
  if (object instanceof PythonSet) return bound(object, name, setMethods);
  if (object instanceof Bytes) return bound(object, name, bytesMethods);
  if (object instanceof TimeZone && name === "zone") return object.name ?? null;
  return undefined;
}

function instanceAttribute({ behaviour }: Instance, name: string): Value | undefined {
  const { methods } = behaviour;
  const run = methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (run === undefined) return behaviour.attribute?.(name);
  return new Callable(name, (positional) => run(...positional), `<bound method ${name} of ${behaviour.typeName}>`);
}

/** `text.format` and `text.format_map`, which reach into their values as templates do. */
function formatter(text: string, name: string): Callable | undefined {
  if (name === "format") {
    return new Callable(name, (positional, named) => braceFormat(text, positional, namedLookup(named), access));
  }
  if (name !== "format_map") return undefined;
  return new Callable(name, (positional, named) => {
    const [mapping] = positional;
    if (named.size > 0) throw typeError("format_map() takes no keyword arguments");
    if (mapping === undefined || positional.length > 1) {
      throw typeError(`format_map() takes exactly one argument (${positional.length} given)`);
    }
    return braceFormat(text, [], (key) => item(mapping, key), access);
  });
}

const access = { attribute: getAttribute, item: getItem };

function property<Self extends Value>(
  read: ((self: Self) => Value | undefined) | undefined,
  self: Self,
  name: string,
  methods: Readonly<Record<string, Method<Self> | undefined>>,
): Value | undefined {
  const found = read?.(self);
  return found === undefined ? bound(self, name, methods) : found;
}

function bound<Self extends Value>(
  self: Self,
  name: string,
  methods: Readonly<Record<string, Method<Self> | undefined>>,
): Callable | undefined {
  const found = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (found === undefined) return undefined;
  const repr = `<built-in method ${name} of ${typeName(self)} object>`;
  return new Callable(name, (positional, named) => callMethod(name, found, self, positional, named), repr);
}

/** Names that every Python object has, and that the sandbox hides. */
const INTERNAL: ReadonlySet<string> = new Set(
  (
    "abs add and bool class class_getitem contains delattr delitem dir divmod doc eq float floor floordiv format ge " +
    "getattribute getitem getnewargs getstate gt hash iadd imul index init init_subclass int invert ior iter le len lt " +
    "mod mul ne neg new or pos pow radd rand rdivmod reduce reduce_ex repr reversed rfloordiv rmod rmul ror round " +
    "rpow rsub rtruediv setattr setitem sizeof str sub subclasshook truediv trunc"
  )
    .split(" ")
    .map((word) => `__${word}__`),
);

export function isInternal(name: string): boolean {
  return name.startsWith("__") && INTERNAL.has(name);
}
