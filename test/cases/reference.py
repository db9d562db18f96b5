"""Runs one command of the reference, its clock frozen and its waits skipped, and says what it did."""

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from cassette import BASE, Server

# What every HTTP client sends, or sends in its own way.
IGNORED = {"user-agent", "accept", "accept-encoding", "connection", "content-length", "host", "cookie"}
# Who waits because an API wants it, and so how long is part of the result.
WAITERS = {
    "airbyte_cdk.sources.streams.http.rate_limiting",
    "airbyte_cdk.sources.declarative.retrievers.page_size_reducer",
    "airbyte_cdk.sources.declarative.auth.rate_limited_multiple_token",
}
SKIPPED = {"airbyte_cdk.sources.declarative.async_job.job_orchestrator"}
STAGING = "/tmp/staging-of-cases"
os.environ["AIRBYTE_STAGING_DIRECTORY"] = STAGING  # read when the reference is imported, and only where it exists
os.makedirs(STAGING, exist_ok=True)
LONGEST = 40  # seconds
REAL_TIME = ["airbyte_cdk.sources.streams.call_rate", "pyrate_limiter", "http.server", "socketserver", "tempfile"]


def run(verb, manifest, config, now, entries, denied=False, catalog=None, state=None, beside=None, components=None):
    """Runs in a process of its own. Gives the summary that golden.json holds, and the requests that nothing answers."""
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = 70
            try:
                place(folder, beside or {})
                code = in_child(folder, verb, manifest, config, now, entries, denied, catalog, state, components)
            finally:
                sys.stdout.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        with open(os.path.join(folder, "log.json")) as file:
            log = json.load(file)
        with open(os.path.join(folder, "stdout")) as file:
            out = file.read().replace(log["origin"], BASE)
        summary = summarise(out, os.waitstatus_to_exitcode(status))
        summary["requests"] = unique(log["requests"])
        if verb == "read":
            summary["waits"] = sorted(log["waits"])
            summary["single"] = sorted(name for name, count in log["partitions"].items() if count == 1)
        return summary, log["unknown"]


def in_child(folder, verb, manifest, config, now, entries, denied, catalog, state, components):
    from freezegun import freeze_time

    signal.alarm(LONGEST)

    server = Server(entries, denied)
    args = [verb, "--manifest-path", put(folder, "manifest.yaml", manifest, server.origin)]
    for flag, content in (("config", config), ("catalog", catalog), ("state", state)):
        if content is not None:
            args += [f"--{flag}", put(folder, f"{flag}.json", json.dumps(content), server.origin)]
    if components is not None:
        args += ["--components-path", str(components)]
        os.environ["AIRBYTE_ENABLE_UNSAFE_CODE"] = "true"
    os.chdir(folder)
    os.environ["REQUEST_CACHE_PATH"] = folder
    with open("stdout", "w") as out, open("stderr", "w") as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
    partitions, waits = count_partitions(), []
    try:
        with freeze_time(now, ignore=REAL_TIME) as clock:
            skip_waits(waits, clock)
            return command(args, manifest)
    finally:
        sys.stdout.flush()
        log = {"origin": server.origin, "requests": server.requests, "unknown": server.unknown}
        with open("log.json", "w") as file:
            json.dump({**log, "waits": waits, "partitions": partitions}, file)


def command(args, manifest):
    from airbyte_cdk.cli.source_declarative_manifest._run import handle_command

    try:
        if args[0] == "spec":
            return specification(manifest)
        handle_command(args)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def specification(manifest):
    """The spec as the source of a manifest in an image gives it."""
    import logging

    import yaml
    from airbyte_cdk.entrypoint import AirbyteEntrypoint
    from airbyte_cdk.models import AirbyteMessage, Type
    from airbyte_cdk.sources.declarative.concurrent_declarative_source import ConcurrentDeclarativeSource

    source = ConcurrentDeclarativeSource(config=None, catalog=None, state=None, source_config=yaml.safe_load(manifest))
    spec = source.spec(logging.getLogger("airbyte"))
    print(AirbyteEntrypoint.airbyte_message_to_string(AirbyteMessage(type=Type.SPEC, spec=spec)))
    return 0


def place(folder, files):
    """Puts files where the reference looks for them: in Python packages."""
    for path, content in files.items():
        target = Path(folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content))
        Path(folder, Path(path).parts[0], "__init__.py").touch()
    sys.path.insert(0, folder)


def put(folder, name, text, origin):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text.replace(BASE, origin))
    return path


def skip_waits(waits, clock):
    sleep = time.sleep

    def skip(seconds):
        caller = sys._getframe(1).f_globals.get("__name__")
        # The tries of a token request wait at random.
        if caller in WAITERS or (caller == "backoff._sync" and seconds > 0 and seconds == int(seconds)):
            waits.append(int(seconds) if seconds == int(seconds) else round(seconds, 3))
        if caller in SKIPPED:
            clock.tick(seconds)  # what waits for jobs looks at the clock to know when it is over
        sleep(0.001 if caller in WAITERS or caller in SKIPPED or caller == "backoff._sync" else seconds)

    time.sleep = skip


def count_partitions():
    from airbyte_cdk.sources.concurrent_source.concurrent_read_processor import ConcurrentReadProcessor

    counts, on_partition = {}, ConcurrentReadProcessor.on_partition

    def counting(self, partition):
        counts[partition.stream_name()] = counts.get(partition.stream_name(), 0) + 1
        return on_partition(self, partition)

    ConcurrentReadProcessor.on_partition = counting
    return counts


def unique(requests):
    kept = {}
    for request in requests:
        request["headers"] = {name: value for name, value in sorted(request["headers"].items()) if name not in IGNORED}
        kept[json.dumps(request, sort_keys=True)] = request
    return [kept[key] for key in sorted(kept)]


def summarise(out, exit_code):
    said = {"exit": exit_code}
    for line in out.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            continue
        kind = message["type"]
        if kind == "RECORD":
            record = message["record"]
            said.setdefault("records", {}).setdefault(record["stream"], []).append(record["data"])
            if record.get("file_reference"):
                said.setdefault("files", {}).setdefault(record["stream"], []).append(record["file_reference"])
        elif kind == "STATE":
            name = message["state"]["stream"]["stream_descriptor"]["name"]
            said.setdefault("states", {})[name] = message["state"]["stream"].get("stream_state")
        elif kind == "TRACE" and message["trace"]["type"] == "STREAM_STATUS":
            status = message["trace"]["stream_status"]
            said.setdefault("statuses", {}).setdefault(status["stream_descriptor"]["name"], []).append(status["status"])
        elif kind == "TRACE" and message["trace"]["type"] == "ERROR":
            error = message["trace"]["error"]
            name = (error.get("stream_descriptor") or {}).get("name")
            said.setdefault("errors", []).append({"stream": name, "failure_type": error.get("failure_type")})
        elif kind == "CONTROL":
            config = message["control"]["connectorConfig"]["config"]
            config.pop("__injected_declarative_manifest", None)
            said.setdefault("control", []).append(config)
        elif kind == "CONNECTION_STATUS":
            said["status"] = message["connectionStatus"]["status"]
        elif kind == "SPEC":
            said["spec"] = message["spec"]
        elif kind == "CATALOG":
            said["catalog"] = message["catalog"]
    return said
