import type { z } from "zod";
import type { Component, Ref, Slot } from "../component.ts";
import { configError } from "../errors.ts";
import { get, type Json, type JsonObject } from "../json/value.ts";
import type { Kind } from "../roles.ts";
import { withPlainFields } from "./plain-numbers.ts";
import { fits, plainSchemas } from "./plain-schema.ts";

/** The kinds whose only type need not be stated. */
const UNTYPED: ReadonlySet<Kind> = new Set(["piece", "concurrencyLevel", "schemaTypeIdentifier"]);
/** What a component is that states no type, where its kind has several. */
const UNSTATED: ReadonlySet<string> = new Set(["LegacyToPerPartitionStateMigration"]);

/** Whether a component need not state its type, wherever it stands. */
export const mayLackType = (kind: Kind, type: string): boolean => UNTYPED.has(kind) || UNSTATED.has(type);

export interface Language {
  readonly components: ReadonlyMap<string, Component>;
  readonly slot: Slot;
  /** The schema of one type, with its `type` and `$parameters`. */
  schemaOf(type: string): z.ZodObject;
  /** Whether a value is one of this type. Says nothing of why it is none. */
  accepts(type: string, value: Json): boolean;
  /** The same language, able to say why a value is refused. */
  explaining(): Promise<Language>;
  /** The component that a child names, custom ones by the last segment of their `class_name`. */
  componentOf<K extends Kind>(child: Ref<K>): Component<K>;
  /** What the child says, with the defaults of its type filled in. */
  specOf(child: Ref<Kind>): JsonObject;
}

/**
 * Binds a list of components into one manifest language that runs manifests, and knows a good one from a bad one. What is
 * wrong with a bad one is told in zod, which takes its time to load.
 */
export function createQuickLanguage(components: readonly Component[], explaining: () => Promise<Language>): Language {
  const language = createLanguage(components, plainSchemas);
  return {
    ...language,
    accepts: (type, value) => fits(language.schemaOf(type), value),
    explaining,
  };
}

/** Binds a list of components into one manifest language. */
export function createLanguage(components: readonly Component[], zod: typeof z): Language {
  const byType = new Map(components.map((component) => [component.type, component]));
  const schemas = new Map<string, z.ZodObject>();
  const unions = new Map<string, z.ZodType>();
  const defaults = new Map<string, JsonObject>();

  const slot: Slot = (kind, types) => {
    const name = `${kind} ${types?.join(" ") ?? "*"}`;
    // zod's union has no notion of kinds; a slot is the one place that gives it.
    return zod.lazy(() => unionOf(name, kind, types)) as never;
  };

  function unionOf(name: string, kind: Kind, types: readonly string[] | undefined): z.ZodType {
    const known = unions.get(name);
    if (known !== undefined) return known;
    const ofKind = [...byType.values()].filter((each) => each.kind === kind).map((each) => each.type);
    const options = (types?.filter((type) => byType.has(type)) ?? ofKind).map(schemaOf);
    const [only] = options;
    const union =
      options.length === 1 && only !== undefined
        ? single(kind, only)
        : zod.discriminatedUnion("type", options.map(unstated) as never);
    unions.set(name, union);
    return union;
  }

  /** What is read as data, and a component that is named by who builds it, need not state their type. */
  function single(kind: Kind, only: z.ZodObject): z.ZodObject {
    return UNTYPED.has(kind) ? untyped(only) : only;
  }

  const unstated = (option: z.ZodObject): z.ZodObject =>
    UNSTATED.has(typeOf(option).value) ? untyped(option) : option;
  const untyped = (schema: z.ZodObject): z.ZodObject => schema.extend({ type: typeOf(schema).optional() });
  const typeOf = (schema: z.ZodObject): z.ZodLiteral<string> => schema.shape["type"] as never; // schemaOf made it one

  function schemaOf(type: string): z.ZodObject {
    const known = schemas.get(type);
    if (known !== undefined) return known;
    const component = byType.get(type);
    if (component === undefined) throw new Error(`No component of type ${type} is registered.`);
    const own = component.schema(slot, zod);
    const fields = own.extend({ type: zod.literal(type), $parameters: zod.looseObject({}).optional() });
    // Parameters fill whatever fields they name, of any component but the manifest itself.
    const schema = (type === "DeclarativeSource" ? fields.strict() : fields.loose()).meta({ ...own.meta(), id: type });
    schemas.set(type, schema);
    return schema;
  }

  function defaultsOf(type: string): JsonObject {
    let known = defaults.get(type);
    if (known === undefined) {
      known = {};
      const shape: Readonly<Record<string, z.core.$ZodType>> = schemaOf(type).shape;
      for (const [name, field] of Object.entries(shape)) {
        const { type, defaultValue } = field._zod.def as { type: string; defaultValue?: Json };
        if (type === "default") known[name] = defaultValue!;
      }
      defaults.set(type, known);
    }
    return known;
  }

  function componentOf<K extends Kind>(child: Ref<K>): Component<K> {
    const className = get(child as unknown as JsonObject, "class_name");
    const name = typeof className === "string" ? className.slice(className.lastIndexOf(".") + 1) : child.type;
    const component = byType.get(name) ?? byType.get(child.type);
    if (component === undefined)
      throw configError(`The manifest names a component of type "${child.type}", which does not exist.`);
    // A Ref<K> was validated as one of kind K.
    return component as Component<K>;
  }

  const language: Language = {
    components: byType,
    slot,
    schemaOf,
    accepts: (type, value) => schemaOf(type).safeParse(value).success,
    explaining: () => Promise.resolve(language),
    componentOf,
    specOf: (child) => withPlainFields({ ...defaultsOf(componentOf(child).type), ...(child as unknown as JsonObject) }),
  };
  return language;
}
