import { inspect } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { components } from "../components/registry.ts";
import { Float, type Json, type JsonObject } from "../json/value.ts";
import { createLanguage, createQuickLanguage } from "./language.ts";
import type { SchemaParts } from "./plain-schema.ts";

const inZod = createLanguage(components, z);
const quick = createQuickLanguage(components, () => Promise.resolve(inZod));
const types = components.map(({ type }) => type);

const ODD: readonly Json[] = [
  "",
  "text",
  "GET",
  0,
  1,
  -1,
  2.5,
  2 ** 53,
  10n ** 20n,
  new Float(5),
  new Float(NaN),
  true,
  null,
  [],
  [null],
  [["id"]],
  {},
  { type: "None" },
  { constructor: "x" },
  { "10": "a", "2": "b" },
];

/** The part of a definition that values are made along. */
interface Part extends SchemaParts<Schema> {
  readonly values?: readonly Json[];
  readonly entries?: Readonly<Record<string, string>>;
}
type Schema = z.core.$ZodType;

let allowed = 0;
let refused = 0;

test.each(types)("%s: plain schemas allow exactly what zod allows", (type) => {
  const random = randomFrom(types.indexOf(type));
  for (let count = 0; count < 60; count++) {
    const value = valueFor(inZod.schemaOf(type), 0);
    const { success } = inZod.schemaOf(type).safeParse(value);
    if (quick.accepts(type, value) !== success) expect.fail(`zod says ${success} to ${inspect(value, { depth: 9 })}`);
    if (success) allowed++;
    else refused++;
  }

  function valueFor(schema: Schema, depth: number): Json {
    if (random() < 0.03) return pick(ODD)!;
    const part = schema._zod.def as unknown as Part;
    switch (part.type) {
      case "optional":
      case "default":
      case "nullable":
        return valueFor(part.innerType!, depth);
      case "lazy":
        return depth > 6 ? {} : valueFor(part.getter!(), depth + 1);
      case "union":
        return valueFor(pick(part.options!)!, depth);
      case "string":
        return "text";
      case "number":
        return pick([0, 1, 2, 3, 100])!;
      case "boolean":
        return random() < 0.5;
      case "null":
        return null;
      case "literal":
        return part.values![0]!;
      case "enum":
        return pick(Object.values(part.entries!))!;
      case "array":
        return Array.from({ length: depth > 5 ? 0 : pick([0, 1, 1, 2])! }, () => valueFor(part.element!, depth + 1));
      case "record":
        return { a: valueFor(part.valueType!, depth + 1) };
      default:
        return objectFor(part.shape!, depth);
    }
  }

  function objectFor(shape: Readonly<Record<string, Schema>>, depth: number): JsonObject {
    const object: JsonObject = random() < 0.05 ? { more: "text" } : {};
    for (const [key, field] of Object.entries(shape)) {
      const spare = ["optional", "default"].includes(field._zod.def.type);
      if (random() < (spare ? 0.2 + depth / 10 : 0.99)) object[key] = valueFor(field, depth + 1);
    }
    return object;
  }

  function pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(random() * items.length)];
  }
});

test("of the values before many are allowed, and many are not", () => {
  expect(Math.min(allowed, refused) / (allowed + refused)).toBeGreaterThan(0.2);
});

test.each(types)("%s: the same fields, descriptions, notes and defaults", (type) => {
  const of = (language: typeof quick): unknown => [
    language.schemaOf(type).description,
    language.schemaOf(type).meta()?.["deprecated"],
    Object.entries(language.schemaOf(type).shape).map(([name, field]) => [name, notesOf(field as Schema)]),
    { ...language.specOf({ type } as never) },
  ];
  expect(of(quick)).toEqual(of(inZod));
});

function notesOf(schema: Schema): unknown {
  const described = schema as unknown as Pick<z.ZodType, "description" | "meta">; // every classic schema has them
  const { innerType, options, type } = schema._zod.def as unknown as Part;
  const { description } = described;
  return [type, description, described.meta()?.["deprecated"], innerType && notesOf(innerType), options?.map(notesOf)];
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
