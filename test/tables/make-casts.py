"""Writes casts.json: what the reference's schema normalization makes of values.  /path/to/reference/python make-casts.py"""

import copy
import json
import logging
import pathlib

from airbyte_cdk.sources.utils.transform import TransformConfig, TypeTransformer

logging.disable(logging.CRITICAL)

VALUES = [
    None, True, False, 0, 1, -7, 12345678901234567890, 0.0, 1.0, 1.7, -1.7, 1e20, 1e16, 0.1, "", " ", "0", "1", "-1", "+5", " 12 ", "1.5", "1.0", "1e3", "-1.5e-3", ".5", "5.", "1_000", "__1", "0x10", "007", "1,5", "١٢", "nan", "inf", "-Infinity", "abc", "é", "True", "true", " YES ", "y", "t", "on", "off", "No", "f", "n", "2",
    "12345678901234567890", "1e400", [], [1], ["a", None], [1.0, True, "x'y"], {}, {"a": 1}, {"a": {"b": [None]}, "c": "d"}, "\t1\n", "1\u00a0", "1 2", "--1", "1e", "[1]", "null", "None",
]
TYPES = [
    "string", "number", "integer", "boolean", "array", "object", "null", ["string"], ["null", "string"], ["null", "number"], ["integer", "null"], ["null", "boolean"], ["string", "number"], ["null", "string", "integer"], ["null", "array"], ["null", "object"], ["null"], [], ["integer"], ["string", "string"],
]
SCHEMAS = [{"type": kind} for kind in TYPES] + [
    {}, {"format": "date"}, {"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": ["string", "null"]}}, {"type": ["null", "array"], "items": {"type": ["integer"]}}, {"type": "array", "items": {"type": ["object"]}}, {"type": "array", "items": {}}, {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
    {"type": "object", "properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}}}, {"items": {"type": "string"}}, {"items": {"type": ["null", "number"]}}, {"anyOf": [{"type": "string"}]}, {"oneOf": [{"type": "integer"}], "type": "string"}, {"$ref": "#/definitions/text"}, {"$ref": "#/definitions/holder"}, {"type": "array", "items": {"$ref": "#/definitions/holder"}}, {"type": ["null", "array"], "items": {"type": "array", "items": {"type": "integer"}}},
]
DEFINITIONS = {"text": {"type": "string"}, "holder": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "#/definitions/holder"}}}}
WHOLE = [
    ({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}, {"b": "5", "a": 5, "c": 5}),
    ({"type": "object", "properties": {}}, {"a": 1}),
    ({"properties": {"a": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "number"}, "t": {"type": ["null", "string"]}}}}}}, {"a": [{"n": 1, "t": 2}, {"n": "x", "t": None}, 3, None]}),
    ({"properties": {"a": {"type": "array", "items": {"type": ["null", "array"], "items": {"type": "integer"}}}}}, {"a": [["1", 2.5, None], "3", None]}),
    ({"type": "array", "items": {"type": "string"}}, {"a": 1}),
    ({"properties": {"a": {"type": "object"}}, "additionalProperties": {"type": "string"}}, {"a": 1, "b": 2}),
    ({"properties": {"a": {"type": "string"}}, "patternProperties": {"^b": {"type": "string"}}}, {"a": 1, "b": 2}),
    ({"allOf": [{"properties": {"a": {"type": "string"}}}], "properties": {"b": {"type": "string"}}}, {"a": 1, "b": 2}),
    ({"$ref": "#/definitions/holder", "properties": {"c": {"type": "string"}}}, {"a": 1, "b": {"a": 2, "b": {"a": 3}}, "c": 4}),
    ({"properties": {"10": {"type": "string"}, "2": {"type": "number"}}}, {"10": 1, "2": 2, "x": 3}),
    ({"properties": {"a": {"properties": {"b": {"type": "string"}}}}}, {"a": {"b": 1}}),
    ({"properties": {"a": {"type": "string", "properties": {"b": {"type": "string"}}}}}, {"a": {"b": 1}}),
]


def cast(schema, record):
    record, schema = copy.deepcopy(record), {**schema, "definitions": DEFINITIONS}
    try:
        TypeTransformer(TransformConfig.DefaultSchemaNormalization).transform(record, schema)
    except Exception as error:
        return {"error": type(error).__name__}
    return {"record": record}


values = [[schema, value, cast({"type": "object", "properties": {"v": schema}}, {"v": value})] for schema in SCHEMAS for value in VALUES]
whole = [[schema, record, cast(schema, record)] for schema, record in WHOLE]


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"


pathlib.Path(__file__).with_name("casts.json").write_text(f'{{\n"definitions": {json.dumps(DEFINITIONS)},\n"values": {lines(values)},\n"records": {lines(whole)}\n}}\n')
print(len(values), "values,", len(whole), "records,", sum("error" in row[2] for row in values + whole), "errors")
