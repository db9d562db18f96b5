/** The language as the reference defines it, against ours: what a newer version adds shows up here by name. */
import { expect, test } from "vitest";
import { z } from "zod";
import { components } from "../packages/cdk/src/components/registry.ts";
import { createLanguage } from "../packages/cdk/src/manifest/language.ts";
import { definitions as known } from "./comparison/coverage.ts";

const definitions = Object.entries(known).map(([name, { required, properties }]) => ({
  name,
  required,
  properties: Object.keys(properties),
}));
const language = createLanguage(components, z);

/** Definitions that are no component here, and where they are instead. */
const within: Readonly<Record<string, string>> = {
  CombineMode: "an enumeration",
  PrimaryKey: "texts in lists, a field of DeclarativeStream",
  RequestBodyGraphQlQuery: "the value of RequestBodyGraphQL",
  SchemaNormalization: "an enumeration",
  Schemas: "a mapping of names to JSON Schemas, a field of DeclarativeSource",
  SessionTokenRequestApiKeyAuthenticator: "a shape of SessionTokenAuthenticator's `request_authentication`",
  SessionTokenRequestBearerAuthenticator: "a shape of SessionTokenAuthenticator's `request_authentication`",
  ValueType: "an enumeration",
};
const shapeOf = (name: string): Readonly<Record<string, { readonly description?: string }>> =>
  language.schemaOf(name).shape; // what zod says of a field of any type
const ownFields = (name: string): string[] =>
  Object.keys(shapeOf(name)).filter((field) => field !== "type" && field !== "$parameters");

test("every definition is a component, or named with the place where it is instead", () => {
  const missing = definitions.filter(({ name }) => !language.components.has(name)).map(({ name }) => name);
  expect(missing.sort()).toEqual(Object.keys(within).sort());
});

test("every property of every definition is known", () => {
  const missing = definitions
    .filter(({ name }) => language.components.has(name))
    .flatMap(({ name, properties }) =>
      properties.filter((property) => !Object.hasOwn(shapeOf(name), property)).map((property) => `${name}.${property}`),
    );
  expect(missing).toEqual([]);
});

test("what the reference demands is demanded, and nothing else is", () => {
  const wrong = definitions
    .filter(({ name }) => language.components.has(name))
    .flatMap(({ name, required }) =>
      ownFields(name)
        .filter((field) => {
          const { success } = (shapeOf(name)[field] as unknown as z.ZodType).safeParse(undefined);
          return success === required.includes(field);
        })
        .map((field) => `${name}.${field}`),
    );
  expect(wrong).toEqual([]);
});

test("every component and field that is not the reference's is named", () => {
  const theirs = new Map(definitions.map(({ name, properties }) => [name, properties]));
  const more = [...language.components.keys()].flatMap((name) => {
    const properties = theirs.get(name);
    if (properties === undefined) return [name];
    return ownFields(name)
      .filter((field) => !properties.includes(field))
      .map((field) => `${name}.${field}`);
  });
  expect(more.sort()).toEqual(["CursorPagination.decoder", "FileUploader"]); // the latter has no name of its own there
});

test("every component and every field is described", () => {
  const silent = [...language.components.values()].flatMap(({ type, description = "" }) => [
    ...(description === "" ? [type] : []),
    ...ownFields(type)
      .filter((field) => (shapeOf(type)[field]?.description ?? "") === "")
      .map((field) => `${type}.${field}`),
  ]);
  expect(silent).toEqual([]);
});
