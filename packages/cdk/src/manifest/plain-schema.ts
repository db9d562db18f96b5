import type { z } from "zod";

/** What schemas are walked along, zod's and those made here: who does need not know which ones they are. */
export interface SchemaParts<Schema> {
  readonly type: string;
  readonly innerType?: Schema;
  readonly getter?: () => Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly values?: readonly unknown[];
}

/** What is known of a schema, named as zod names it. */
interface Definition extends SchemaParts<PlainSchema> {
  readonly defaultValue?: unknown;
  readonly discriminator?: string;
  /** Whether fields that the shape does not name are refused. */
  readonly strict?: boolean;
  readonly whole?: boolean;
  readonly least?: number;
  readonly above?: number;
  readonly look?: Look;
}
/** Tells what else is against a value. */
type Look = (value: unknown, context: { readonly addIssue: () => void }) => void;
type Shape = Readonly<Record<string, PlainSchema>>;
type Notes = Readonly<Record<string, unknown>>;

/**
 * The part of zod that the language is written in, as plain notes of what is allowed: made in no time, and asked in no time
 * whether a value fits. Why one does not fit, only zod can say.
 */
class PlainSchema {
  readonly _zod: { readonly def: Definition };
  readonly #notes: Notes;
  constructor(def: Definition, notes: Notes = {}) {
    this._zod = { def };
    this.#notes = notes;
  }
  #with(more: Partial<Definition>): PlainSchema {
    return new PlainSchema({ ...this._zod.def, ...more }, this.#notes);
  }
  get shape(): Shape | undefined {
    return this._zod.def.shape;
  }
  get value(): unknown {
    return this._zod.def.values?.[0];
  }
  get description(): string | undefined {
    return this.#notes["description"] as string | undefined; // `describe` set it
  }
  describe(description: string): PlainSchema {
    return this.meta({ description }) as PlainSchema; // it was given notes
  }
  meta(notes?: Notes): PlainSchema | Notes | undefined {
    if (notes !== undefined) return new PlainSchema(this._zod.def, { ...this.#notes, ...notes });
    return Object.keys(this.#notes).length === 0 ? undefined : this.#notes;
  }
  optional(): PlainSchema {
    return new PlainSchema({ type: "optional", innerType: this });
  }
  nullable(): PlainSchema {
    return new PlainSchema({ type: "nullable", innerType: this });
  }
  default(defaultValue: unknown): PlainSchema {
    return new PlainSchema({ type: "default", innerType: this, defaultValue });
  }
  min(least: number): PlainSchema {
    return this.#with({ least });
  }
  gt(above: number): PlainSchema {
    return this.#with({ above });
  }
  superRefine(look: Look): PlainSchema {
    return this.#with({ look });
  }
  extend(more: Shape): PlainSchema {
    return new PlainSchema({ ...this._zod.def, shape: { ...this.shape, ...more } });
  }
  strict(): PlainSchema {
    return this.#with({ strict: true });
  }
  loose(): PlainSchema {
    return this.#with({ strict: false });
  }
}

const make =
  (def: Definition) =>
  (...none: readonly never[]): PlainSchema =>
    none.length === 0 ? new PlainSchema(def) : unknown(none);
const object = (shape: Shape): PlainSchema => new PlainSchema({ type: "object", shape });
const array = (element: PlainSchema): PlainSchema => new PlainSchema({ type: "array", element });
const union = (options: readonly PlainSchema[]): PlainSchema => new PlainSchema({ type: "union", options });
const lazy = (get: () => PlainSchema): PlainSchema => {
  let made: PlainSchema | undefined;
  return new PlainSchema({ type: "lazy", getter: () => (made ??= get()) });
};
const string = make({ type: "string" });
const number = make({ type: "number" });
const boolean = make({ type: "boolean" });
const record = (_: PlainSchema, valueType: PlainSchema): PlainSchema => new PlainSchema({ type: "record", valueType });

const parts = {
  string,
  number,
  boolean,
  array,
  object,
  union,
  record,
  lazy,
  int: make({ type: "number", whole: true }),
  looseObject: object,
  strictObject: (shape: Shape) => object(shape).strict(),
  literal: (value: unknown) => new PlainSchema({ type: "literal", values: [value] }),
  enum: (values: readonly string[]) => new PlainSchema({ type: "enum", values }),
  discriminatedUnion: (discriminator: string, options: readonly PlainSchema[]) =>
    new PlainSchema({ type: "union", discriminator, options }),
  json(): PlainSchema {
    const any: PlainSchema = lazy(() =>
      union([string(), number(), boolean(), new PlainSchema({ type: "null" }), array(any), record(string(), any)]),
    );
    return any;
  },
};

/** Stands in for zod where components describe themselves. Only what the language uses of zod is there. */
export const plainSchemas: typeof z = parts as unknown as typeof z;

function unknown(given: readonly unknown[]): never {
  throw new TypeError(`This part of the language is to be written without ${JSON.stringify(given)}.`);
}

/** Whether a value is one that this schema, made by `plainSchemas`, allows: exactly what zod allows. */
export function fits(schema: z.ZodType, value: unknown): boolean {
  return check(schema as unknown as PlainSchema, value);
}

function check({ _zod: { def } }: PlainSchema, value: unknown): boolean {
  switch (def.type) {
    case "string":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return checkNumber(def, value);
    case "null":
      return value === null;
    case "literal":
    case "enum":
      return def.values!.includes(value);
    case "optional":
    case "default":
      return value === undefined || check(def.innerType!, value);
    case "nullable":
      return value === null || check(def.innerType!, value);
    case "lazy":
      return check(def.getter!(), value);
    case "array":
      return Array.isArray(value) && checkList(def, value);
    case "union":
      return def.discriminator === undefined
        ? def.options!.some((option) => check(option, value))
        : checkChoice(def, def.discriminator, value);
    case "record":
      return (
        isPlain(value) && Object.keys(value).every((key) => key === "__proto__" || check(def.valueType!, value[key]))
      );
    default:
      return checkObject(def, value);
  }
}

function checkList({ least = 0, element, look }: Definition, items: readonly unknown[]): boolean {
  if (items.length < least || !items.every((item) => check(element!, item))) return false;
  let found = false;
  look?.(items, { addIssue: () => void (found = true) });
  return !found;
}

function checkNumber({ whole, least, above }: Definition, value: unknown): boolean {
  return (
    typeof value === "number" &&
    (whole === true ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    (least === undefined || value >= least) &&
    (above === undefined || value > above)
  );
}

function checkObject({ shape = {}, strict }: Definition, value: unknown): boolean {
  if (!isMapping(value)) return false;
  for (const key in shape) {
    const field = shape[key]!;
    if (key in value ? !check(field, value[key]) : !mayBeAbsent(field)) return false;
  }
  return strict !== true || Object.keys(value).every((key) => Object.hasOwn(shape, key));
}

function checkChoice(def: Definition, discriminator: string, value: unknown): boolean {
  if (!isMapping(value)) return false;
  const stated = value[discriminator];
  const option = choices(def, discriminator).get(stated);
  return option !== undefined && check(option, value);
}

const known = new WeakMap<Definition, ReadonlyMap<unknown, PlainSchema>>();

/** The options of a discriminated union by what they state; undefined is what an option states that need not. */
function choices(def: Definition, discriminator: string): ReadonlyMap<unknown, PlainSchema> {
  let options = known.get(def);
  if (options === undefined) {
    options = new Map(
      def.options!.flatMap((option) => stated(option.shape![discriminator]!).map((each) => [each, option])),
    );
    known.set(def, options);
  }
  return options;
}

function stated({ _zod: { def } }: PlainSchema): readonly unknown[] {
  return def.innerType === undefined ? def.values! : [...stated(def.innerType), undefined];
}

function mayBeAbsent({ _zod: { def } }: PlainSchema): boolean {
  if (def.type === "lazy") return mayBeAbsent(def.getter!());
  if (def.type === "union" && def.discriminator === undefined) return def.options!.some(mayBeAbsent);
  return def.type === "optional" || def.type === "default";
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As zod tells mappings of free names from objects of a class. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isMapping(value)) return false;
  const maker: unknown = value["constructor"];
  if (typeof maker !== "function") return true;
  return isMapping(maker.prototype) && Object.hasOwn(maker.prototype, "isPrototypeOf");
}
