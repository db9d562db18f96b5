import { bench, describe } from "vitest";
import { compileBoolean } from "../src/interpolation/boolean.ts";
import { compileMapping } from "../src/interpolation/mapping.ts";
import { compileString } from "../src/interpolation/string.ts";

const record = { id: 7, status: "open", amountCents: 1234, owner: { firstName: "Ada", lastName: "Lovelace" } };
const context = { config: { base_url: "https://api.example.com", pages: 5 }, record, response: { next: "abc" } };

describe("templates", () => {
  const member = compileString("{{ config['base_url'] }}");
  bench("a member of the config", () => void member(context));
  const joined = compileString("{{ record['owner']['firstName'] ~ ' ' ~ record['owner']['lastName'] }}");
  bench("two members joined", () => void joined(context));
  const quotient = compileString("{{ record['amountCents'] / 100 }}");
  bench("a quotient", () => void quotient(context));
  const condition = compileBoolean("{{ record['status'] != 'deleted' }}");
  bench("a condition", () => void condition(context));
  const parameters = compileMapping({
    pages: "{{ config['pages'] }}",
    since: "2024-01-01",
    next: "{{ response.next }}",
  });
  bench("three request parameters", () => void parameters(context));
  bench("compiled and evaluated", () => void compileString(`{{ record.id + ${Math.random()} }}`)(context));
});
