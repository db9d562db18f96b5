import type { z } from "zod";
import type { Component, Ref, Slot } from "../component.ts";
import { configError } from "../errors.ts";
import { get, type Json, type JsonObject } from "../json/value.ts";
import type { Kind } from "../roles.ts";
import { makeSlot } from "./make-slot.ts";
import { withPlainFields } from "./plain-numbers.ts";
import { fits, plainSchemas } from "./plain-schema.ts";

/** Components that need not state what they are; the reference has no type for most of these. */
const UNSTATED: ReadonlySet<string> = new Set([
  "AsyncJobStatusMap",
  "AuthFlow",
  "ComplexFieldType",
  "ConcurrencyLevel",
  "HttpRequestRegexMatcher",
  "LegacyToPerPartitionStateMigration",
  "OAuthConfigSpecification",
  "Rate",
  "SchemaTypeIdentifier",
  "StreamGroup",
  "TypesMap",
]);

/** Whether a component need not state its type, wherever it stands. */
export const mayLackType = (type: string): boolean => UNSTATED.has(type);

/** A class's own name, its module left out. */
export const nameOfClass = (className: string): string => className.slice(className.lastIndexOf(".") + 1);

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
  /** The components that the connector brings along. */
  readonly own: readonly Component[];
  /** What the `class_name` of a component stands for, undefined where it has none, or there is no such component. */
  classOf(spec: JsonObject): Component | undefined;
  /** The schema of a component of the connector's own, as a manifest names it by `class_name`. */
  ownSchema(component: Component): z.ZodObject;
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

/** Binds a list of components into one manifest language, with those that a connector brings along. */
export function createLanguage(
  components: readonly Component[],
  zod: typeof z,
  own: readonly Component[] = [],
): Language {
  const classes = new Map(own.map((component) => [component.type, component]));
  // Those of the connector can be named by type too, but stand for none of the language's own types.
  const byType = new Map([...own, ...components].map((component) => [component.type, component]));
  const ownSchemas = new Map<Component, z.ZodObject>();
  const schemas = new Map<string, z.ZodObject>();
  const unions = new Map<string, z.ZodType>();
  const defaults = new Map<Component, JsonObject>();

  const slotOf = <K extends Kind>(kind: K, types?: readonly string[]): z.ZodType<Ref<K>> => {
    const name = `${kind} ${types?.join(" ") ?? "*"}`;
    // zod's union has no notion of kinds; a slot is the one place that gives it.
    return zod.lazy(() => unionOf(name, kind, types)) as never;
  };
  const slot = makeSlot(slotOf, (type) => byType.get(type), zod);

  function unionOf(name: string, kind: Kind, types: readonly string[] | undefined): z.ZodType {
    const known = unions.get(name);
    if (known !== undefined) return known;
    const ofKind = [...byType.values()].filter((each) => each.kind === kind).map((each) => each.type);
    const options = (types?.filter((type) => byType.has(type)) ?? ofKind).map(schemaOf);
    const [only] = options;
    const union =
      options.length === 1 && only !== undefined
        ? unstated(only)
        : zod.discriminatedUnion("type", options.map(unstated) as never);
    unions.set(name, union);
    return union;
  }

  const unstated = (option: z.ZodObject): z.ZodObject => (mayLackType(typeOf(option).value) ? untyped(option) : option);
  const untyped = (schema: z.ZodObject): z.ZodObject => schema.extend({ type: typeOf(schema).optional() });
  const typeOf = (schema: z.ZodObject): z.ZodLiteral<string> => schema.shape["type"] as never; // schemaOf made it one

  function schemaOf(type: string): z.ZodObject {
    const known = schemas.get(type);
    if (known !== undefined) return known;
    const component = byType.get(type);
    if (component === undefined) throw new Error(`No component of type ${type} is registered.`);
    const described = component.schema(slot, zod);
    const fields = described.extend({ type: zod.literal(type), $parameters: zod.looseObject({}).optional() });
    // Parameters fill whatever fields they name, of any component but the manifest itself.
    const open = type === "DeclarativeSource" ? fields.strict() : fields.loose();
    const checked = own.length > 0 && "class_name" in described.shape ? open.check(checkClass(component.kind)) : open;
    const schema = checked.meta({ ...described.meta(), id: type });
    schemas.set(type, schema);
    return schema;
  }

  /** Holds what names a class to what that component wants. One that is not there is told when it is to be built. */
  function checkClass(kind: Kind): (payload: z.core.ParsePayload<Record<string, unknown>>) => void {
    return ({ value, issues }) => {
      const component = classOf(value as JsonObject); // what is validated is a part of a manifest
      if (component === undefined || !own.includes(component)) return;
      if (component.kind !== kind) {
        const message = `${component.type} is made as one of kind "${component.kind}", and here one of kind "${kind}" is needed`;
        issues.push({ code: "custom", message, input: value });
        return;
      }
      // The issues are whole already; zod puts the place of this component before theirs.
      const found = ownSchema(component).safeParse(value).error?.issues ?? [];
      issues.push(...(found as unknown as z.core.$ZodRawIssue[]));
    };
  }

  function ownSchema(component: Component): z.ZodObject {
    let schema = ownSchemas.get(component);
    if (schema === undefined) {
      const stated = { type: zod.string().optional(), class_name: zod.string().optional() };
      schema = component
        .schema(slot, zod)
        .extend({ ...stated, $parameters: zod.looseObject({}).optional() })
        .loose();
      ownSchemas.set(component, schema);
    }
    return schema;
  }

  function classOf(spec: JsonObject): Component | undefined {
    const className = get(spec, "class_name");
    if (typeof className !== "string") return undefined;
    const name = nameOfClass(className);
    // A class of the reference's own is the component of its name.
    return classes.get(name) ?? (className.startsWith("airbyte_cdk.") ? byType.get(name) : undefined);
  }

  function defaultsOf(component: Component): JsonObject {
    let known = defaults.get(component);
    if (known === undefined) {
      known = {};
      const schema = byType.get(component.type) === component ? schemaOf(component.type) : ownSchema(component);
      const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
      for (const [name, field] of Object.entries(shape)) {
        const { type, defaultValue } = field._zod.def as { type: string; defaultValue?: Json };
        if (type === "default") known[name] = defaultValue!;
      }
      defaults.set(component, known);
    }
    return known;
  }

  function componentOf<K extends Kind>(child: Ref<K>): Component<K> {
    const component = classOf(child as unknown as JsonObject) ?? byType.get(child.type);
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
    own,
    classOf,
    ownSchema,
    specOf: (child) => withPlainFields({ ...defaultsOf(componentOf(child)), ...(child as unknown as JsonObject) }),
  };
  return language;
}
