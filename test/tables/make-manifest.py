"""Writes manifest.json: what airbyte-cdk makes of manifests' texts, references, parameters and older forms.

Run: python make-manifest.py (in an environment with airbyte-cdk 7.39.1)
"""

import datetime
import itertools
import json
import random
from pathlib import Path

from airbyte_cdk.manifest_migrations.migration_handler import ManifestMigrationHandler
from airbyte_cdk.sources.declarative.concurrent_declarative_source import get_declarative_component_schema
from airbyte_cdk.sources.declarative.parsers.manifest_component_transformer import ManifestComponentTransformer
from airbyte_cdk.sources.declarative.parsers.manifest_normalizer import ManifestNormalizer
from airbyte_cdk.sources.declarative.parsers.manifest_reference_resolver import ManifestReferenceResolver
from airbyte_cdk.utils.yaml_loader import safe_load_yaml

SCHEMA = get_declarative_component_schema()

# --- YAML ---------------------------------------------------------------------------------------------------------

SCALARS = """yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF y n Y N tRUE ~ null Null NULL nULL
none 0 -0 +0 1 +1 -1 007 017 -017 08 0o17 0x1F 0X1F -0xff 0b101 -0b11 1_000 _1 1__0 0_1 123456789012345 9007199254740991
9007199254740993 -9007199254740993 123456789012345678901234567890 1:30 1:30:15 -1:30 1:60 60:59 1:05.5 190:20:30.15 01:30
1.0 1. .5 +.5 -.5 -1.5 1.5e3 1.5e+3 1.5E-3 1e5 1E+5 1_0.5_0 100.0 1.10 .inf -.inf +.INF .Inf .nan .NaN .NAN -.nan . .. -. +
- 2021-02-03 2021-2-3 2021-02-03T04:05:06 2021-02-03t04:05:06Z 2021-02-03T4:05:06.1234567+1:30 2021-02-03T04:05:06-05
1.2.3 1.2.3-rc1 0.0.0 v1 a:b :a ?a -a a#b a'b a"b {{x}} = << <x> 1e3 0.1 3.14159 12e03 1,000 $a %a @a 0x 0b2 é 日本 😀""".split()

TEXTS = [
    "a: 1", "a:\n  b: 1\n  c: 2\nd: 3", "- 1\n- 2", "-\n- a\n-", "a:\n- 1\n- 2\nb: 3", "a:\n  - 1\n  - 2\nb: 3",
    "- - 1\n  - 2\n- 3", "- a: 1\n  b: 2\n- c: 3", "-   a: 1\n    b:\n      c: 2", "a:\n  - b: 1\n    c:\n      - d\n    e: f",
    "a: b c\n  d e\n f", "a:\n  one\n  two\n\n  three\nb: 1", "a: 'x y'", "a: 'it''s'", 'a: "x\\ty\\u00e9\\x41\\U0001F600\\/"',
    'a: "one\n  two\n\n  three"', "a: 'one\n  two\n\n  three'", 'a: "one \\\n   two"', 'a: "a\\n\n  b"', 'a: "  x  "', 'a: ""', "a: ''",
    "a: |\n  one\n  two\nb: 1", "a: |-\n  one\n  two\n\n", "a: |+\n  one\n\nb: 1", "a: >\n  one\n  two\n\n  three\n", "a: >-\n  one\n    two\n  three",
    "a: |2\n    one\n   two\n", "a: >+\n\n  one\n\n\nb: 2", "a: |\n\n  one", "a: |\n  # no comment\n  one # none either\n", "- |\n one\n- >\n two",
    "a: |\nb: 1", "a:\n|\n  x", "a: | # comment\n  x", "a: {b: 1, c: [2, 3], 'd': \"e\"}", "a: [b, {c: d}, [e], ]", "a: {b, c: , d}", "a: [b: 1, c]",
    "a: [\n  1, # one\n  2\n]", "a: {\n  b: 1,\n  c: 2 }\nd: 3", "{a: 1}", "[1, 2]", "[]", "{}", '{"a":1,"b":[true,null]}', "{a: b\n  c}", "[a b, c\n d]",
    "[http://x.y/z?a=b]", "{a?: b}", "[? a : b]", "{? a : b}", "{a :b}", "[a :b]", "{\"a\":b}", "{a:b}", "a: &x 1\nb: *x", "a: &x\n  c: 1\nb: *x",
    "a: &x [1]\nb: [*x, *x]", "&a k: v\nb: *a", "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2", "a: &x {b: 1, e: 5}\nc:\n  d: 2\n  <<: *x\n  b: 3",
    "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  d: 4", "x: {<<: {a: 1}, <<: {a: 2, b: 3}}", "a: 1\nb: 2\na: 3", "'<<': 1", "a: !!str 1",
    "a: !!int '3'", "a: !!float 3", "a: !!bool 'yes'", "a: !!null ''", "a: !!seq [1]", "a: !!map {b: 1}", "a: !!str", "a: ! x", "a: !<tag:yaml.org,2002:str> 5",
    "!!map\na: 1", "a: !!timestamp 2021-02-03", "a: &x !!str 7\nb: *x", "a: !!str &x 7\nb: *x", "? a\n: b\n? c\n", "? a\n? b\n: 1", "? |\n  x\n: y",
    "200: a\nyes: b\nnull: c\n1.5: d\n2.0: e\n0x10: f\n2021-02-03: g", "10: a\n9: b\nx: c\n1: d", "__proto__: 1\nconstructor: 2", "a: b # c\n# d\ne: f",
    "# first\n\na: 1\n# last", "%YAML 1.1\n---\na: 1", "--- \na: 1\n...\n", "---\n- 1\n", "--- 1", "# x\n---\na: 1", "", "# nothing", "---\n", "text",
    "\ufeffa: 1", "a: 1\r\nb:\r\n  - 2\r\n  - |\r\n    x\r\n    y\r\n", "a:\tb", "a: b\t# c", "a: [1,\t2]", "a: x\ty", "a:    1", "a :  1", "'a' : 1", '"a": 1',
    "a b: c d", "a: b: c", "a: - b", "a:\n b: 1\n  c: 2", "a:\n  b: 1\n c: 2", "a:\n  - 1\n - 2", "\ta: 1", "a:\n\tb: 1", "a: 'x", 'a: "x', "a: [1", "a: {b: 1",
    "a: ]", "a: 'x' y", "a: *x", "a: @x", "a: `x", "a: %x", "a\nb: 1", "- a\nb: 1", "a: 1\n- b", "a: \"\\q\"", "a: \"\\x1\"", "a: !x 1", "a: !!int x", "a: 1\n---\nb: 2",
    "a: 1\n...\nb: 2", "[1]: 2", "{a: 1}: 2", "a: &x", "a: &x\nb: *x", "a: |3x\n  b", "a: | x\n  b", "a: \x07", "{a: 1, , b: 2}", "[,]", "{[1]: 2}", ": a", "a: [b: c: d]",
    "<<: 1", "<<: [1]", "a: |\n\tx", "-\ta", "a: b\n\tc", "a: {b: 1\nc: 2", "key: value\n  : x", "- |\n  x\n y", "a: !!set {x}", "a: !!binary aGk=",
]


def odd(value):
    """What JSON has no word for."""
    if isinstance(value, dict):
        keys = [json.dumps(key) if isinstance(key, (bool, int, float)) or key is None else key for key in value]
        return any(odd(each) for each in value.values()) or len(set(map(str, keys))) < len(keys)
    if isinstance(value, list):
        return any(map(odd, value))
    return not (value is None or isinstance(value, (str, bool, int, float, datetime.date)))


def plain(value):
    if isinstance(value, dict):
        return {plain(key) if isinstance(key, datetime.date) else key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(plain, value))
    return value.isoformat() if isinstance(value, datetime.date) else value


def load(text):
    try:
        value = safe_load_yaml(text)
    except Exception:
        return {"text": text, "fault": True}
    return {"text": text, "fault": True} if odd(value) else {"text": text, "value": plain(value)}


def random_texts(count, seed):
    """Blocks within blocks, of every kind of scalar, at every indentation."""
    random_ = random.Random(seed)
    names = itertools.count()

    def scalar(pad):
        return random_.choice(
            ["a", "b c", "1", "'q x'", '"d\\t"', "~", "x#y", "x #y", "a:b", "-1", "[1, {a: b}]", "{k: v, 'l': [m]}", "", "# c", f"&x{next(names)} v",
             "!!str 5", f"|\n{pad}   t1\n{pad}     t2\n\n{pad}   t3", f">-\n{pad}  f1\n{pad}  f2\n\n{pad}    f3", f"two\n{pad}   lines",
             f"'q\n{pad}   l'", f'"q\n\n{pad}   l"']
        )

    def block(depth, indent):
        pad, out, kind = " " * indent, "", random_.random()
        if depth < 3 and kind < 0.5:
            for _ in range(random_.randint(1, 3)):
                key = random_.choice(["a", "b", "c", "'q'", '"d d"', "7", "long key", "$ref"])
                if random_.random() < 0.5:
                    deeper = indent + random_.choice([0, 1, 2, 2, 2, 4])
                    out += f"{pad}{key}:{random_.choice(['', ' ', f' &x{next(names)}'])}{random_.choice([chr(10), chr(10) * 2, ' # c' + chr(10)])}{block(depth + 1, deeper)}"
                else:
                    out += f"{pad}{key}: {scalar(pad)}\n"
            return out
        if depth < 3 and kind < 0.8:
            for _ in range(random_.randint(1, 3)):
                if random_.random() < 0.4:
                    out += f"{pad}- " + block(depth + 1, indent + 2).lstrip(" ")
                else:
                    out += f"{pad}- {scalar(pad)}\n"
            return out
        return pad + scalar(pad) + "\n"

    return [block(0, 0) for _ in range(count)]


# --- references and parameters ------------------------------------------------------------------------------------

RESOLVED = """
a: 1
b: "#/a"
c: {$ref: "#/b"}
--
d: {x: {y: 1, z: 2}}
e: {$ref: "#/d/x", z: 3, w: 4}
f: ["#/e", {$ref: "#/e", y: {$ref: "#/d/x"}}]
--
d: {"x/y": 1, x: {y: 2, "z/w": 3}, l: [a, {b: c}]}
e: "#/d/x/y"
f: "#/d/x/z/w"
g: "#/d/l/1/b"
h: "#/d/l/-1"
--
a: {config_overrides: {x: "#/nothing", y: {$ref: "#/nothing"}}, z: "text #/a", w: "# /a"}
--
a: {$ref: "file.json", b: 1}
c: {$ref: {d: 1}, e: 2}
--
definitions: {base: {type: HttpRequester, url_base: "https://a.b", $parameters: {p: 1}}}
streams:
  - {type: DeclarativeStream, $parameters: {name: n, path: /x, q: [1]}, retriever: {requester: {$ref: "#/definitions/base"}, record_selector: {extractor: {field_path: []}}}}
--
streams:
  - $parameters: {name: users, primary_key: id, url: "", nothing: null, zero: 0}
    primary_key: ""
    retriever:
      paginator: {type: DefaultPaginator, page_size_option: {field_name: a, inject_into: header}, pagination_strategy: {class_name: x.Y}}
      partition_router: {class_name: a.B, parent_stream_configs: [{stream: {retriever: {class_name: c.D}}}]}
      requester: {request_parameters: {a: b, c: {type: QueryProperties, property_list: [x]}}, error_handler: {response_filters: [{action: FAIL}]}}
    schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {type: {type: string}, name: {type: [string, "null"]}}}}
    transformations: [{class_name: e.F}, {type: AddFields, fields: [{path: [a], value: b}]}]
    incremental_sync: {type: DatetimeBasedCursor, start_datetime: {datetime: x}, end_datetime: "y", start_time_option: {type: RequestOption, $parameters: {name: own}}}
--
streams: [{type: DeclarativeStream, name: x, $parameters: {retriever: {requester: {type: HttpRequester}, type: SimpleRetriever}, fields: [{type: A}, b]}}]
--
spec: {connection_specification: {type: object, $parameters: {a: 1}, properties: {a: {type: string}}}, $parameters: {b: 2}}
check: {stream_names: [a], $parameters: {c: 3}}
--
streams: [{type: StateDelegatingStream, $parameters: {name: s, retriever: {type: SimpleRetriever, $parameters: {deep: 1}}}, full_refresh_stream: {type: DeclarativeStream}, incremental_stream: {type: DeclarativeStream, name: own}}]
--
a: {type: [object, "null"], $parameters: {x: 1}, b: {type: T}}
c: {type: {type: string}, $parameters: {x: 1}}
d: {b: {type: T, $parameters: {y: 2}}, $parameters: {x: 1}}
e: {type: T, $parameters: {e: 1, f: {type: U, $parameters: {g: 1}}}, f: {}, g: [{h: 1}, [{i: 1}]]}
--
a: "#/b"
b: "#/a"
--
a: {b: {$ref: "#/a"}}
--
a: "#/nowhere"
--
a: "#/b/c/d"
b: {c: [1]}
""".strip().split("\n--\n")


def resolve(manifest):
    manifest = dict(manifest)
    manifest.setdefault("type", "DeclarativeSource")
    resolved = ManifestReferenceResolver().preprocess_manifest(manifest)
    return ManifestComponentTransformer().propagate_types_and_parameters("", resolved, {})


def resolved_row(text):
    manifest = safe_load_yaml(text)
    try:
        return {"manifest": manifest, "resolved": resolve(manifest)}
    except Exception:
        return {"manifest": manifest, "fault": True}


PROPAGATED = [
    ({"type": "DeclarativeStream", "$parameters": {"name": "own"}, "retriever": {"type": "SimpleRetriever"}}, {"name": "parent", "x": 1}),
    ({"type": "T", "$parameters": {"a": 1, "l": [{"type": "U"}]}, "c": {"type": "V", "$parameters": {"a": 2}}}, {"a": 3, "b": {"type": "W"}}),
    ({"x": {"type": "T"}, "$parameters": {"a": 1}}, {"a": 2}),
]


def propagated_rows():
    for (component, parameters), parents_win in itertools.product(PROPAGATED, [False, True]):
        expected = ManifestComponentTransformer().propagate_types_and_parameters("", component, parameters, parents_win)
        yield {"component": component, "parameters": parameters, "parentsWin": parents_win, "expected": expected}


# --- older forms --------------------------------------------------------------------------------------------------

REQUESTERS = [
    {"url_base": "https://a.b/v1", "path": "/users"}, {"url_base": "https://a.b/v1/", "path": "users/{{ stream_slice.id }}/x"},
    {"url_base": "https://a.b", "path": ""}, {"url_base": "https://a.b", "path": "/"}, {"url_base": "https://a.b"}, {"url": "https://a.b", "path": "../c"},
    {"url_base": "{{ config['url'] }}", "path": "/c?d=e#f"}, {"url_base": "https://a.b/x;y", "path": "z;w"}, {"url_base": "https://a.b", "path": "https://c.d/e"},
    {"url_base": "https://{{ config['a'] }}.b", "path": "/c"}, {"url": "https://a.b", "url_base": "https://c.d"}, {"path": "/only"},
    {"url_base": "https://a.b", "request_body_json": {"a": 1}}, {"url_base": "https://a.b", "request_body_json": {"query": "{ a }", "variables": {}}},
    {"url_base": "https://a.b", "request_body_json": {"query": {"a": 1}}}, {"url_base": "https://a.b", "request_body_json": "{{ config['a'] }}"},
    {"url_base": "https://a.b", "request_body_data": {"a": "b"}}, {"url_base": "https://a.b", "request_body_data": "a=b"},
    {"url": "https://a.b", "request_body_json": "x", "request_body_data": "y"}, {"url": "https://a.b"},
]


def migrated_rows():
    for requester in REQUESTERS:
        manifest = {
            "version": "1.2.3",
            "type": "DeclarativeSource",
            "streams": [{"type": "DeclarativeStream", "retriever": {"type": "SimpleRetriever", "requester": {"type": "HttpRequester", **requester}}}],
            "dynamic_streams": [{"type": "DynamicDeclarativeStream", "stream_template": {"type": "HttpRequester", **requester}}],
        }
        migrated = ManifestMigrationHandler(manifest).apply_migrations()
        for trace in migrated.get("metadata", {}).get("applied_migrations", []):
            del trace["migrated_at"]
        yield {"manifest": manifest, "migrated": migrated}


def stream(name, **more):
    authenticator = {"type": "BearerAuthenticator", "api_token": "{{ config['key'] }}"}
    requester = {"type": "HttpRequester", "url_base": "https://a.b", "path": name, "authenticator": authenticator, "request_headers": {"X": name[:1]}}
    return {"type": "DeclarativeStream", "name": name, "retriever": {"type": "SimpleRetriever", "requester": {**requester, **more}}}


def router(parent):
    return {"type": "SubstreamPartitionRouter", "parent_stream_configs": [{"type": "ParentStreamConfig", "stream": parent}]}


def normalized_rows():
    child = stream("child")
    child["retriever"]["partition_router"] = router(stream("users"))
    many = stream("many")
    many["retriever"]["partition_router"] = [router(stream("users")), {"type": "ListPartitionRouter"}]
    manifests = [
        {"streams": [stream("users"), stream("urls"), stream("other", authenticator={"type": "NoAuth"})]},
        {"streams": [stream("users"), child, many]},
        {"definitions": {"linked": {"HttpRequester": {"url_base": "https://c.d"}}, "x": 1}, "streams": [stream("a"), stream("b")]},
        {"definitions": {"x": {"y": 1}}, "schemas": {"a": {"type": "object"}, "b": {}}, "streams": [{**stream("a"), "schema_loader": {"schema": {"$ref": "#/schemas/a"}}}]},
        {"streams": [{"paginator": {"a": 1}}, {"paginator": {"a": 1}}]},
        {"streams": [{"type": "T", "transformations": [{"a": 1}]}, {"type": "T", "transformations": [{"a": 1}]}]},
        {"definitions": {"linked": []}, "streams": [stream("a"), stream("b")]},
        {},
    ]
    for manifest in manifests:
        yield {"manifest": manifest, "normalized": ManifestNormalizer(manifest, SCHEMA).normalize()}


table = {
    "scalars": [load(text) for text in SCALARS],
    "texts": [load(text) for text in TEXTS],
    "blocks": [load(text) for text in random_texts(300, 7)],
    "resolved": [resolved_row(text) for text in RESOLVED],
    "propagated": list(propagated_rows()),
    "migrated": list(migrated_rows()),
    "normalized": list(normalized_rows()),
}
Path(__file__).with_name("manifest.json").write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n")
print({name: len(rows) for name, rows in table.items()})
