"""Writes cursors.json: what the reference's cursors slice, keep and say.  /path/to/reference/python make-cursors.py"""

import copy
import datetime
import json
import logging
import pathlib
import random

import airbyte_cdk.sources.streams.concurrent.state_converters.datetime_stream_state_converter as converter
from airbyte_cdk.models import AirbyteMessage
from airbyte_cdk.sources.declarative.models import DatetimeBasedCursor, IncrementingCountCursor
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.sources.message import NoopMessageRepository
from airbyte_cdk.sources.types import Record, StreamSlice
from airbyte_cdk.utils.datetime_helpers import AirbyteDateTime

logging.disable(logging.CRITICAL)
pick = random.Random(20260115)
NOW = "2026-01-15T12:00:00.123000+00:00"
MOST_SLICES = 20

now = datetime.datetime.fromisoformat(NOW)
converter.DateTimeStreamStateConverter.get_end_provider = classmethod(lambda cls: lambda: AirbyteDateTime.from_datetime(now))


class Partition:
    def __init__(self, stream_slice):
        self.stream_slice = stream_slice

    def to_slice(self):
        return self.stream_slice


class Collector(NoopMessageRepository):
    def __init__(self):
        self.states = []

    def emit_message(self, message: AirbyteMessage):
        self.states.append(copy.deepcopy(message.state.stream.stream_state.__dict__))


def make(cursor, config, state, messages):
    create = {
        "DatetimeBasedCursor": ("create_concurrent_cursor_from_datetime_based_cursor", DatetimeBasedCursor),
        "IncrementingCountCursor": ("create_concurrent_cursor_from_incrementing_count_cursor", IncrementingCountCursor),
    }[cursor["type"]]
    return getattr(ModelToComponentFactory(), create[0])(
        model_type=create[1], component_definition=copy.deepcopy(cursor), stream_name="users", stream_namespace=None,
        stream_state=copy.deepcopy(state), config=config, message_repository=messages,
    )


def run(cursor, config, state, values):
    """Reads the slices in some order, gives them records, and notes each state; the last slices are left open at times."""
    row = {"cursor": cursor, "config": config, "state": state}
    messages = Collector()
    try:
        made = make(cursor, config, state, messages)
        slices = []
        for stream_slice in made.stream_slices():
            slices.append(stream_slice)
            if len(slices) > MOST_SLICES:
                return None
        row["slices"] = [stream_slice.cursor_slice for stream_slice in slices]
        row["includes"] = []
        for value in pick.sample(values, min(6, len(values))):
            row["includes"].append([value, made.should_be_synced(Record({made.cursor_field.cursor_field_key: value}, "users"))])
        order = list(range(len(slices)))
        if pick.random() < 0.6:
            pick.shuffle(order)
        if pick.random() < 0.4:
            order = order[: len(order) // 2 + 1]
        row["closed"] = []
        for index in order:
            seen = pick.sample(values, pick.choice([0, 1, 1, 2, 3])) if values else []
            for value in seen:
                made.observe(Record({made.cursor_field.cursor_field_key: value}, "users", slices[index]))
            before = len(messages.states)
            made.close_partition(Partition(slices[index]))
            emitted = messages.states[before:]
            row["closed"].append([index, seen, emitted[0] if emitted else None])
        row["final"] = made.state
        if cursor["type"] == "DatetimeBasedCursor":
            row["until"] = until.isoformat() if (until := made.get_cursor_datetime_from_state(state)) else None
            row["split"] = [split(made, stream_slice) for stream_slice in slices[:2] + slices[-1:]]
        json.dumps(row, allow_nan=False) if cursor["type"] == "DatetimeBasedCursor" else None
    except Exception as error:
        return {"cursor": cursor, "config": config, "state": state, "raises": type(error).__name__}
    return row


def split(made, stream_slice):
    parts = {}
    for minimum in [None, "P1D"]:
        found = made.split_request_window(stream_slice, None if minimum is None else datetime.timedelta(days=1))
        parts[str(minimum)] = None if found is None else [part.cursor_slice for part in found]
    return parts


# Per format: moments to draw starts, ends, states and records from, the smallest unit, and steps.
FORMATS = {
    "%Y-%m-%d": (["2025-12-28", "2026-01-01", "2026-01-03", "2026-01-10", "2026-01-15", "2026-01-31", "2025-11-30"], "P1D", ["P1D", "P3D", "P1W", "P1M", "P10D"]),
    "%Y-%m-%dT%H:%M:%SZ": (["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-05T10:30:00Z", "2026-01-10T00:00:00Z", "2026-01-15T11:59:59Z", "2026-01-20T00:00:00Z"], "PT1S", ["P1D", "PT36H", "P1W", "P1M", "P2W"]),
    "%Y-%m-%dT%H:%M:%S%z": (["2026-01-01T00:00:00+0000", "2026-01-02T05:00:00+0530", "2026-01-05T10:30:00-0800", "2026-01-10T00:00:00+0000", "2026-01-15T13:00:00+0200"], "PT1S", ["P1D", "P3D", "P1W", "P1M"]),
    "%Y-%m-%dT%H:%M:%S.%f%z": (["2026-01-01T00:00:00.000001+00:00", "2026-01-03T10:00:00.5+01:00", "2026-01-10T00:00:00.999999-03:30", "2026-01-15T12:00:00.123+00:00"], "PT0.000001S", ["P2D", "P1W"]),
    "%Y-%m-%dT%H:%M:%S.%_msZ": (["2026-01-01T00:00:00.001Z", "2026-01-06T10:00:00.500Z", "2026-01-14T23:59:59.999Z", "2026-01-15T12:00:00.123Z"], "PT0.001S", ["P2D", "P1W", "PT30H"]),
    "%s": (["1767225600", "1767312000", "1767700000", "1768478400", "1768500000"], "PT1S", ["P1D", "P1W", "PT40H"]),
    "%ms": (["1767225600000", "1767312000123", "1767700000999", "1768478400123"], "PT0.001S", ["P1D", "P1W"]),
    "%s_as_float": (["1767225600.0", "1767312000.5", "1767700000.123456", "1768478400.123"], "PT0.000001S", ["P2D", "P1W"]),
    "%epoch_microseconds": (["1767225600000000", "1767312000500001", "1768478400123000"], "PT0.000001S", ["P2D", "P1W"]),
    "%d/%m/%Y": (["28/12/2025", "01/01/2026", "05/01/2026", "14/01/2026"], "P1D", ["P2D", "P1W", "P1M"]),
    "%Y%m%d%H": (["2025122800", "2026010112", "2026011023", "2026011511"], "PT1H", ["P2D", "P1W"]),
}
CLAMPINGS = [None, None, None, {"target": "DAY"}, {"target": "MONTH"}, {"target": "WEEK", "target_details": {"weekday": "MONDAY"}}, {"target": "WEEK", "target_details": {"weekday": "SATURDAY"}}, {"target": "{{ config['clamp'] }}"}]
LOOKBACKS = [None, None, "P1D", "PT6H", "P1M", "{{ config['lookback'] }}", "P5D"]


def datetime_rows(count):
    rows = []
    while len(rows) < count:
        format = pick.choice(list(FORMATS))
        moments, unit, steps = FORMATS[format]
        cursor = {"type": "DatetimeBasedCursor", "cursor_field": pick.choice(["updated_at", "updated_at", "{{ config['field'] }}"]), "datetime_format": format}
        config = {"start": pick.choice(moments[:3]), "field": "updated_at", "lookback": pick.choice(["P2D", "PT1S", ""]), "clamp": "DAY", "step": steps[0]}
        cursor["start_datetime"] = pick.choice([config["start"], "{{ config['start'] }}", {"type": "MinMaxDatetime", "datetime": "{{ config['start'] }}"}, {"type": "MinMaxDatetime", "datetime": pick.choice(moments), "min_datetime": pick.choice(moments)}])
        if pick.random() < 0.5:
            cursor["end_datetime"] = pick.choice([pick.choice(moments), {"type": "MinMaxDatetime", "datetime": pick.choice(moments), "max_datetime": pick.choice(moments)}])
        if pick.random() < 0.6:
            cursor["step"] = pick.choice(steps + ["{{ config['step'] }}"])
            cursor["cursor_granularity"] = pick.choice([unit, unit, unit, "PT1H", "P1D"])
        if clamping := pick.choice(CLAMPINGS):
            cursor["clamping"] = clamping
        if lookback := pick.choice(LOOKBACKS):
            cursor["lookback_window"] = lookback
        if pick.random() < 0.2:
            cursor["is_compare_strictly"] = True
        if pick.random() < 0.15:
            cursor["partition_field_start"], cursor["partition_field_end"] = "from", "{{ config['field'] }}_to"
        values = list(moments)
        if pick.random() < 0.3:
            other = pick.choice([each for each in FORMATS if each != format])
            cursor["cursor_datetime_formats"] = pick.sample([other, format, "%Y-%m-%d %H:%M"], 2)
            values += FORMATS[other][0] + ["2026-01-09 10:10"]
        if pick.random() < 0.2:
            values += ["nonsense", None, "", 5]
        row = run(cursor, config, datetime_state(moments), values)
        if row is not None and (row.get("slices") or "raises" in row or pick.random() < 0.2):
            rows.append(row)
    return rows


def datetime_state(moments):
    kind = pick.random()
    if kind < 0.35:
        return {}
    if kind < 0.6:
        return {"updated_at": pick.choice(moments)}
    if kind < 0.65:
        return {"updated_at": pick.choice(moments), "other": {"kept": [1, 2.0]}, "__ab_no_cursor_state_message": True}
    if kind < 0.7:
        return {"__ab_no_cursor_state_message": True}
    slices = []
    for _ in range(pick.choice([1, 1, 2, 2, 3, 4])):
        first, last = pick.choice(moments), pick.choice(moments)
        each = {"start": first, "end": last}
        if pick.random() < 0.5:
            each["most_recent_cursor_value"] = pick.choice(moments)
        slices.append(each)
    state = {"state_type": "date-range", "slices": slices}
    if pick.random() < 0.1:
        state["legacy"] = {"updated_at": moments[0], "other": 1}
    return state


def count_rows(count):
    rows = []
    for _ in range(count):
        cursor = {"type": "IncrementingCountCursor", "cursor_field": "id"}
        config = {"start": pick.choice([0, 3, "7"])}
        if pick.random() < 0.7:
            cursor["start_value"] = pick.choice([0, 5, "10", "{{ config['start'] }}", -2])
        state = pick.choice([{}, {"id": 0}, {"id": 12}, {"id": 4, "other": 1}, {"id": 7.5}, {"state_type": "integer", "slices": [{"start": 0, "end": 9}]}, {"state_type": "integer", "slices": [{"start": 0, "end": 20, "most_recent_cursor_value": 18}]}, {"id": 12345678901234567890}])
        row = run(cursor, config, state, [0, 1, 6, 11, 15, 19, 25, 30.5, 12345678901234567999])
        row = json.loads(json.dumps(row).replace("Infinity", '"Infinity"'))
        rows.append(row)
    return rows


if __name__ == "__main__":
    table = {"now": NOW, "datetime": datetime_rows(600), "count": count_rows(60)}
    text = ",\n".join(
        json.dumps(key) + ": " + (json.dumps(value) if isinstance(value, str) else "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in value) + "\n]")
        for key, value in table.items()
    )
    pathlib.Path(__file__).with_name("cursors.json").write_text("{\n" + text + "\n}\n")
    for key in ["datetime", "count"]:
        rows = table[key]
        print(key, len(rows), "raise:", sum("raises" in row for row in rows), "no slices:", sum(row.get("slices") == [] for row in rows), "many:", sum(len(row.get("slices", [])) > 3 for row in rows))
        print({row["raises"] for row in rows if "raises" in row})
