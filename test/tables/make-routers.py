"""Writes routers.json: the partitions that the reference's routers make.  /path/to/reference/python make-routers.py"""

import json
import logging
import pathlib

from airbyte_cdk.models import AirbyteStateBlob, AirbyteStateMessage, AirbyteStateType, AirbyteStreamState, StreamDescriptor
from airbyte_cdk.sources.connector_state_manager import ConnectorStateManager
from airbyte_cdk.sources.declarative.migrations.legacy_to_per_partition_state_migration import LegacyToPerPartitionStateMigration
from airbyte_cdk.sources.declarative.models import declarative_component_schema as models
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.sources.declarative.partition_routers import (
    CartesianProductStreamSlicer,
    GroupingPartitionRouter,
    ListPartitionRouter,
    SubstreamPartitionRouter,
    UnionPartitionRouter,
)
from airbyte_cdk.sources.declarative.partition_routers.substream_partition_router import ParentStreamConfig
from airbyte_cdk.sources.declarative.requesters.request_option import RequestOption, RequestOptionType
from airbyte_cdk.sources.types import Record, StreamSlice

logging.disable(logging.CRITICAL)

CONFIG = {"key": "id", "field": "owner", "ids": ["x", 2, 3.0], "csv": "a,b", "number": 7, "empty": "", "numbers": "1, 2", "text": "ab", "section": "sec", "object": {"k": 1, "l": 2}}


class Partition:
    def __init__(self, partition, rows):
        self.slice, self.rows = StreamSlice(partition=partition, cursor_slice={}), rows

    def read(self):
        for row in self.rows:
            yield Record(row, "parent", self.slice)


class Cursor:
    def __init__(self):
        self.state = {"seen": 0, "closed": 0, "finished": False}
        self._seen = 0

    def observe(self, record):
        self._seen += 1

    def close_partition(self, partition):
        self.state = {**self.state, "seen": self._seen, "closed": self.state["closed"] + 1}

    def ensure_at_least_one_state_emitted(self):
        self.state = {**self.state, "finished": True}


class Stream:
    """A parent that gives these rows, slice after slice."""

    def __init__(self, spec):
        self.name, self.slices, self.cursor = spec["name"], spec["slices"], Cursor()

    def generate_partitions(self):
        for each in self.slices:
            yield Partition(each["partition"], each["rows"])


def option(spec):
    if "request_option" not in spec:
        return None
    given = spec["request_option"]
    return RequestOption(inject_into=RequestOptionType(given["inject_into"]), field_name=given.get("field_name"), field_path=given.get("field_path"), parameters={})


def build(spec):
    if isinstance(spec, list):
        return CartesianProductStreamSlicer([build(each) for each in spec], parameters={})
    kind = spec["type"]
    if kind == "ListPartitionRouter":
        return ListPartitionRouter(values=spec["values"], cursor_field=spec["cursor_field"], config=CONFIG, parameters={}, request_option=option(spec))
    if kind == "SubstreamPartitionRouter":
        configs = [
            ParentStreamConfig(
                stream=Stream(each["stream"]), parent_key=each["parent_key"], partition_field=each["partition_field"], config=CONFIG, parameters={}, extra_fields=each.get("extra_fields"),
                request_option=option(each), incremental_dependency=each.get("incremental_dependency", False), lazy_read_pointer=each.get("lazy_read_pointer"),
            )
            for each in spec["parent_stream_configs"]
        ]
        return SubstreamPartitionRouter(parent_stream_configs=configs, config=CONFIG, parameters={})
    if kind == "GroupingPartitionRouter":
        return GroupingPartitionRouter(group_size=spec["group_size"], underlying_partition_router=build(spec["underlying_partition_router"]), config=CONFIG, deduplicate=spec.get("deduplicate", True))
    return UnionPartitionRouter(partition_routers=[build(each) for each in spec["partition_routers"]], partition_field=spec["partition_field"], parameters={})


def plain(extra):
    return {key: value.json() if hasattr(value, "json") else value for key, value in extra.items()}


def run(spec):
    row = {"router": spec}
    try:
        router = build(spec)
        row["partitions"] = []
        for each in router.stream_slices():
            options = [getattr(router, f"get_request_{part}")(stream_slice=each) for part in ["params", "headers", "body_data", "body_json"]]
            row["partitions"].append([each.partition, plain(each.extra_fields), router.get_stream_state(), options])
        row["last"] = router.get_stream_state()
    except Exception as error:
        return {"router": spec, "raises": type(error).__name__}
    return row


def values(*given, field="section", **more):
    return {"type": "ListPartitionRouter", "values": given[0] if len(given) == 1 and isinstance(given[0], str) and "{{" in given[0] else list(given), "cursor_field": field, **more}


def to(into, name):
    return {"request_option": {"type": "RequestOption", "inject_into": into, **({"field_path": name} if isinstance(name, list) else {"field_name": name})}}


def parent(slices, name="parents", key="id", field="owner", **more):
    slices = [each if isinstance(each, dict) else {"partition": {}, "rows": each} for each in slices]
    return {"type": "ParentStreamConfig", "stream": {"type": "DeclarativeStream", "name": name, "slices": slices}, "parent_key": key, "partition_field": field, **more}


def substream(*parents):
    return {"type": "SubstreamPartitionRouter", "parent_stream_configs": list(parents)}


ROWS = [{"id": 1, "name": "one", "a": {"b": {"c": 5}, "list": [{"n": 1}, {"n": 2}]}, "items": [{"k": 1}]}, {"id": None, "name": "none"}, {"id": "two", "a": {"b": None}, "items": []}, {"id": 3.0, "a": 5, "x.y": 1, "10": "ten"}, {"name": "no id"}]
MORE = [{"id": 4}, {"id": 1}]
PARTED = [{"partition": {"region": "eu"}, "rows": ROWS[:3]}, {"partition": {"region": "us", "parent_slice": {"z": 1}}, "rows": []}, {"partition": {"region": "as"}, "rows": MORE}]

ROUTERS = [
    values("a", "b", "c"), values(), values("a", "a"), values("{{ config['ids'] }}"), values("{{ config['empty'] }}"), values("{{ config['text'] }}"), values("{{ config['number'] }}"), values("{{ config['object'] }}"), values("{{ config['missing'] }}"),
    values("a", field="{{ config['section'] }}_x"), values("a", "b", **to("request_parameter", "s")), values("a", **to("header", "X-S")), values("a", **to("body_data", "s")), values("a", **to("body_json", "s")), values("a", **to("body_json", ["x", "y", "s"])), values("a", "", **to("request_parameter", "s")),
    substream(parent([ROWS])), substream(parent([ROWS, MORE])), substream(parent([[]])), substream(parent([])), substream(parent([[], [], MORE])), substream(parent([[{"x": 1}], MORE])), substream(parent([MORE, [{"x": 1}]])), substream(parent(PARTED)),
    substream(parent(PARTED, incremental_dependency=True)), substream(parent([ROWS, [], MORE, [{"id": None}]], incremental_dependency=True)), substream(parent([], incremental_dependency=True)), substream(parent([[]], incremental_dependency=True)),
    substream(parent([ROWS]), parent([MORE], name="others", key="id", field="other", incremental_dependency=True)), substream(parent([ROWS], incremental_dependency=True), parent([MORE], name="others", field="other", incremental_dependency=True)),
    substream(parent([ROWS], key="{{ config['key'] }}", field="{{ config['field'] }}")), *[substream(parent([ROWS], key=key)) for key in ["name", "a/b/c", "a/list/0/n", "a/list/1/n", "a/list/-1/n", "a/list/9/n", "a/list/x", "/id", "a/b", "missing/x", "id/x", "x.y", "10", "a/*/c", "**/c", "a/list/*/n", "i?", "[i]d", "items/*/k", "name/0"]],
    *[substream(parent([ROWS], extra_fields=fields)) for fields in [[["name"]], [["a", "b"]], [["a", "b", "c"], ["name"]], [["x.y"], ["missing"]], [["{{ config['key'] }}"]], [["a", "list", "0", "n"]], [["id"], ["id"]], [["a", "b/c"]], [["a", "*", "c"]]]],
    *[substream(parent([ROWS], lazy_read_pointer=pointer, extra_fields=fields)) for pointer, fields in [(["items"], []), (["a", "list"], [["name"]]), (["missing"], []), (["a", "b"], [])]],
    substream(parent([MORE], **to("request_parameter", "o"))), substream(parent([MORE], **to("header", "X-O")), parent([MORE], field="other", **to("request_parameter", "o"))), substream(parent([[{"id": 0}, {"id": False}, {"id": ""}, {"id": {"k": 1}}, {"id": [1]}]], **to("request_parameter", "o"))), substream(parent([MORE], **to("body_json", ["f", "id"])), parent([MORE], field="other", **to("body_json", ["f", "other"]))),
    [values("a", "b"), values("1", "2", field="n")], [values("a", "b")], [values("a"), values(), values("c", field="z")], [values("a", "b"), values("c", field="section")], [values("a"), substream(parent([MORE], incremental_dependency=True, extra_fields=[["name"]])), values("z", "y", field="z")], [values("a", **to("request_parameter", "s")), values("b", field="n", **to("request_parameter", "s"))], [values("a", **to("header", "s")), values("b", field="n", **to("body_json", ["s", "t"]))],
    *[{"type": "GroupingPartitionRouter", "group_size": size, "underlying_partition_router": router, **more} for size, router, more in [(2, values("a", "b", "a", "c", "b", "d"), {}), (2, values("a", "b", "a", "c"), {"deduplicate": False}), (10, values("a"), {}), (1, values("a", "b"), {}), (3, values(), {}), (2, substream(parent(PARTED, incremental_dependency=True, extra_fields=[["name"]])), {}), (2, substream(parent([ROWS, MORE], incremental_dependency=True)), {"deduplicate": False}), (2, substream(parent([ROWS, [{"id": True}, {"id": 1.0}]])), {}), (2, values("{{ config['ids'] }}"), {})]],
    {"type": "GroupingPartitionRouter", "group_size": 3, "underlying_partition_router": {"type": "UnionPartitionRouter", "partition_field": "owner", "partition_routers": [values("q", "1", field="owner"), substream(parent([ROWS, MORE]))]}},
    *[{"type": "UnionPartitionRouter", "partition_field": "owner", "partition_routers": routers} for routers in [[values("a", "b", field="owner"), values("b", "c", field="owner")], [values("a", field="owner"), substream(parent(PARTED, incremental_dependency=True, extra_fields=[["name"]]))], [substream(parent([ROWS], incremental_dependency=True)), substream(parent([MORE], name="others", incremental_dependency=True))], [substream(parent([ROWS], incremental_dependency=True)), substream(parent([MORE], incremental_dependency=True))], [values("a", field="other"), values("b", field="owner")], [values("a", field="owner"), substream(parent([[{"id": {"x": 1}}]]))], [substream(parent([[{"id": 1}, {"id": True}, {"id": 1.0}, {"id": "1"}]])), values("1", field="owner")]]],
]

# What a child's state holds for its parent.
CHILD_STATES = [
    {}, {"parent_state": {"parents": {"updated_at": "2024-01-01"}}, "state": {"u": 1}}, {"parent_state": {"others": {"updated_at": "2024-01-01"}}}, {"parent_state": {"others": {"x": 1}}, "state": {"updated_at": "2023"}}, {"parent_state": {"parents": {}}}, {"state": {"updated_at": "2023-01-01"}, "states": [], "lookback_window": 1}, {"states": [{"partition": {"id": 1}, "cursor": {"updated_at": "x"}}]},
    {"changed": "2022-01-01"}, {"changed": 5}, {"changed": 5.5}, {"changed": True}, {"changed": None}, {"changed": {"x": 1}}, {"changed": "2022-01-01", "more": 1}, {"__ab_no_cursor_state_message": True}, {"__ab_no_cursor_state_message": True, "changed": "2022-01-01"}, {"__ab_full_refresh_sync_complete": True}, {"parent_state": {}, "use_global_cursor": False}, {"changed": ""},
]


def parent_state(child, parent_stream):
    factory = ModelToComponentFactory(connector_state_manager=ConnectorStateManager([AirbyteStateMessage(type=AirbyteStateType.STREAM, stream=AirbyteStreamState(stream_descriptor=StreamDescriptor("users", None), stream_state=AirbyteStateBlob(child)))]))
    seen = {}
    original = ModelToComponentFactory.create_parent_stream_config
    ModelToComponentFactory.create_parent_stream_config = lambda self, **kwargs: seen.update(self._connector_state_manager.get_stream_state("parents", None))
    try:
        factory.create_parent_stream_config_with_substream_wrapper(
            model=models.ParentStreamConfig.parse_obj({"type": "ParentStreamConfig", "parent_key": "id", "partition_field": "id", "incremental_dependency": True, "stream": parent_stream}), config=CONFIG, stream_name="users"
        )
    finally:
        ModelToComponentFactory.create_parent_stream_config = original
    return seen


RETRIEVER = {"type": "SimpleRetriever", "requester": {"type": "HttpRequester", "url_base": "https://h.test"}, "record_selector": {"type": "RecordSelector", "extractor": {"type": "DpathExtractor", "field_path": []}}}
SYNC = {"type": "DatetimeBasedCursor", "cursor_field": "updated_{{ config['section'] }}", "datetime_format": "%Y", "start_datetime": "2020"}
PARENT = {"type": "DeclarativeStream", "name": "parents", "retriever": RETRIEVER, "incremental_sync": SYNC}
DELEGATING = {"type": "StateDelegatingStream", "name": "parents", "full_refresh_stream": {**PARENT, "incremental_sync": {**SYNC, "cursor_field": "full"}}, "incremental_stream": PARENT}

MIGRATED_STATES = [
    {}, {"13": {"changed": "2022-12-27"}}, {"13": {"changed": "2022-12-27"}, "b": {"changed": None}}, {"13": {"other": "2022"}}, {"13": {"changed": "2022", "more": 1}}, {"13": {}}, {"13": "2022"}, {"states": []}, {"states": [], "13": {"changed": "x"}}, {"13": {"changed": "x"}, "14": {"other": "y"}}, {"changed": "2022"}, {"use_global_cursor": False, "13": {"changed": "x"}}, {"13": {"changed": {"deep": 1}}}, {"__ab_no_cursor_state_message": True}, {"2": {"changed": "a"}, "1": {"changed": "b"}},
]


def migrations():
    rows = []
    config = {"type": "ParentStreamConfig", "parent_key": "id", "partition_field": "{{ config['field'] }}", "stream": {"type": "DeclarativeStream", "retriever": RETRIEVER}}
    routers = [
        {"type": "SubstreamPartitionRouter", "parent_stream_configs": [config]},
        {"type": "SubstreamPartitionRouter", "parent_stream_configs": [config, config]},
        {"type": "UnionPartitionRouter", "partition_field": "org", "partition_routers": [{"type": "ListPartitionRouter", "values": ["a"], "cursor_field": "org"}, {"type": "ListPartitionRouter", "values": ["b"], "cursor_field": "org"}]},
        {"type": "CustomPartitionRouter", "class_name": "source.Parents", "parent_stream_configs": [config]},
        {"type": "ListPartitionRouter", "values": ["a"], "cursor_field": "org"},
        None,
    ]
    for router in routers:
        for sync in [{**SYNC, "cursor_field": "changed"}] + ([None] if router else []):
            stream = {"type": "DeclarativeStream", "name": "users", "retriever": {**RETRIEVER, **({"partition_router": router} if router else {})}, **({"incremental_sync": sync} if sync else {})}
            for state in MIGRATED_STATES if sync and router and router["type"] != "ListPartitionRouter" else MIGRATED_STATES[1:2]:
                row = {"stream": stream, "state": state}
                try:
                    model = models.DeclarativeStream.parse_obj({**stream, "state_migrations": [{"type": "LegacyToPerPartitionStateMigration"}]})
                    factory = ModelToComponentFactory()
                    migration = factory._create_component_from_model(model.state_migrations[0], CONFIG, declarative_stream=model)
                    row["migrated"] = factory.apply_stream_state_migrations([migration], state)
                except Exception as error:
                    row["raises"] = type(error).__name__
                rows.append(row)
    return rows


if __name__ == "__main__":
    table = {
        "config": CONFIG,
        "routers": [run(spec) for spec in ROUTERS],
        "parentStates": [{"stream": stream, "child": child, "state": parent_state(child, stream)} for stream in [PARENT, DELEGATING] for child in CHILD_STATES],
        "migrations": migrations(),
    }
    text = ",\n".join(json.dumps(key) + ": " + (json.dumps(value) if isinstance(value, dict) else "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in value) + "\n]") for key, value in table.items())
    pathlib.Path(__file__).with_name("routers.json").write_text("{\n" + text + "\n}\n")
    for key in ["routers", "parentStates", "migrations"]:
        print(key, len(table[key]), "raise:", sum("raises" in row for row in table[key]))
    for row in table["routers"]:
        if "raises" in row:
            print(row["raises"], json.dumps(row["router"])[:160])
