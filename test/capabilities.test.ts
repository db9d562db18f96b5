import { expect, test, vi } from "vitest";
import { capabilities } from "../packages/cdk/src/cli/capabilities.ts";
import { main } from "../packages/cdk/src/cli/main.ts";
import { caseNames, loadCase } from "./comparison/case.ts";
import { coveredBy, definitions } from "./comparison/coverage.ts";

// Twice: by two cases.
const times = new Map<string, number>();
for (const name of caseNames) for (const type of coveredBy(loadCase(name))) times.set(type, (times.get(type) ?? 0) + 1);

test("what the command knows is what the language has and what the cases read (`vitest -u` writes it anew)", async () => {
  const names = Object.entries(definitions).map(([type, { properties }]) => [type, Object.keys(properties)]);
  const text = `/** Made by test/capabilities.test.ts of test/tables/definitions.json and of the cases in test/cases. */
export const definitions: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(names), undefined, 1)};

/** The definitions through which cases read records. */
export const covered: readonly string[] = ${JSON.stringify([...times.keys()].sort(), undefined, 1)};
`;
  await expect(text).toMatchFileSnapshot("../packages/cdk/src/cli/capabilities/language.gen.ts");
});

test("no case reads through what the reference itself cannot run", async () => {
  const all = await capabilities();
  const lacking = all.flatMap(({ type, supported, properties }) => {
    if (!supported) return [type];
    return properties.flatMap((property) => (property.supported ? [] : [`${type}.${property.name}`]));
  });
  // There each PredicateValidator ends in a TypeError; see components/config/validators.test.ts.
  expect(lacking).toEqual(["PredicateValidator"]);
});

test("at least two cases read through each definition, but for components of a connector's own", () => {
  expect([...times].filter(([type, count]) => count < 2 && !type.startsWith("Custom"))).toEqual([]);
});

test("the command prints them as JSON", async () => {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => (text += String(chunk)) !== "");
  const code = await main(["capabilities", "--json"]);
  write.mockRestore();
  expect(code).toBe(0);
  const { components } = JSON.parse(text) as { components: { type: string }[] };
  expect(components).toHaveLength(Object.keys(definitions).length);
  expect(components.find(({ type }) => type === "JsonDecoder")).toEqual({
    type: "JsonDecoder",
    supported: true,
    properties: [],
  });
});
