import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Component } from "../../component.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import type { JsonObject } from "../../json/value.ts";
import type { StateMigration } from "../../roles.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { legacyToPerPartitionStateMigration } from "./legacy-to-per-partition-state-migration.ts";

const components: readonly Component[] = [legacyToPerPartitionStateMigration];

/** What the reference did; see make-routers.py. The table's shape is known from there. */
const { config, migrations } = parseJson(readFileSync("test/tables/routers.json", "utf8")) as unknown as {
  config: JsonObject;
  migrations: { stream: JsonObject; state: JsonObject; migrated?: JsonObject; raises?: string }[];
};

function build(spec: JsonObject): StateMigration {
  const within = { name: "users", spec };
  return buildForTest("stateMigration", { type: "LegacyToPerPartitionStateMigration" }, { components, config, within })
    .component;
}

test("states come out as the reference's", () => {
  for (const { stream, state, migrated } of migrations) {
    if (migrated !== undefined) expect(printJson(build(stream)(state))).toBe(printJson(migrated));
  }
});

test("a stream without cursor, or without a partition field, is refused", () => {
  for (const { stream, raises } of migrations) {
    if (raises !== undefined) expect(() => build(stream)).toThrow("LegacyToPerPartitionStateMigration needs");
  }
});
