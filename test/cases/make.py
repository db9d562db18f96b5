"""Makes golden.json of cases by running the reference.

    PYTHONPATH=FOLDER-OF-FREEZEGUN python test/cases/make.py [CASE …]     (all without a golden.json, if none is named)

Needs a Python with airbyte-cdk 7.39.1 and freezegun. A case is a folder with manifest.yaml, in which http://mock.test
stands for the server, and case.yaml:

    about    what the case shows, one line
    config   the config; {} if left out
    now      the instant at which the clock stands; 2026-01-15T12:00:00.123Z if left out
    answers  "METHOD /path?query text" to a reply, or to a list of replies for the first, second … request (the last
             repeats). The answer that says most of a request is taken: all query parameters that it names have to be
             there, and the text in the body (JSON: keys sorted, no spaces; forms: name=value&…).
             A reply: status (200), headers, and one of json, text, gzip (a text), zip (texts by name), base64,
             reset: true (no answer; the connection breaks). encoding: of a text. token: true: also a client that is
             denied everything else gets it.
    state    streams to incoming states, for `resume`; else the final states of `incremental`
    beside   files beside the manifest, by path, as JSON
    ops      which of spec, check, denied, discover, full, incremental, resume to run; all that make sense if left out
    select   the streams to read; all if left out
    unknown  true where requests that nothing answers are meant

The components that a manifest names by class_name are beside it twice: in components.py for the reference, and in
components.ts for Ferry, which has to do the same.
"""

import sys
from pathlib import Path

import yaml
from cassette import cassette
from golden import pretty
from reference import run

HERE = Path(__file__).parent
NOW = "2026-01-15T12:00:00.123Z"
OPS = ["spec", "check", "denied", "discover", "full", "incremental", "resume"]


def make(folder):
    manifest = (folder / "manifest.yaml").read_text()
    case = yaml.safe_load((folder / "case.yaml").read_text())
    entries = cassette(case.get("answers") or {})
    config, now, beside = case.get("config") or {}, case.get("now", NOW), case.get("beside") or {}
    made = {"now": now, "config": config, "cassette": entries, "golden": {}}
    own = folder / "components.py"
    components = own.resolve() if own.exists() else None

    if "beside" in case:
        made["beside"] = case["beside"]

    def go(op, verb, **more):
        if op not in case.get("ops", OPS):
            return {}
        said, unknown = run(verb, manifest, None if verb == "spec" else config, now, entries, beside=beside, components=components, **more)
        if unknown and not case.get("unknown"):
            print(f"  {folder.name}:{op}: no answer for {unknown[0]['method']} {unknown[0]['path']} {unknown[0]['query']} {unknown[0]['body']}")
        made["golden"][op] = said
        return said

    go("spec", "spec")
    go("check", "check")
    go("denied", "check", denied=True)
    # The catalog is needed also where the case does not compare it.
    streams = run("discover", manifest, config, now, entries, beside=beside, components=components)[0].get("catalog", {"streams": []})["streams"]
    go("discover", "discover")
    streams = [stream for stream in streams if stream["name"] in case.get("select", [stream["name"]])]
    incremental = any("incremental" in stream["supported_sync_modes"] for stream in streams)
    if streams:
        go("full", "read", catalog=configured(streams, "full_refresh"))
    said = {}
    if incremental:
        said = go("incremental", "read", catalog=configured(streams, "incremental"))
    state = states(case.get("state", said.get("states") if incremental else None))
    if state and streams:
        made["state"] = state
        go("resume", "read", catalog=configured(streams, "incremental"), state=state)
    made["streams"] = streams
    (folder / "golden.json").write_text(pretty(made) + "\n")
    for op, said in made["golden"].items():
        counts = {name: len(records) for name, records in said.get("records", {}).items()}
        print(f"  {folder.name}:{op}: exit {said['exit']} {said.get('status', '')} {counts or ''} {said.get('errors', '')}")


def configured(streams, mode):
    """The catalog that selects streams: incremental ones in this mode."""
    return {
        "streams": [
            {
                "stream": stream,
                "sync_mode": mode if mode in stream["supported_sync_modes"] else "full_refresh",
                "destination_sync_mode": "append",
            }
            for stream in streams
        ]
    }


def states(by_stream):
    return [
        {"type": "STREAM", "stream": {"stream_descriptor": {"name": name}, "stream_state": state}}
        for name, state in (by_stream or {}).items()
    ]


if __name__ == "__main__":
    # Once, before the forks; the latter, which reads CSV, cannot be loaded while the clock stands.
    import airbyte_cdk.cli.source_declarative_manifest._run  # noqa: F401
    import pandas  # noqa: F401

    folders = sorted(path.parent for path in HERE.glob("*/case.yaml"))
    named = sys.argv[1:]
    for folder in folders:
        if folder.name in named or (not named and not (folder / "golden.json").exists()):
            print(folder.name)
            make(folder)
