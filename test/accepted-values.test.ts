/** Which values each property takes, against the reference: what it refuses never gets to run. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { components } from "../packages/cdk/src/components/registry.ts";
import { parseJson } from "../packages/cdk/src/json/parse.ts";
import { printJson } from "../packages/cdk/src/json/print.ts";
import { copy, isObject, set, type Json, type JsonObject } from "../packages/cdk/src/json/value.ts";
import { plainNumbers } from "../packages/cdk/src/manifest/plain-numbers.ts";
import { createLanguage, createQuickLanguage, mayLackType } from "../packages/cdk/src/manifest/language.ts";

interface Row {
  /** A component with no more than it needs. */
  readonly component: JsonObject;
  /** Where the values are put in it. */
  readonly path: readonly string[];
  /** For each of the table's values, 1 where the reference takes it. */
  readonly accepts: string;
  /** Values that are of use for this property only. */
  readonly own: readonly (readonly [value: Json, accepted: boolean])[];
}
const table = parseJson(readFileSync(new URL("tables/accepted-values.json", import.meta.url), "utf8")) as unknown as {
  readonly values: readonly Json[];
  readonly components: Readonly<Record<string, readonly Row[]>>;
};
/** With zod, which says why, and without it. */
const explaining = createLanguage(components, z);
const quick = createQuickLanguage(components, () => Promise.resolve(explaining));

/** What the reference takes for an accident of how its classes are made: each of these is an empty mapping there. */
const accidents = ['OAuthAuthenticator.refresh_token_updater ""', "OAuthAuthenticator.refresh_token_updater []"];
/** Shapes of SessionTokenAuthenticator's `request_authentication`. */
const shapes = /^SessionTokenRequest(?:ApiKey|Bearer)Authenticator$/;

test("each property takes the values that it takes in the reference, and no others", () => {
  const wrong = Object.entries(table.components).flatMap(([type, rows]) =>
    shapes.test(type) ? [] : rows.flatMap((row) => differences(type, row)),
  );
  expect(wrong).toEqual(accidents);
});

test("the table has all components that state a type", () => {
  const stated = [...explaining.components.keys()].filter((type) => !mayLackType(type) && type !== "FileUploader");
  expect(stated.filter((type) => !Object.hasOwn(table.components, type))).toEqual([]);
});

function differences(type: string, { component, path, accepts, own }: Row): string[] {
  const values = [...table.values.map((value, at) => [value, accepts[at] === "1"] as const), ...own];
  return values.flatMap(([value, accepted]) => {
    const whole = plainNumbers(put(component, path, value));
    const differs = [explaining, quick].some((language) => language.accepts(type, whole) !== accepted);
    return differs ? [`${type}.${path.join(".")} ${printJson(value)}`] : [];
  });
}

function put(value: JsonObject, [key, ...deeper]: readonly string[], member: Json): JsonObject {
  const changed = copy(value);
  const held = changed[key!];
  set(changed, key!, deeper.length === 0 ? member : put(isObject(held) ? held : {}, deeper, member));
  return changed;
}
