"""Writes jobs.json: what the reference sends of streams with an AsyncRetriever, and what it asks the API for.
/path/to/reference/python make-jobs.py"""

import base64
import datetime
import gzip
import io
import json
import logging
import pathlib
import time

import airbyte_cdk.sources.declarative.async_job.job as job_module
import airbyte_cdk.sources.declarative.async_job.job_orchestrator as orchestrator_module
import airbyte_cdk.sources.declarative.async_job.timer as timer_module
import requests
from airbyte_cdk.entrypoint import AirbyteEntrypoint
from airbyte_cdk.models import AirbyteStateMessageSerializer, ConfiguredAirbyteCatalogSerializer
from airbyte_cdk.sources.declarative.concurrent_declarative_source import ConcurrentDeclarativeSource

logging.disable(logging.CRITICAL)
HOST = "http://mock.test"
START = datetime.datetime(2026, 1, 15, 12, 0, 0, tzinfo=datetime.timezone.utc)
real_sleep = time.sleep
world = {"now": 0.0, "script": {}, "counts": {}, "asked": []}


class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return START + datetime.timedelta(seconds=world["now"])


orchestrator_module.datetime = Datetime
job_module.datetime = Datetime
timer_module.datetime = Datetime


def sleep(seconds):
    if seconds >= 1:
        world["now"] += seconds
    real_sleep(0.001)


time.sleep = sleep


def send(self, request, **kwargs):
    body = request.body or ""
    key = f"{request.method} {request.url.removeprefix(HOST)} {body if isinstance(body, str) else body.decode()}".strip()
    world["asked"].append(key)
    answers = world["script"].get(key)
    if answers is None:
        raise SystemExit(f"no answer for {key}")
    index = world["counts"].get(key, 0)
    world["counts"][key] = index + 1
    status, headers, text = answers[min(index, len(answers) - 1)]
    made = requests.Response()
    made.status_code, made.request, made.url = status, request, request.url
    made.headers.update(headers)
    content = base64.b64decode(text["base64"]) if isinstance(text, dict) else text.encode()
    made.raw = io.BytesIO(content)
    made.raw.stream = None
    del made.raw.__dict__["stream"]
    return made


requests.adapters.HTTPAdapter.send = send
rows = []


def J(value, status=200, **headers):
    return [status, {"Content-Type": "application/json", **headers}, json.dumps(value).replace('"@', f'"{HOST}/')]


def T(text, status=200, **headers):
    return [status, headers, text]


def Z(text):
    return [200, {}, {"base64": base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()}]


def requester(url, method="GET", **more):
    return {"type": "HttpRequester", "url": f"{HOST}{url}" if url.startswith("/") else url, "http_method": method, **more}


def path(*parts):
    return {"type": "DpathExtractor", "field_path": list(parts)}


def retriever(**more):
    spec = {
        "type": "AsyncRetriever",
        "record_selector": {"type": "RecordSelector", "extractor": path()},
        "status_mapping": {"type": "AsyncJobStatusMap", "running": ["running", "queued"], "completed": ["done"], "failed": ["failed"], "timeout": ["late"], "skipped": ["nothing"]},
        "status_extractor": path("status"),
        "creation_requester": requester("/jobs", "POST", request_body={"type": "RequestBodyJsonObject", "value": {"part": "{{ stream_partition.part }}", "from": "{{ stream_interval.start_time }}"}}),
        "polling_requester": requester("/jobs/{{ creation_response['id'] }}"),
        "download_target_extractor": path("url"),
        "download_requester": requester("{{ download_target }}"),
        **more,
    }
    return {name: value for name, value in spec.items() if value is not None}


def stream(name="things", retriever_spec=None, **more):
    return {
        "type": "DeclarativeStream", "name": name, "primary_key": ["id"], "retriever": retriever_spec or retriever(),
        "schema_loader": {"type": "InlineSchemaLoader", "schema": {"type": "object", "properties": {"id": {"type": "integer"}, "at": {"type": "string"}}}},
        **more,
    }


LIST = {"type": "ListPartitionRouter", "values": ["a", "b", "c"], "cursor_field": "part"}
TWO = {**LIST, "values": ["a", "b"]}
ONE = {**LIST, "values": ["a"]}
DAYS = {
    "type": "DatetimeBasedCursor", "cursor_field": "at", "datetime_format": "%Y-%m-%d", "start_datetime": "2026-01-01", "end_datetime": "2026-01-03",
    "step": "P1D", "cursor_granularity": "P1D",
}


def run(about, streams, script, limit=None, state=None, config=None):
    world.update(now=0.0, script=script, counts={}, asked=[])
    streams = streams if isinstance(streams, list) else [streams]
    manifest = {
        "version": "7.0.0", "type": "DeclarativeSource", "check": {"type": "CheckStream", "stream_names": [streams[0]["name"]]},
        "spec": {"type": "Spec", "connection_specification": {"type": "object", "properties": {}}}, "streams": streams,
        **({} if limit is None else {"max_concurrent_async_job_count": limit}),
    }
    config = config or {}
    catalog = {"streams": [{"stream": {"name": s["name"], "json_schema": {}, "supported_sync_modes": ["full_refresh", "incremental"]}, "sync_mode": "incremental" if "incremental_sync" in s else "full_refresh", "destination_sync_mode": "append"} for s in streams]}
    states = [{"type": "STREAM", "stream": {"stream_descriptor": {"name": name}, "stream_state": value}} for name, value in (state or {}).items()]
    records, statuses, final, errors, code = {}, {}, {}, [], 0
    try:
        source = ConcurrentDeclarativeSource(
            catalog=ConfiguredAirbyteCatalogSerializer.load(catalog), config=json.loads(json.dumps(config)),
            state=[AirbyteStateMessageSerializer.load(each) for each in json.loads(json.dumps(states))], source_config=json.loads(json.dumps(manifest)),
        )
        for message in source.read(logging.getLogger("airbyte"), config, ConfiguredAirbyteCatalogSerializer.load(catalog), []):
            if message.type.value == "RECORD":
                records.setdefault(message.record.stream, []).append(message.record.data)
            elif message.type.value == "STATE":
                final[message.state.stream.stream_descriptor.name] = json.loads(json.dumps(message.state.stream.stream_state.__dict__))
            elif message.type.value == "TRACE" and message.trace.type.value == "STREAM_STATUS":
                statuses.setdefault(message.trace.stream_status.stream_descriptor.name, []).append(message.trace.stream_status.status.value)
            elif message.type.value == "TRACE" and message.trace.type.value == "ERROR":
                described = message.trace.error.stream_descriptor
                errors.append([described.name if described else None, message.trace.error.failure_type.value])
    except Exception:
        code = 1
    for of in records.values():
        of.sort(key=lambda record: json.dumps(record, sort_keys=True))
    rows.append({
        "about": about, "manifest": manifest, "catalog": catalog, "state": states, "config": config, "script": script,
        "records": records, "statuses": statuses, "final": final, "errors": sorted(errors, key=str), "code": code, "asked": sorted(set(world["asked"])),
    })
    print(f"{about}: {code} {statuses} {({name: len(of) for name, of in records.items()})} {errors} {json.dumps(final)[:150]} {len(world['asked'])} asked")


def create(part, ident, start="", **more):
    body = {key: value for key, value in {"part": part, "from": start}.items() if value}
    return f"POST /jobs {json.dumps(body)}" if body else "POST /jobs"


CSV = "id,at\n1,2026-01-01\n2,NA\n"
DONE = {"status": "done", "url": f"{HOST}/files/1"}
basic = {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": "queued"}), J({"status": "running"}), J(DONE)]}
plain = lambda **more: stream(retriever_spec=retriever(**{"creation_requester": requester("/jobs", "POST"), **more}))

csv = {"download_extractor": {"type": "ResponseToFileExtractor"}}
run("a CSV file", plain(**csv), {**basic, "GET /files/1": [T(CSV)]})
run("a packed CSV file", plain(**csv), {**basic, "GET /files/1": [Z(CSV)]})
run("a CSV file whose NA stays", plain(download_extractor={"type": "ResponseToFileExtractor", "preserve_na_values": True}), {**basic, "GET /files/1": [T(CSV)]})
run("CSV by a decoder", plain(download_decoder={"type": "CsvDecoder", "delimiter": ";"}), {**basic, "GET /files/1": [T("id;at\n1;x\n2;\n")]})
run("JSON lines, packed", plain(download_decoder={"type": "GzipDecoder", "decoder": {"type": "JsonlDecoder"}}), {**basic, "GET /files/1": [Z('{"id": 1}\n{"id": 2.0, "n": null}\n')]})
run("JSON", plain(download_extractor=path("data")), {**basic, "GET /files/1": [J({"data": [{"id": 1}, {"id": 2}]})]})
run("an empty file", plain(**csv), {**basic, "GET /files/1": [T("")]})
run("no target extractor", plain(download_target_extractor=None, download_requester=requester("/result?job={{ creation_response.id }}&state={{ polling_response.status }}")), {**basic, "GET /result?job=1&state=done": [J([{"id": 1}])]})
run("several files", plain(download_target_extractor=path("urls"), **csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": "done", "urls": [f"{HOST}/f/1", f"{HOST}/f/2"]})], "GET /f/1": [T("id\n1\n")], "GET /f/2": [T("id\n2\n")]})
run("no files", plain(download_target_extractor=path("urls"), **csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": "done", "urls": []})]})
run("files are asked for", plain(download_target_requester=requester("/where/{{ polling_response['file'] }}"), download_target_extractor=path("at"), **csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": "done", "file": 7})], "GET /where/7": [J({"at": f"{HOST}/files/1"})], "GET /files/1": [T(CSV)]})
run("pages, a filter and transformations", stream(transformations=[{"type": "AddFields", "fields": [{"type": "AddedFieldDefinition", "path": ["twice"], "value": "{{ record.id * 2 }}"}]}], retriever_spec=retriever(
    creation_requester=requester("/jobs", "POST"), download_extractor=path("data"),
    record_selector={"type": "RecordSelector", "extractor": path(), "record_filter": {"type": "RecordFilter", "condition": "{{ record.id != 2 }}"}, "schema_normalization": "Default"},
    download_paginator={"type": "DefaultPaginator", "pagination_strategy": {"type": "PageIncrement", "page_size": 2}, "page_token_option": {"type": "RequestOption", "inject_into": "request_parameter", "field_name": "page"}},
)), {**basic, "GET /files/1": [J({"data": [{"id": "1"}, {"id": 2}]})], "GET /files/1?page=1": [J({"data": [{"id": 3}]})]})
run("pages by a cursor that looks at records", plain(download_extractor=path("data"), record_selector={"type": "RecordSelector", "extractor": path(), "record_filter": {"type": "RecordFilter", "condition": "{{ record.id == 1 }}"}},
    download_paginator={"type": "DefaultPaginator", "pagination_strategy": {"type": "CursorPagination", "cursor_value": "{{ last_record.id }}", "stop_condition": "{{ last_page_size < 2 }}"}, "page_token_option": {"type": "RequestOption", "inject_into": "request_parameter", "field_name": "after"}},
), {**basic, "GET /files/1": [J({"data": [{"id": 1}, {"id": 2}]})], "GET /files/1?after=2": [J({"data": [{"id": 3}]})]})
run("headers of the creation", plain(polling_requester=requester("/jobs/{{ creation_response.headers['x-job-id'] }}"), **csv), {"POST /jobs": [J({}, 202, **{"X-Job-Id": "9"})], "GET /jobs/9": [J(DONE)], "GET /files/1": [T(CSV)]})
run("the request of the creation", plain(polling_requester=requester("/jobs/1?m={{ creation_response.request.method }}&h={{ creation_response.request.headers['x-own'] }}"), creation_requester=requester("/jobs", "POST", request_headers={"X-Own": "h"}), **csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1?m=POST&h=h": [J(DONE)], "GET /files/1": [T(CSV)]})
run("deleted when read", plain(delete_requester=requester("/delete/{{ creation_response.id }}", "POST"), **csv), {**basic, "GET /files/1": [T(CSV)], "POST /delete/1": [J({})]})
run("a deletion that fails", plain(delete_requester=requester("/delete/{{ creation_response.id }}", "POST"), **csv), {**basic, "GET /files/1": [T(CSV)], "POST /delete/1": [J({}, 400)]})
run("a download that fails", plain(delete_requester=requester("/delete/{{ creation_response.id }}", "POST"), **csv), {**basic, "GET /files/1": [J({}, 404)]})
run("a status that is a number", plain(status_mapping={"type": "AsyncJobStatusMap", "running": ["0"], "completed": ["1", "True"], "failed": [], "timeout": []}, **csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": 0}), J({**DONE, "status": True})], "GET /files/1": [T(CSV)]})
run("no status", plain(status_mapping={"type": "AsyncJobStatusMap", "running": ["None"], "completed": ["1"], "failed": [], "timeout": []}, **csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({}), J({"status": None}), J({**DONE, "status": 1})], "GET /files/1": [T(CSV)]})
run("another way of failing", plain(**csv), {"POST /jobs": [J({"id": 1}), J({"id": 2})], "GET /jobs/1": [J({"status": "running"}), J({"status": "failed"})], "GET /jobs/2": [J(DONE)], "GET /files/1": [T(CSV)]})
run("a failure that waits", plain(failed_retry_wait_time_in_seconds="{{ config['wait'] }}", **csv), {"POST /jobs": [J({"id": 1}), J({"id": 2})], "GET /jobs/1": [J({"status": "failed"})], "GET /jobs/2": [J(DONE)], "GET /files/1": [T(CSV)]}, config={"wait": 60})
run("three failures", plain(abort_requester=requester("/abort/{{ creation_response.id }}", "POST"), **csv), {"POST /jobs": [J({"id": 1}), J({"id": 2}), J({"id": 3})], "GET /jobs/1": [J({"status": "failed"})], "GET /jobs/2": [J({"status": "failed"})], "GET /jobs/3": [J({"status": "failed"})]})
run("a timeout of the API", plain(abort_requester=requester("/abort/{{ creation_response.id }}", "POST"), **csv), {"POST /jobs": [J({"id": 1}), J({"id": 2})], "GET /jobs/1": [J({"status": "late"})], "POST /abort/1": [J({})], "GET /jobs/2": [J(DONE)], "GET /files/1": [T(CSV)]})
run("three timeouts", plain(abort_requester=requester("/abort/{{ creation_response.id }}", "POST"), **csv), {"POST /jobs": [J({"id": 1}), J({"id": 2}), J({"id": 3})], **{f"GET /jobs/{n}": [J({"status": "late"})] for n in (1, 2, 3)}, **{f"POST /abort/{n}": [J({})] for n in (1, 2, 3)}})
run("an abort that fails", plain(abort_requester=requester("/abort/{{ creation_response.id }}", "POST"), **csv), {"POST /jobs": [J({"id": 1}), J({"id": 2})], "GET /jobs/1": [J({"status": "late"})], "POST /abort/1": [J({}, 400)], "GET /jobs/2": [J(DONE)], "GET /files/1": [T(CSV)]})
run("a job that runs too long", plain(polling_job_timeout="{{ config['minutes'] }}", abort_requester=requester("/abort/{{ creation_response.id }}", "POST"), **csv), {"POST /jobs": [J({"id": 1}), J({"id": 2})], "GET /jobs/1": [J({"status": "running"})], "POST /abort/1": [J({})], "GET /jobs/2": [J({"status": "running"}), J(DONE)], "GET /files/1": [T(CSV)]}, config={"minutes": 1})
run("nothing to read", plain(**csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": "running"}), J({"status": "nothing"})]})
run("a creation that fails once", plain(**csv), {"POST /jobs": [J({}, 400), J({"id": 1})], "GET /jobs/1": [J(DONE)], "GET /files/1": [T(CSV)]})
run("a creation that fails always", plain(**csv), {"POST /jobs": [J({}, 400)]})
run("a creation that is denied", plain(**csv), {"POST /jobs": [J({}, 401)]})
run("a poll that fails once", plain(**csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({}, 400), J(DONE)], "GET /files/1": [T(CSV)]})
run("a status that is unknown once", plain(**csv), {"POST /jobs": [J({"id": 1})], "GET /jobs/1": [J({"status": "?"}), J(DONE)], "GET /files/1": [T(CSV)]})

parts = retriever(partition_router=LIST, **csv)
part = lambda names=("a", "b", "c"): {create(name, i): [J({"id": i})] for i, name in enumerate(names, 1)}
files = {f"GET /files/{n}": [T(f"id,at\n{n},2026-01-0{n}\n")] for n in range(1, 7)}
done = lambda n, status="done": J({"status": status, "url": f"{HOST}/files/{n}"})
for limit in [None, 1, 2, 9, 0, "{{ 2 }}"]:
    run(f"partitions, at most {limit} jobs", stream(retriever_spec=parts), {**part(), **files, "GET /jobs/1": [done(1, "running"), done(1)], "GET /jobs/2": [done(2)], "GET /jobs/3": [done(3, "queued"), done(3, "running"), done(3)]}, limit=limit)
run("one partition fails", stream(retriever_spec=parts), {**part(), **files, "GET /jobs/1": [done(1)], "GET /jobs/2": [done(2, "failed")], "GET /jobs/3": [done(3)]}, limit=3)
run("one partition has nothing", stream(retriever_spec=parts), {**part(), **files, "GET /jobs/1": [done(1)], "GET /jobs/2": [done(2, "nothing")], "GET /jobs/3": [done(3)]}, limit=3)
run("a denied partition ends all", stream(retriever_spec=retriever(partition_router=LIST, abort_requester=requester("/abort/{{ creation_response.id }}", "POST"), **csv)), {create("a", 1): [J({"id": 1})], create("b", 2): [J({}, 403)], **files, "GET /jobs/1": [done(1, "running")], "POST /abort/1": [J({})]}, limit=3)
run("two streams", [stream("one", retriever(partition_router=TWO, **csv)), stream("two", retriever(partition_router={**LIST, "values": ["c"]}, **csv))], {**part(), **files, "GET /jobs/1": [done(1, "running"), done(1)], "GET /jobs/2": [done(2)], "GET /jobs/3": [done(3)]}, limit=1)
run("a cartesian product", stream(retriever_spec=retriever(partition_router=[TWO, {**LIST, "cursor_field": "other", "values": ["x", "y"]}], creation_requester=requester("/jobs?p={{ stream_partition.part }}{{ stream_slice.other }}", "POST"), **csv)), {**{f"POST /jobs?p={p}": [J({"id": i})] for i, p in enumerate(["ax", "ay", "bx", "by"], 1)}, **files, **{f"GET /jobs/{n}": [done(n)] for n in range(1, 5)}}, limit=2)

days = {create("", n, f"2026-01-0{n}"): [J({"id": n})] for n in (1, 2, 3)}
polls = {f"GET /jobs/{n}": [done(n, "running"), done(n)] for n in range(1, 7)}
run("days", stream(retriever_spec=retriever(**csv), incremental_sync=DAYS), {**days, **polls, **files}, limit=2)
run("days, from a state", stream(retriever_spec=retriever(**csv), incremental_sync=DAYS), {**days, **polls, **files}, limit=2, state={"things": {"at": "2026-01-02"}})
run("days, one of which fails", stream(retriever_spec=retriever(**csv), incremental_sync=DAYS), {**days, **polls, **files, "GET /jobs/2": [done(2, "failed")]}, limit=2)
run("days, one of which has nothing", stream(retriever_spec=retriever(**csv), incremental_sync=DAYS), {**days, **polls, **files, "GET /jobs/2": [done(2, "nothing")]}, limit=2)
run("days, filtered by the client", stream(retriever_spec=retriever(**csv), incremental_sync={**DAYS, "is_client_side_incremental": True}), {**days, **polls, **files, "GET /files/2": [T("id,at\n2,2026-01-02\n9,2025-01-01\n")]}, limit=2, state={"things": {"at": "2026-01-02"}})
both = {create(p, i, f"2026-01-0{d}"): [J({"id": 3 * i + d})] for i, p in enumerate("ab") for d in (1, 2, 3)}
run("partitions and days", stream(retriever_spec=retriever(partition_router=TWO, **csv), incremental_sync=DAYS), {**both, **polls, **files}, limit=2)
run("partitions and days, from a state", stream(retriever_spec=retriever(partition_router=TWO, **csv), incremental_sync=DAYS), {**both, **polls, **files}, limit=2, state={"things": {"states": [{"partition": {"part": "a"}, "cursor": {"at": "2026-01-03"}}], "state": {"at": "2026-01-02"}, "use_global_cursor": False, "lookback_window": 0}})
run("partitions and days, one of which has nothing", stream(retriever_spec=retriever(partition_router=TWO, **csv), incremental_sync=DAYS), {**both, **polls, **files, "GET /jobs/2": [done(2, "nothing")]}, limit=2)

pathlib.Path(__file__).with_name("jobs.json").write_text(json.dumps({"rows": rows}) + "\n")
print(len(rows), "rows")
