"""Makes manifest-server.json: what the reference's manifest server answers about cases of test/cases.

    PYTHONPATH=FOLDER-OF-FREEZEGUN python test/tables/make-manifest-server.py [CASE …]

Needs a Python with airbyte-cdk[manifest-server] 7.39.1, httpx and freezegun. Each question is answered in a process of its own, as
the reference remembers secrets for as long as its process lives; its clock stands at the case's instant. Without names the
cases below are asked about, and the table is written; with names (or `all`) their rows go to stdout.
"""

import hashlib
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "cases"))

from cassette import BASE, Server  # noqa: E402
from reference import REAL_TIME, skip_waits  # noqa: E402

CASES = """
action-fail-page action-reduce-page-size action-split-window auth-legacy-session auth-oauth-client-credentials
auth-oauth-single-use auth-session-bearer conditional-streams config-invalid config-rules csv-in-gzip
cursor-client-side cursor-global-substream delegating-child-lazy dynamic-from-api dynamic-from-config
dynamic-schema expander-merge paginators plain-stream properties-from-endpoint rate-limit-retry-after-seconds
router-grouping state-of-partitions status-4xx xml-catalog
""".split()
LONGEST = 60  # seconds
MOST_STREAMS = 2

# Bodies that are not of the form that an endpoint wants.
WRONG = [
    ("check", ""),
    ("check", "{}"),
    ("check", "{x"),
    ("check", "[1]"),
    ("resolve", '{"manifest": "text", "context": 5}'),
    ("discover", '{"manifest": {}, "config": [], "context": {"workspace_id": 3}}'),
    (
        "test_read",
        '{"manifest": 1, "config": null, "stream_name": 5, "state": {}, "record_limit": 5001, "page_limit": 0, '
        '"slice_limit": "3x", "context": 5, "custom_components_code": 3}',
    ),
    ("test_read", '{"manifest": {}, "config": {}, "stream_name": "x", "record_limit": 1.5, "page_limit": "21", "slice_limit": []}'),
    ("full_resolve", '{"manifest": {}, "config": {}, "stream_limit": 101}'),
    ("full_resolve", '{"manifest": {}, "config": {}, "stream_limit": null}'),
]


def main(names):
    import airbyte_cdk.manifest_server.app  # noqa: F401  once, not in each process

    every = sorted(path.parent.name for path in (HERE.parent / "cases").glob("*/golden.json"))
    chosen = every if names == ["all"] else names or CASES
    rows = [row for name in chosen for row in rows_of(name)]
    if names:
        print(json.dumps(rows))
        return
    write(rows)


def write(rows):
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    rest = json.dumps({"wrong": wrong_rows(), "openapi": shape(openapi())}, ensure_ascii=False)
    (HERE / "manifest-server.json").write_text(f'{{"cases": [\n{lines}\n],\n{rest[1:-1]}}}\n')


def rows_of(name):
    folder = HERE.parent / "cases" / name
    made = json.loads((folder / "golden.json").read_text())
    manifest = yaml.safe_load((folder / "manifest.yaml").read_text())
    asked = {"manifest": manifest, "config": made["config"]}
    names = [stream["name"] for stream in made["streams"]] or [stream["name"] for stream in manifest.get("streams", [])]
    for stream in names[-MOST_STREAMS:]:
        yield row(name, made, "test_read", {"stream_name": stream, "page_limit": 3, "slice_limit": 3}, asked)
    if made.get("state"):
        more = {"stream_name": names[-1], "state": made["state"], "record_limit": 2}
        yield row(name, made, "test_read", more, asked)
    for endpoint in ("check", "discover", "full_resolve"):
        yield row(name, made, endpoint, {}, asked)
    yield row(name, made, "resolve", {}, {"manifest": manifest})
    yield row(name, made, "resolve", {}, {"manifest": {**manifest, "__should_migrate": True, "__should_normalize": True}})


def row(name, made, endpoint, more, asked):
    status, answer = in_a_process(made["now"], made["cassette"], endpoint, {**asked, **more})
    wishes = [key for key in ("__should_migrate", "__should_normalize") if key in asked["manifest"]]
    if status == 200 and endpoint.endswith("resolve"):
        answer = {"sha256": digest(answer)}
    # The words of refusals are each server's own.
    return {"case": name, "endpoint": endpoint, "more": more, "wishes": wishes, "status": status, **({"answer": answer} if status == 200 else {})}


def in_a_process(now, entries, endpoint, body):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "answer.json")
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            try:
                signal.alarm(LONGEST)
                os.environ["AIRBYTE_STAGING_DIRECTORY"] = "/tmp/staging-of-cases"
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, 1)
                os.dup2(null, 2)
                Path(path).write_text(json.dumps(answer_to(now, entries, endpoint, body)))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        if not os.path.exists(path):
            return 504, None
        return json.loads(Path(path).read_text())


def answer_to(now, entries, endpoint, body):
    from airbyte_cdk.manifest_server.routers import manifest as routes
    from fastapi import HTTPException
    from fastapi.encoders import jsonable_encoder
    from freezegun import freeze_time

    server = Server(entries, False)
    skip_waits()
    request = getattr(routes, MODELS[endpoint]).model_validate(json.loads(json.dumps(body).replace(BASE, server.origin)))
    with freeze_time(now, ignore=REAL_TIME):
        try:
            status, answer = 200, jsonable_encoder(getattr(routes, endpoint)(request))
        except HTTPException as refused:
            status, answer = refused.status_code, refused.detail
        except Exception as error:
            status, answer = 500, str(error)
    return status, normal(json.loads(json.dumps(answer).replace(server.origin, BASE)))


MODELS = {
    "test_read": "StreamTestReadRequest",
    "check": "CheckRequest",
    "discover": "DiscoverRequest",
    "resolve": "ResolveRequest",
    "full_resolve": "FullResolveRequest",
}
# What every client and server sends in its own way, and the words that are each server's own.
IGNORED = {"user-agent", "accept", "accept-encoding", "connection", "date", "server", "content-length", "keep-alive", "transfer-encoding", "cookie"}
TIMES = {"migrated_at", "lookback_window"}


def normal(value):
    """The answer without times, wording, and headers that each server has of its own."""
    if isinstance(value, list):
        return [normal(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "stacktrace" in value:
        return {"level": value["level"], "internal": value["internal_message"] is not None}
    shown = {name: normal(member) for name, member in value.items() if name not in TIMES}
    if "headers" in value and ("status" in value or "http_method" in value):
        headers = value["headers"] or {}
        shown["headers"] = {name.lower(): text for name, text in sorted(headers.items()) if name.lower() not in IGNORED}
    if {"title", "type", "description", "request"} <= set(value):
        del shown["description"]
    if "logs" in value and "slices" in value:
        shown["logs"].sort(key=lambda log: json.dumps(log, sort_keys=True))
    if set(value) == {"success", "message"}:
        shown["message"] = value["message"] is not None
    return shown


def digest(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def wrong_rows():
    from airbyte_cdk.manifest_server.app import app
    from fastapi.testclient import TestClient

    client = TestClient(app)
    rows = []
    for endpoint, body in WRONG:
        got = client.post(f"/v1/manifest/{endpoint}", content=body, headers={"content-type": "application/json"})
        rows.append({"endpoint": endpoint, "body": body, "status": got.status_code, "answer": got.json()})
    return rows


def openapi():
    """The document that the reference publishes for its clients."""
    import airbyte_cdk.manifest_server as server

    return yaml.safe_load((Path(server.__file__).parent / "openapi.yaml").read_text())


def shape(document):
    """Paths, models and limits of an OpenAPI document, without what is written for people."""
    keep = {key: document[key] for key in ("openapi", "paths", "components")}
    return bare(keep)


def bare(value, is_map=False):
    if isinstance(value, list):
        return [bare(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, dict):
        return value
    words = set() if is_map else {"title", "description", "summary", "tags"}
    return {
        name: bare(member, name in ("properties", "schemas", "paths", "responses", "content", "securitySchemes"))
        for name, member in value.items()
        if name not in words and not (name == "properties" and member == {})
    }


if __name__ == "__main__":
    main(sys.argv[1:])
