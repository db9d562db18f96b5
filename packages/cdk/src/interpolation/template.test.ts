import { describe, expect, test } from "vitest";
import { dateTime, utcZone } from "../datetime/datetime.ts";
import { Float, type Json } from "../json/value.ts";
import { jsonLoads } from "./json-loads.ts";
import { compileTemplate, type Context, type Read } from "./template.ts";
import { Tuple } from "./value/value.ts";
import { headersView, recordView, sliceView } from "./views.ts";

describe("results", () => {
  const context: Context = {
    config: { id: "123", text: "a b", list: [1, { a: null }], number: 1.5 },
    response: { next: null },
  };
  test.each<[template: string, result: Json]>([
    ["plain", "plain"],
    ["{{ config.id }}", 123],
    ["{{ config.text }}", "a b"],
    ["{{ config.list }}", [1, { a: null }]],
    ["{{ config.number }}", 1.5],
    ["{{ 2.0 }}", new Float(2)],
    ["{{ response.next }}", null],
    ["{{ config.missing }}", null],
    ["{{ config.id }}-{{ config.text }}", "123-a b"],
    ["{{ 1 + 'a' }}", "{{ 1 + 'a' }}"],
    ["{{ '9007199254740993' }}", 9007199254740993n],
    ["{{ (1, 2) }}", Tuple.from([1, 2])],
    ["{% for x in config.list %}{{ loop.index }}{% endfor %}", 12],
  ])("%s", (template, result) => {
    expect(compileTemplate(template)(context)).toEqual(result);
  });

  test("a list or an object is a copy, so that changing it leaves the context alone", () => {
    const config = { list: [{ a: 1 }] };
    const result = compileTemplate("{{ config.list }}")({ config });
    expect(result).toEqual(config.list);
    expect(result).not.toBe(config.list);
  });

  test("a text without anything to evaluate is constant", () => {
    expect(compileTemplate("a {# b #} c").constant).toBe(true);
    expect(compileTemplate("{% raw %}{{ a }}{% endraw %}").constant).toBe(true);
    expect(compileTemplate("{{ 1 }}").constant).toBe(false);
  });
});

describe("options", () => {
  test("the default stands in for what comes to nothing", () => {
    const template = compileTemplate("{{ config.a.b }}", { default: "{{ config.c }}" });
    expect(template({ config: { c: "5" } })).toBe(5);
    expect(template({ config: {} })).toBe("");
  });

  test("a literal of another type stays text", () => {
    const context = { config: { id: "5" } };
    expect(compileTemplate("{{ config.id }}", { validTypes: ["str"] })(context)).toBe("5");
    expect(compileTemplate("{{ config.id }}", { validTypes: ["int"] })(context)).toBe(5);
  });

  test("parameters and clock are bound", () => {
    const now = () => dateTime({ year: 2024, month: 2, day: 29 }, utcZone);
    const template = compileTemplate("{{ parameters.name }} {{ today_utc() }}", { parameters: { name: "a" }, now });
    expect(template({})).toBe("a 2024-02-29");
  });
});

describe("what a template reads", () => {
  test.each<[template: string, reads: Read[]]>([
    ["plain", []],
    ["{{ response.data.next }}", [["response", "data", "next"]]],
    ["{{ response['data'][0]['next'] }}", [["response", "data", 0, "next"]]],
    ["{{ response.get('a', {}).get('b') }}", [["response", "a", "b"]]],
    ["{{ response }}", [["response"]]],
    ["{{ response.items() }}", [["response"]]],
    ["{{ response.link.split(',')[0] }}", [["response", "link"]]],
    ["{{ response[config.key].id }}", [["response"], ["config", "key"]]],
    ["{{ record.name[1:] | upper }}", [["record", "name"]]],
    ["{{ 'a' in response }}", [["response"]]],
    [
      "{{ (record.a or record.b).c }}",
      [
        ["record", "a"],
        ["record", "b"],
      ],
    ],
    ["{% set r = response.a %}{{ r.b }}{{ r.c }}", [["response", "a"]]],
    ["{% for x in response.rows %}{{ x.id }}{{ loop.index }}{% endfor %}", [["response", "rows"]]],
    ["{{ now_utc() }}{{ max(config.a, 1) }}", [["config", "a"]]],
    ["{{ stream_interval.start_time }}", [["stream_interval", "start_time"]]],
    ["{{ response.a }}{{ response.a }}", [["response", "a"]]],
    ["{% macro f(config) %}{{ config.a }}{{ record.b }}{% endmacro %}", [["record", "b"]]],
  ])("%s", (template, reads) => {
    expect(compileTemplate(template).reads).toEqual(reads);
  });

  test("a variable given as a function is only made when it is read", () => {
    let made = 0;
    const response = () => ({ next: ++made });
    const template = compileTemplate("{{ response.next if config.on else 'off' }}");
    expect(template({ config: { on: false }, response })).toBe("off");
    expect(made).toBe(0);
    expect(template({ config: { on: true }, response })).toBe(1);
  });
});

describe("errors", () => {
  test.each([
    ["{{ a b }}", "is wrong at column 6: expected token 'end of print statement', got 'b'"],
    ["x\n{% if a %}", "is wrong at line 2, column 11: Unexpected end of template."],
    ["{{ a | urlEncode }}", "No filter named 'urlEncode'. Did you mean 'urlencode'?"],
    ["{{ a is defind }}", "No test named 'defind'. Did you mean 'defined'?"],
  ])("without running: %s", (template, message) => {
    expect(compileTemplate(template).error?.message).toContain(message);
    expect(compileTemplate(template).error?.code).toBe("template-syntax");
  });

  test.each([
    ["{{ respons.next }}", "uses the variable 'respons', which is not known here. Did you mean 'response'?"],
    ["a {{ 1 / 0 }}", "failed at column 6: division by zero"],
    ["{{ 'x' | base64decode }}", "failed at column 10: Invalid base64-encoded string"],
    ["{{ response.__class__.x }}", "access to attribute '__class__' of 'dict' object is unsafe."],
    ["{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "asks for too much"],
  ])("while running: %s", (template, message) => {
    expect(() => compileTemplate(template)({ config: {}, response: {} })).toThrow(message);
    expect(compileTemplate(template).error).toBeUndefined();
  });

  test("stream_state is gone, and says so as a config error", () => {
    expect(compileTemplate("{{ stream_state.x }}").error?.failureType).toBe("config_error");
  });

  test("a default that needs a missing member fails", () => {
    const source = "{{ config.a.b }}";
    expect(() => compileTemplate(source, { default: source })({ config: {} })).toThrow(
      "'dict object' has no attribute 'a'",
    );
  });

  test("names that every JavaScript object has are no variables", () => {
    expect(() => compileTemplate("{{ constructor }}")({ config: {} })).toThrow("'constructor'");
    expect(compileTemplate("{{ config.constructor }}")({ config: {} })).toBeNull();
    expect(compileTemplate("{{ config['__proto__'] }}")({ config: {} })).toBeNull();
  });
});

describe("views", () => {
  const slice = { partition: { id: 1 }, interval: { start: "a" }, extra: { zone: "b" } };
  test.each<[template: string, result: Json]>([
    ["{{ stream_slice.id }}{{ stream_interval.start }}{{ stream_partition['id'] }}", "1a1"],
    ["{{ stream_slice.extra_fields.zone }}", "b"],
    ["{{ stream_slice.cursor_slice }}", { start: "a" }],
    ["{{ last_record.data.data }}", "own"],
    ["{{ last_record['data'] }}", "own"],
    ["{{ headers['content-type'] }}", "x"],
    ["{{ 'CONTENT-TYPE' in headers }}", true],
    ["{{ headers.get('nope', 5) }}", 5],
    ["{{ json_loads('[1]')[0] }}", 1],
  ])("%s", (template, result) => {
    const context = {
      stream_slice: sliceView(slice),
      last_record: recordView({ data: "own" }, "users", null),
      headers: headersView({ "Content-Type": "x" }),
      json_loads: jsonLoads,
    };
    expect(compileTemplate(template)(context)).toEqual(result);
  });
});
