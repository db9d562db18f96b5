"""Reads by PyAirbyte, which calls a connector's command: pyairbyte.py COMMAND --config FILE --manifest-path FILE."""

import json
import os
import stat
import sys
import tempfile

os.environ.setdefault("AIRBYTE_OFFLINE_MODE", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")

import airbyte  # noqa: E402

command, arguments = sys.argv[1], sys.argv[2:]
config = arguments[arguments.index("--config") + 1]
manifest = arguments[arguments.index("--manifest-path") + 1]

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "source-bench")
    with open(path, "w") as file:
        file.write(f'#!/bin/sh\nif [ "$1" = spec ]; then exec {command} spec; fi\nexec {command} "$@" --manifest-path {manifest}\n')
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    source = airbyte.get_source("source-bench", config=json.load(open(config)), local_executable=path, streams=["records"])
    records = source.get_records("records", prune_undeclared_fields=False)  # one that nobody holds stops
    for record in records:
        sys.stdout.write(json.dumps({"type": "RECORD", "record": dict(record)}, default=str) + "\n")
