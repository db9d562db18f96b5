"""Makes types.parquet, with pyarrow 26: python3 make-types.py"""

import datetime
import decimal
import pathlib

import pyarrow
import pyarrow.parquet

utc = datetime.timezone.utc
moment = datetime.datetime(2024, 2, 29, 23, 59, 59, 123456)
columns = {
    "id": pyarrow.array([1, 2**60, None], pyarrow.int64()),
    "small": pyarrow.array([-5, None, 7], pyarrow.int32()),
    "ratio": pyarrow.array([1.0, 0.1, None], pyarrow.float64()),
    "price": pyarrow.array([decimal.Decimal("12.50"), None, decimal.Decimal("-0.01")], pyarrow.decimal128(9, 2)),
    "flag": pyarrow.array([True, False, None]),
    "name": pyarrow.array(["é", None, "x"]),
    "day": pyarrow.array([datetime.date(1969, 12, 31), None, datetime.date(2024, 2, 29)]),
    "local": pyarrow.array([moment, None, moment], pyarrow.timestamp("us")),
    "instant": pyarrow.array([moment.replace(tzinfo=utc), None, None], pyarrow.timestamp("ms", "UTC")),
    "tags": pyarrow.array([["a", "b"], [], None], pyarrow.list_(pyarrow.string())),
    "nested": pyarrow.array([{"n": 1, "t": "x"}, None, {"n": None, "t": "y"}]),
}
table = pyarrow.table(columns)
pyarrow.parquet.write_table(
    table, pathlib.Path(__file__).with_name("types.parquet"), compression="gzip", row_group_size=2
)
