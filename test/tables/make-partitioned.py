"""Writes partitioned.json: how the reference keeps the state of partitioned streams.  /path/to/reference/python make-partitioned.py"""

import copy
import json
import logging
import pathlib
import random

import airbyte_cdk.sources.declarative.incremental.concurrent_partition_cursor as module
from airbyte_cdk.sources.connector_state_manager import ConnectorStateManager
from airbyte_cdk.sources.declarative.models import DatetimeBasedCursor
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.sources.message import NoopMessageRepository
from airbyte_cdk.sources.types import Record, StreamSlice

logging.disable(logging.CRITICAL)
pick = random.Random(7390)


class ReadAgain(Exception):
    """A partition came again after it was read: the reference reads it again, or not, as its threads happen to run."""


class Clock:
    seconds = 1000.0

    def time(self):
        return self.seconds

    def perf_counter_ns(self):
        return int(self.seconds * 1e9)


clock = Clock()
module.time = clock


class Router:
    """Gives partitions, each with the parents' state as it is from then on."""

    def __init__(self, steps, last):
        self.steps, self.last, self.state = steps, last, None

    def stream_slices(self):
        for partition, state in self.steps:
            self.state = state
            yield StreamSlice(partition=partition, cursor_slice={})
        self.state = self.last

    def get_stream_state(self):
        return copy.deepcopy(self.state)


class Partition:
    def __init__(self, stream_slice):
        self.stream_slice = stream_slice

    def to_slice(self):
        return self.stream_slice


class Collector(NoopMessageRepository):
    def __init__(self):
        self.states = []

    def emit_message(self, message):
        self.states.append(copy.deepcopy(message.state.stream.stream_state.__dict__))


FORMATS = {
    "%Y-%m-%d": ("P1D", ["2026-01-01", "2026-01-03", "2026-01-07", "2026-01-09", "2026-01-12"], "2026-01-14"),
    "%Y-%m-%dT%H:%M:%S%z": ("PT1S", ["2026-01-01T00:00:00+0000", "2026-01-03T02:00:00+0200", "2026-01-07T00:00:00-0500", "2026-01-12T11:00:00+0000"], "2026-01-14T00:00:00+0000"),
    "%d/%m/%Y": ("P1D", ["01/01/2026", "03/01/2026", "07/01/2026", "12/01/2026"], "14/01/2026"),
    "%s": ("PT1S", ["1767225600", "1767400000", "1767700000", "1768000000"], "1768300000"),
}


LATE = {"%Y-%m-%d": ["2026-01-20"], "%Y-%m-%dT%H:%M:%S%z": ["2026-01-20T00:00:00+0000"], "%d/%m/%Y": ["20/01/2026"], "%s": ["1768900000"]}


def cursor_of(format):
    unit, moments, end = FORMATS[format]
    cursor = {"type": "DatetimeBasedCursor", "cursor_field": "updated_at", "datetime_format": format, "start_datetime": moments[0], "end_datetime": end}
    if pick.random() < 0.6:
        cursor["step"], cursor["cursor_granularity"] = pick.choice(["P4D", "P1W"]), unit
    if pick.random() < 0.2:
        cursor["lookback_window"] = "P1D"
    return cursor, moments


def partition_of(name, kind):
    return {"plain": {"id": name}, "number": {"id": len(name) + 1}, "substream": {"id": name, "parent_slice": {}}, "nested": {"z": {"b": 1, "a": name}, "id": [name, 2.0]}}[kind]


def incoming(moments, names, kind, style):
    if style == "none":
        return {}
    if style == "global format":
        return pick.choice([{"updated_at": pick.choice(moments)}, {"other": "x"}, {"__ab_no_cursor_state_message": True}])
    state = {}
    if style in ["partitions", "all"]:
        state["states"] = [{"partition": partition_of(name, kind), "cursor": {"updated_at": pick.choice(moments)}} for name in pick.sample(names, pick.randint(0, len(names)))]
    if style in ["global", "all"]:
        state["state"] = {"updated_at": pick.choice(moments)}
    if style == "global" or pick.random() < 0.3:
        state["use_global_cursor"] = style == "global"
    if pick.random() < 0.5:
        state["lookback_window"] = pick.choice([1, 100_000, "86400"])
    if pick.random() < 0.4:
        state["parent_state"] = pick.choice([{"parents": {"updated_at": moments[1]}}, {}])
    return state


def run(number):
    format = pick.choice(list(FORMATS))
    cursor, moments = cursor_of(format)
    kind = pick.choice(["plain", "plain", "substream", "nested", "number"])
    names = list("abcdefgh")[: pick.randint(1, 6)] if kind != "number" else ["a", "aa", "aaa", "aaaa"]
    style = pick.choice(["none", "none", "global format", "partitions", "global", "all", "all"])
    state = incoming(moments + LATE[format] * (pick.random() < 0.4), names + ["old1", "old2", "x"], kind, style)
    parents = pick.choice([None, {}, "moving", "moving"])
    steps, parent = [], {"parents": {"updated_at": moments[0]}}
    chosen = [name for name in names if pick.random() < 0.85]
    if pick.random() < 0.25 and chosen:
        chosen.insert(1, chosen[0])
    for name in chosen:
        if parents == "moving" and pick.random() < 0.5:
            parent = {"parents": {"updated_at": pick.choice(moments)}}
        steps.append([partition_of(name, kind), copy.deepcopy(parent) if parents == "moving" else parents])
    last = {"parents": {"updated_at": moments[-1]}} if parents == "moving" else parents
    limits = pick.choice([[10_000, 25_000], [10_000, 25_000], [2, 5], [3, 4], [1, 2]])
    global_cursor = pick.random() < 0.2
    row = {"cursor": cursor, "state": state, "global": global_cursor, "limits": limits, "partitions": steps, "last": last, "steps": []}

    keys = set()

    class Cursor(module.ConcurrentPerPartitionCursor):
        SWITCH_TO_GLOBAL_LIMIT, DEFAULT_MAX_PARTITIONS_NUMBER = limits

        def _generate_slices_from_partition(self, partition, parent_state):
            key = self._to_partition_key(partition.partition)
            if key in keys and key not in self._semaphore_per_partition:
                raise ReadAgain()
            keys.add(key)
            yield from super()._generate_slices_from_partition(partition, parent_state)

    real, module.ConcurrentPerPartitionCursor = module.ConcurrentPerPartitionCursor, Cursor
    messages = Collector()
    factory = ModelToComponentFactory(message_repository=messages)
    import airbyte_cdk.sources.declarative.parsers.model_to_component_factory as maker

    before, maker.ConcurrentPerPartitionCursor = maker.ConcurrentPerPartitionCursor, Cursor
    clock.seconds = 1000.0
    try:
        made = factory.create_concurrent_cursor_from_perpartition_cursor(
            state_manager=ConnectorStateManager(), model_type=DatetimeBasedCursor,
            component_definition={**copy.deepcopy(cursor), "global_substream_cursor": global_cursor},
            stream_name="users", stream_namespace=None, config={}, stream_state=copy.deepcopy(state),
            partition_router=Router(steps, last), attempt_to_create_cursor_if_not_provided=True,
        )
        generator = made.stream_slices()
        opened, finished, left = {}, False, True
        slices = 0
        while True:
            move = pick.random()
            if left and (not opened or (move < 0.5 and len(opened) < 4)):
                made_slice = next(generator, None)
                if made_slice is None:
                    left = False
                    row["steps"].append(["slice", None])
                    continue
                row["steps"].append(["slice", {"partition": made_slice.partition, "interval": made_slice.cursor_slice}])
                opened[slices] = made_slice
                slices += 1
            elif opened and move < 0.8:
                index = pick.choice(list(opened))
                value = pick.choice(moments + ["nonsense"] * (pick.random() < 0.2) + [None] * (pick.random() < 0.1))
                record = Record({"updated_at": value}, "users", opened[index])
                row["steps"].append(["includes", index, value, made.should_be_synced(record)])
                made.observe(record)
                row["steps"].append(["observe", index, value])
            elif opened and (move < 0.97 or number % 3):
                index = pick.choice(list(opened))
                made.close_partition(Partition(opened.pop(index)))
                row["steps"].append(["close", index, messages.states.pop() if messages.states else None])
            elif opened and pick.random() < 0.3:
                opened.pop(pick.choice(list(opened)))  # a slice that failed: it is never closed
            if pick.random() < 0.3:
                seconds = pick.choice([1, 30, 400, 601])
                clock.seconds += seconds
                row["steps"].append(["wait", seconds])
            if not left and not opened:
                break
        made.ensure_at_least_one_state_emitted()
        row["steps"].append(["finish", messages.states.pop()])
        until = made.get_cursor_datetime_from_state(state)
        row["until"] = until.isoformat() if until else None
    except ReadAgain:
        return None
    except Exception as error:
        row["raises"] = f"{type(error).__name__}: {error}"
    finally:
        module.ConcurrentPerPartitionCursor, maker.ConcurrentPerPartitionCursor = real, before
    return row


if __name__ == "__main__":
    rows = [row for number in range(260) if (row := run(number)) is not None]
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    pathlib.Path(__file__).with_name("partitioned.json").write_text("[\n" + text + "\n]\n")
    print(len(rows), "raise:", [row["raises"] for row in rows if "raises" in row][:5], sum("raises" in row for row in rows))
    print("global at the end:", sum(row["steps"][-1][1]["use_global_cursor"] for row in rows if "raises" not in row))
