import type { z } from "zod";
import type { Component } from "../component.ts";
import type { Kind } from "../roles.ts";
import { defaultTypes } from "./default-types.ts";
import { makeSlot } from "./make-slot.ts";
import { mayLackType, type Language } from "./language.ts";

type Schema = z.core.JSONSchema.BaseSchema;

const ROOT = "DeclarativeSource";
const REFERENCE_PAGE =
  "https://docs.airbyte.com/platform/connector-development/config-based/understanding-the-yaml-file/reference#/definitions/";

/**
 * The JSON Schema (draft 7) of manifests as they are written: in place of any value may stand a reference to one; a mapping
 * with a `$ref` need not state what that brings along, nor do parts that are kept under `definitions`. Each alternative
 * tells itself by its `type`, so that an editor completes the one that is meant.
 */
export function languageSchema(language: Language, zod: typeof z): Schema {
  const components = [...language.components.values()];
  const definitions: Record<string, Schema> = {};
  for (const component of components) addDefinitions(component);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Manifest of a declarative source",
    type: "object",
    allOf: [{ $ref: pointerTo(ROOT) }],
    anyOf: [{ required: ["streams"] }, { required: ["dynamic_streams"] }],
    definitions: {
      ...definitions,
      [POINTER]: pointer,
      [REFERENCE]: reference,
      [PART]: part(components),
      [GROUP]: group,
    },
  };

  /** What a component may state; the component; and the component where its type is told by its place. */
  function addDefinitions({ type, description, schema }: Component): void {
    const mark = (slotKind: Kind, types?: readonly string[]): z.ZodType<never> =>
      zod.any().meta({
        [SLOT]: types ?? components.filter((each) => each.kind === slotKind).map((each) => each.type),
      }) as never; // only its JSON Schema is looked at
    const marker = makeSlot(mark, (name) => language.components.get(name), zod);
    const { properties = {}, required = [] } = zod.toJSONSchema(schema(marker, zod), {
      io: "input",
      target: "draft-7",
      unrepresentable: "any",
      reused: "inline",
    }) as Schema;
    const fields = Object.entries(properties).filter(([name]) => name !== "type" && name !== "$parameters");
    definitions[partOf(type)] = definedOf({
      title: type,
      description,
      markdownDescription: `${description ?? type}\n\n[Airbyte's reference of ${type}](${REFERENCE_PAGE}${type})`,
      type: "object",
      properties: {
        type: definedOf({ const: type, description }),
        $ref: TO_POINTER,
        ...Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field as Schema, `${type}.${name}`)])),
        $parameters: {
          type: "object",
          description:
            "Fill the fields of their names in this component and all within; templates see them as `parameters`.",
        },
      },
      additionalProperties: type === ROOT ? false : undefined,
    });
    // A class's name may tell that a component is one of the connector's own.
    const stated = type !== ROOT && !mayLackType(type) && !type.startsWith("Custom");
    definitions[type] = complete(type, required, stated);
    if (defaultsTo.has(type)) definitions[untyped(type)] = complete(type, required, false);
  }
}

const SLOT = "slotOf";
const POINTER = "pointer";
const REFERENCE = "reference";
const PART = "part";
const GROUP = "group";
const partOf = (type: string): string => `${type}.part`;
const untyped = (type: string): string => `${type}.untyped`;
const pointerTo = (name: string): string => `#/definitions/${name}`;
const TO_POINTER: Schema = { $ref: pointerTo(POINTER) };
const defaultsTo: ReadonlySet<string> = new Set(Object.values(defaultTypes));

const pointer: Schema = {
  type: "string",
  pattern: "^#/",
  description: "Where in the manifest the value stands: `#/definitions/…`.",
};
const reference: Schema = {
  anyOf: [TO_POINTER, { type: "object", properties: { $ref: TO_POINTER }, required: ["$ref"] }],
};

/**
 * What a component has to state. An editor that is asked for the words which may stand after `type:` takes the alternatives
 * that lack nothing else: so the fields are demanded only where the type is stated, or told by the place.
 */
function complete(type: string, required: readonly string[], stated: boolean): Schema {
  const ofType: Schema = { properties: { type: { type: "string", pattern: `^${type}$` } } };
  return {
    allOf: [{ $ref: pointerTo(partOf(type)) }],
    if: { required: ["$ref"] },
    then: {},
    else: { ...(stated ? { required: ["type"] } : {}), if: ofType, then: { required: [...required] } },
  };
}

/** A part kept for references: what its type states, all of it optional; anything, where it states none. */
function part(components: readonly Component[]): Schema {
  return {
    allOf: components.map(({ type }) => ({
      if: { type: "object", properties: { type: { const: type } }, required: ["type"] },
      then: { $ref: pointerTo(partOf(type)) },
    })),
  };
}

/** Definitions are kept by name, or in groups by name. */
const group: Schema = {
  allOf: [{ $ref: pointerTo(PART) }],
  if: { required: ["type"] },
  then: {},
  else: { additionalProperties: { $ref: pointerTo(PART) } },
};

function fieldSchema(field: Schema, name: string): Schema {
  const { description, default: standard, deprecated, examples, allOf: anyJson, ...value } = field;
  if (name === `${ROOT}.definitions`) {
    return definedOf({ type: "object", description, additionalProperties: { $ref: pointerTo(GROUP) } });
  }
  const about = { description, default: standard, deprecated, examples };
  return { ...(anyJson === undefined ? withReferences(value, name) : {}), ...definedOf(about) };
}

/** The same, with the components in their places, and a reference in place of each value. */
function withReferences(schema: Schema, name: string): Schema {
  const types = schema[SLOT] as readonly string[] | undefined; // put there above
  if (types !== undefined) {
    const targets = types.map((type) => (defaultTypes[name] === type ? untyped(type) : type));
    return { anyOf: [...targets.map((target) => ({ $ref: pointerTo(target) })), TO_POINTER] };
  }
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice !== undefined) {
    const alternatives = choice.map((each) => within(each, name));
    return {
      anyOf: [
        ...alternatives.flatMap((each) => (isPlainUnion(each) ? each.anyOf : [each])),
        { $ref: pointerTo(REFERENCE) },
      ],
    };
  }
  if (isFree(schema)) return within(schema, name);
  return { anyOf: [within(schema, name), { $ref: pointerTo(REFERENCE) }] };
}

function within(schema: Schema, name: string): Schema {
  if (schema[SLOT] !== undefined) return withReferences(schema, name);
  const { minimum, maximum, properties, additionalProperties, items, ...rest } = schema;
  const shape = properties === undefined || Object.keys(properties).length === 0 ? undefined : properties;
  return definedOf({
    ...rest,
    minimum: isSafe(minimum) ? undefined : minimum,
    maximum: isSafe(maximum) ? undefined : maximum,
    properties:
      shape &&
      Object.fromEntries(
        Object.entries(shape).map(([key, each]) => [key, fieldSchema(each as Schema, `${name}.${key}`)]),
      ),
    additionalProperties: ruled(additionalProperties, name),
    items: ruled(items, name),
    propertyNames: undefined,
  });
}

function ruled(schema: unknown, name: string): Schema | boolean | undefined {
  if (typeof schema !== "object" || schema === null) return schema === false ? false : undefined;
  return Object.keys(schema).length === 0 ? undefined : withReferences(schema as Schema, name);
}

const isSafe = (bound: unknown): boolean => typeof bound === "number" && Math.abs(bound) === Number.MAX_SAFE_INTEGER;
const isFree = ({ type, enum: values, const: value }: Schema): boolean =>
  type === undefined && values === undefined && value === undefined;
const isPlainUnion = (schema: Schema): schema is Schema & { anyOf: Schema[] } =>
  schema.anyOf !== undefined && Object.keys(schema).length === 1;
const definedOf = (schema: Readonly<Record<string, unknown>>): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
