import { expect, test } from "vitest";
import { runConnector } from "../../testing/run-connector.ts";

const base = { type: "integer", maximum: 2 };
const manifest = (...validations: readonly object[]): string =>
  JSON.stringify({
    version: "7.0.0",
    type: "DeclarativeSource",
    check: { type: "CheckStream", stream_names: [] },
    streams: [],
    spec: {
      type: "Spec",
      connection_specification: { type: "object", properties: {} },
      config_normalization_rules: { type: "ConfigNormalizationRules", validations },
    },
  });
const predicate = (value: unknown, schema: object): object => ({
  type: "PredicateValidator",
  value,
  validation_strategy: { type: "ValidateAdheresToSchema", base_schema: schema },
});

// The reference fails at each PredicateValidator; here it does what it is for.
test.each([
  ["a value", predicate(2, base), 0],
  ["a value that does not fit", predicate(3, base), 1],
  ["a value of the config", predicate("{{ config['names'] | length }}", base), 0],
  ["a value of the config that does not fit", predicate("{{ config['names'] | length + 1 }}", base), 1],
  ["a mapping in JSON", predicate('{"a": 1}', { type: "object", required: ["a"] }), 0],
])("%s", async (_, validation, exitCode) => {
  const run = await runConnector(undefined, ["discover"], {
    manifest: manifest(validation),
    config: { names: ["a", "b"] },
  });
  expect([run.exitCode, run.of("TRACE").map(({ trace }) => trace.error?.failure_type)]).toEqual([
    exitCode,
    exitCode === 0 ? [] : ["config_error"],
  ]);
});
