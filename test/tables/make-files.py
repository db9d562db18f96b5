"""Writes files.json: where the reference puts the files that records name.  /path/to/reference/python make-files.py"""

import json
import logging
import os
import pathlib
import tempfile
import uuid

import airbyte_cdk.sources.declarative.retrievers.file_uploader.default_file_uploader as module
import requests
from airbyte_cdk.sources.declarative.models import declarative_component_schema as models
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.sources.types import Record, StreamSlice

logging.disable(logging.CRITICAL)
folder = pathlib.Path(tempfile.mkdtemp())
module.get_files_directory = lambda: str(folder)
asked = []


def send(self, request, **kwargs):
    asked.append(request.url.removeprefix("http://mock.test"))
    made = requests.Response()
    made.status_code, made.request, made.url, made._content = 200, request, request.url, b"content"
    return made


requests.adapters.HTTPAdapter.send = send
rows = []


def row(record, filename=None, path=("url",), stream="files", url="http://mock.test/{{ download_target }}", **more):
    spec = {
        "type": "FileUploader",
        "requester": {"type": "HttpRequester", "url": url, "http_method": "GET"},
        "download_target_extractor": {"type": "DpathExtractor", "field_path": list(path)},
        **({} if filename is None else {"filename_extractor": filename}),
        **more,
    }
    asked.clear()
    uploader = ModelToComponentFactory().create_component(models.FileUploader, json.loads(json.dumps(spec)), {"prefix": "p"})
    made = Record(json.loads(json.dumps(record)), stream, StreamSlice(partition={}, cursor_slice={}))
    try:
        uploader.upload(made)
        reference = made.file_reference
        relative = reference.source_file_relative_path
        assert reference.staging_file_url == str(folder / relative)
        name = relative.split("/")[-1]
        try:
            uuid.UUID(name)
            relative = relative.removesuffix(name) + "UUID"
        except ValueError:
            pass
        result = {"path": relative, "size": reference.file_size_bytes, "asked": list(asked)}
    except Exception as error:
        result = {"error": type(error).__name__}
    rows.append({"spec": spec, "stream": stream, "record": record, **result})


BASE = {"id": 7, "name": "a b.txt", "url": "file/1", "nested": {"urls": ["x", "y"]}, "deep": [{"at": "z"}], "nothing": None, "empty": "", "number": 5}
for filename in [
    None, "{{ record.name }}", "{{ record['name'] }}", "/{{ record.name }}", "//{{ record.name }}/", "{{ record.id }}/{{ record.name }}",
    "{{ record.id }}/{{ record.name }}/", "{{ record.id }}_{{ record.name }}", "{{ config.prefix }}//./{{ record.name }}", "./{{ record.name }}",
    "fixed", "{{ record.nested.urls[0] }}.bin", "é/{{ record.name | upper }}", "a\\b", "{{ parameters.ext }}{{ record.name }}", "{{ record.missing }}x",
    "{{ record.id }}", "{{ record.nested }}", "{{ record.missing }}", "", "{{ record.data.name }}",
]:
    row(BASE, filename, **{"$parameters": {"ext": "e-"}})
for path in [("url",), ("nested", "urls"), ("nested", "urls", "1"), ("deep", "*", "at"), ("deep", 0, "at"), ("nothing",), ("empty",), ("number",), ("missing",), (), ("nested",)]:
    row(BASE, "n", [str(part) for part in path])
for stream in ["files", "a/b", "with space"]:
    row(BASE, "n", stream=stream)
row(BASE, "n", url="http://mock.test/x?t={{ download_target }}&s={{ stream_slice.extra_fields.download_target }}")
row({"url": "http://mock.test/whole?a=1"}, "n", url="{{ download_target }}")
row(BASE, "n", file_extractor={"type": "DpathExtractor", "field_path": ["content"]})

pathlib.Path(__file__).with_name("files.json").write_text(json.dumps({"rows": rows}) + "\n")
print(len(rows), "rows", [(r["spec"].get("filename_extractor"), r["spec"]["download_target_extractor"]["field_path"], r["error"]) for r in rows if "error" in r])
