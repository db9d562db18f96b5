"""Writes extractors.json: the records that the reference's extractors find.  /path/to/reference/python make-extractors.py"""

import base64
import gzip
import json
import logging
import os
import pathlib
import tempfile
import zlib

from airbyte_cdk.sources.declarative.decoders.composite_raw_decoder import CompositeRawDecoder, CsvParser, JsonLineParser
from airbyte_cdk.sources.declarative.decoders.json_decoder import JsonDecoder
from airbyte_cdk.sources.declarative.decoders.xml_decoder import XmlDecoder
from airbyte_cdk.sources.declarative.expanders.record_expander import OnNoRecords, ParentFieldPath, RecordExpander
from airbyte_cdk.sources.declarative.extractors.combined_extractor import CombinedExtractor, CombineMode, _DroppedEmptyRecord
from airbyte_cdk.sources.declarative.extractors.dpath_extractor import DpathExtractor
from airbyte_cdk.sources.declarative.extractors.response_to_file_extractor import ResponseToFileExtractor

logging.disable(logging.CRITICAL)
CONFIG = {"key": "data", "n": 0, "list": ["items"]}
PARAMETERS = {"path": "rows"}


class Response:
    """As much of an answer as extractors look at."""

    status_code, headers, url = 200, {}, "http://127.0.0.1/"

    def __init__(self, body: bytes):
        self.content = body
        self.text = body.decode("utf-8", "replace")

    def iter_content(self, chunk_size):
        for start in range(0, len(self.content), chunk_size):
            yield self.content[start : start + chunk_size]

    def close(self):
        pass


DECODERS = {
    "JsonDecoder": lambda: JsonDecoder(parameters={}),
    "JsonlDecoder": lambda: CompositeRawDecoder(JsonLineParser(), stream_response=False),
    "CsvDecoder": lambda: CompositeRawDecoder(CsvParser(), stream_response=False),
    "XmlDecoder": lambda: XmlDecoder(parameters={}),
}


def expander(spec):
    return RecordExpander(
        expand_records_from_field=spec["expand_records_from_field"],
        config=CONFIG,
        parameters=PARAMETERS,
        remain_original_record=spec.get("remain_original_record", False),
        on_no_records=OnNoRecords(spec.get("on_no_records", "skip")),
        truncation_indicator_path=spec.get("truncation_indicator_path"),
        parent_fields=[ParentFieldPath(field["parent_path"], field["record_path"], CONFIG, PARAMETERS) for field in spec.get("parent_fields", [])] or None,
        merge_parent=spec.get("merge_parent", False),
    )


def extractor(spec, decoder):
    if spec["type"] == "ResponseToFileExtractor":
        return ResponseToFileExtractor(parameters={}, preserve_na_values=spec.get("preserve_na_values", False))
    if spec["type"] == "CombinedExtractor":
        return CombinedExtractor(
            extractors=[extractor(part, decoder) for part in spec["extractors"]],
            parameters={},
            mode=CombineMode(spec.get("mode", "union")),
            skip_empty_records=spec.get("skip_empty_records", False),
            count_dropped_empty_records=True,
        )
    return DpathExtractor(
        field_path=spec["field_path"],
        config=CONFIG,
        parameters=PARAMETERS,
        decoder=decoder,
        record_expander=expander(spec["record_expander"]) if "record_expander" in spec else None,
    )


def run(spec, decoder, body):
    found, dropped = [], 0
    try:
        for record in extractor(spec, DECODERS[decoder]()).extract_records(Response(body)):
            if isinstance(record, _DroppedEmptyRecord):
                dropped += 1
            else:
                found.append({("null" if k is None else k): v for k, v in record.items()} if isinstance(record, dict) else record)
    except Exception as error:
        return {"error": type(error).__name__}
    return {"records": found, "dropped": dropped}


BODIES = [
    '{"data": [{"id": 1}, {"id": 2.0}]}', '{"data": {"id": 1}}', '{"data": {}}', '{"data": []}', '{"data": null}', '{"data": "text"}', '{"data": 0}', '{"data": 7}', '{"data": false}', '{"data": [null, {}, [], 1, "x", [1, 2]]}', '{"data": [[{"id": 1}], [{"id": 2}]]}', "[]", "{}", "null", '"text"', "0", "no json", "", '{"data": [',
    '[{"id": 1}, {"id": 2}]', '[{"data": [{"id": 1}]}, {"data": [{"id": 2}]}, {"data": {}}, null, [{"id": 9}], {"data": {"id": 3}}]', "[[1], {}, null, 0, \"a\", {\"id\": 1}]", '{"data": {"a": {"rows": [{"id": 1}]}, "b": {"rows": [{"id": 2}]}}}', '{"data": [{"rows": [{"id": 1}]}, {"rows": [{"id": 2}, {"id": 3}]}, {"none": 1}]}',
    '{"rows": [{"id": 5}], "data": {"rows": {"id": 6}}}', '{"0": [{"id": 1}], "data": {"0": [{"id": 2}]}}', '{"data": [[1, 2], [3]]}', '{"a": {"data": [{"id": 1}]}, "data": [{"id": 2}]}', '{"data": [{"id": 1, "n": null, "big": 12345678901234567890, "f": 1.0, "10": 1, "2": 2}]}', '{"data": [{"id": 1}], "data": [{"id": 2}]}', ' \n{"x": {"data": []}, "data" : [ {"id" : 1} ] }\n', '{"data.rows": [{"id": 1}]}', '{"DATA": [1]}', '{"data": [NaN, {"x": NaN}]}',
]
FIELD_PATHS = [[], ["data"], ["data", "rows"], ["data", "*"], ["*"], ["data", "*", "rows"], ["data", "*", "*"], ["*", "rows"], ["{{ config.key }}"], ["{{ parameters.path }}"], ["data", "{{ parameters['path'] }}"], ["data", "0"], ["0"], ["data", "{{ config.n }}"], ["**", "rows"], ["data", "-1"], ["d?ta"], ["data.rows"], ["missing", "path"]]

NESTED = '{"data": [{"id": 1, "name": "a", "lines": {"data": [{"x": 1, "name": "own"}, {"x": 2}], "more": true, "total_count": 5}, "tags": ["p", "q"], "deep": {"k": [1]}}, {"id": 2, "lines": {"data": []}}, {"id": 3}, {"id": 4, "lines": {"data": {"x": 9}}}, "text", {"id": 5, "groups": [{"items": [{"y": 1}]}, {"items": [{"y": 2}, 3]}]}]}'
EXPANDERS = [
    {"expand_records_from_field": path, **extra}
    for path in [["lines", "data"], ["tags"], ["groups", "*", "items"], ["*", "data"], [], ["missing"], ["groups", "0", "items"], ["**", "items"]]
    for extra in [
        {}, {"remain_original_record": True}, {"on_no_records": "emit_parent"}, {"merge_parent": True}, {"parent_fields": [{"parent_path": ["id"], "record_path": ["parent_id"]}, {"parent_path": ["deep", "k", "0"], "record_path": ["d", "k"]}, {"parent_path": ["none"], "record_path": ["absent"]}]},
        {"merge_parent": True, "remain_original_record": True, "on_no_records": "emit_parent", "parent_fields": [{"parent_path": ["lines"], "record_path": ["name"]}]}, {"truncation_indicator_path": ["lines", "more"]}, {"parent_fields": [{"parent_path": ["id"], "record_path": ["x", "y"]}]},
    ]
]
REFUSED = [{"expand_records_from_field": ["a"], "truncation_indicator_path": ["*"]}, {"expand_records_from_field": ["a"], "parent_fields": [{"parent_path": [], "record_path": ["b"]}]}, {"expand_records_from_field": ["a"], "parent_fields": [{"parent_path": ["a"], "record_path": ["b["]}]}]


def dpath_extractor(path):
    return {"type": "DpathExtractor", "field_path": path}


def typed(spec):
    return {"type": "RecordExpander", **spec, **({"parent_fields": [{"type": "ParentFieldPath", **field} for field in spec["parent_fields"]]} if "parent_fields" in spec else {})}


COMBINED = [
    {"type": "CombinedExtractor", "extractors": parts, **extra}
    for parts in [
        [dpath_extractor(["a"]), dpath_extractor(["b"])], [dpath_extractor(["b"]), dpath_extractor(["a"]), dpath_extractor([])], [dpath_extractor(["none"]), dpath_extractor(["a"])],
        [{"type": "CombinedExtractor", "mode": "first_match", "skip_empty_records": True, "extractors": [dpath_extractor(["e"]), dpath_extractor(["a"])]}, dpath_extractor(["b"])], [dpath_extractor(["a"]), dpath_extractor(["a"])],
    ]
    for extra in [{}, {"mode": "first_match"}, {"skip_empty_records": True}, {"mode": "first_match", "skip_empty_records": True}]
]
COMBINED_BODIES = ['{"a": [{"id": 1}, null, {}], "b": [{"id": 2}], "e": [null, {}]}', '{"a": [], "b": [null, {"id": 2}], "e": [null]}', '{"a": [null, null], "b": []}', "{}", '[{"a": [{"id": 1}]}, {"b": {"id": 2}}]']

TABLES = [
    "a,b\n1,2\n", "a,b\n1,\n,2\n", "a,b\n1\n1,2\n", "a,b\n1,2,3\n4,5,6\n7,8\n", "a,b\n1,2\n4,5,6\n", "a,a,b\n1,2,3\n", "a,,b,\n1,2,3,4\n", "a,b\n\n1,2\n \n\t\n", "\n\na,b\n1,2\n", "", "\n", "a,b", "a,b\n\"x,y\",\"u\r\nv\"\n", "a\n\"say \"\"hi\"\"\"\n", "a\n\"x\"y\n", "a\nx\"y\"\n", "a,b\nNA,null\nNaN,None\n<NA>,n/a\n#N/A,nan\nNULL,-nan\n1.#IND,N/A\nna,NIL\n",
    "a,b\n\"NA\",\"\"\n", "\ufeffa,b\n1,2\n", "a,b\r1,2\r", "a\n\0x\0\n", "10,2\nx,y\n", "a,a,a.1\n1,2,3\n", "a,a.1,a,a\n1,2,3,4\n", "a,b\n1,2,\n3,4,\n", " a, b\n1,2\n", "a,b\n  1 , 2 \n", "a\n\"\"\n", "a\nTrue\n1.0\n001\n", "a,b\n  ,1\n", "\"\",b\n1,2\n", "é\nü\n", "a,b\n" + "1,2\n" * 250,
]
PACKED = [gzip.compress(b"a,b\n1,2\n", mtime=0), zlib.compress(b"a,b\n1,2\n")]

rows = [[dpath_extractor(path), "JsonDecoder", body] for path in FIELD_PATHS for body in BODIES]
rows += [[dpath_extractor(path), "JsonlDecoder", body] for path in [[], ["data"], ["*"], ["data", "*"]] for body in ['{"id": 1}\n{"id": 2.0}\n', '{"data": [{"id": 1}]}\n{"data": {"id": 2}}\n{}\n', '[{"id": 1}, {}, null]\n{}\nnull\n0\n"x"\n{"id": 3}', 'x\n\n{"id": 1}\n', ""]]
rows += [[dpath_extractor(path), "CsvDecoder", "a,b\n1,2\n3\n"] for path in [[], ["a"]]]
rows += [[dpath_extractor(path), "XmlDecoder", "<r><i k='1'>a</i><i k='2'/><o><x>1</x></o></r>"] for path in [[], ["r", "i"], ["r", "o"], ["r", "o", "x"], ["r", "*"]]]
rows += [[{**dpath_extractor(["data"]), "record_expander": typed(spec)}, "JsonDecoder", NESTED] for spec in EXPANDERS + REFUSED]
rows += [[spec, "JsonDecoder", body] for spec in COMBINED for body in COMBINED_BODIES]
os.chdir(tempfile.mkdtemp())
done = [[*row, run(row[0], row[1], row[2].encode())] for row in rows]
tables = [[{"type": "ResponseToFileExtractor", "preserve_na_values": keep}, base64.b64encode(body).decode()] for keep in [False, True] for body in [*(text.encode() for text in TABLES), *PACKED]]
tables = [[spec, body, run(spec, "JsonDecoder", base64.b64decode(body))] for spec, body in tables]


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"


pathlib.Path(__file__).with_name("extractors.json").write_text(f'{{\n"config": {json.dumps(CONFIG)},\n"parameters": {json.dumps(PARAMETERS)},\n"rows": {lines(done)},\n"tables": {lines(tables)}\n}}\n')
print(len(done), "extractions,", len(tables), "tables")
