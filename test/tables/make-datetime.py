"""Writes datetime.json: what the reference makes of dates, times and durations.

    TZ=UTC /work/ref/venv/bin/python test/tables/make-datetime.py

A row is [function, arguments, result]. A moment among the arguments is [year, month, day, hour, minute, second,
microsecond, offset in seconds or null, zone name?]; a float is {"$float": text}. A result is the repr of the value, or
{"$raises": exception, "message": text}. The clock of lenient parsing stands at NOW.
"""

import datetime as dt
import json
import pathlib
import warnings

from dateutil.parser import _parser, isoparse
from isodate import duration_isoformat, parse_duration

from airbyte_cdk.sources.declarative.datetime.datetime_parser import DatetimeParser
from airbyte_cdk.sources.declarative.datetime.min_max_datetime import MinMaxDatetime
from airbyte_cdk.sources.declarative.interpolation.macros import str_to_datetime
from airbyte_cdk.utils.datetime_helpers import ab_datetime_format, ab_datetime_parse

warnings.simplefilter("ignore")
NOW = dt.datetime(2026, 1, 31, 12, 0)


class FixedClock(dt.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


class DatetimeModule:
    datetime = FixedClock
    tzinfo = dt.tzinfo
    timedelta = dt.timedelta


_parser.datetime = DatetimeModule
_parser.DEFAULTPARSER.info._year = NOW.year
_parser.DEFAULTPARSER.info._century = NOW.year // 100 * 100

parser = DatetimeParser()


def moment(parts):
    *fields, offset = parts[:8]
    name = parts[8:]
    zone = None if offset is None else dt.timezone(dt.timedelta(seconds=offset), *name)
    return dt.datetime(*fields, tzinfo=zone)


def number(value):
    return float(value["$float"]) if isinstance(value, dict) and value else value


def span(parts):
    return dt.timedelta(**{name: number(value) for name, value in parts.items()})


def min_max(value, format, minimum, maximum):
    bounds = MinMaxDatetime(value, {}, format, minimum, maximum)
    return bounds.get_datetime({})


FUNCTIONS = {
    "parse": lambda value, format: parser.parse(number(value), format),
    "format": lambda when, format: parser.format(moment(when), format),
    "strptime": lambda text, format: dt.datetime.strptime(text, format),
    "strftime": lambda when, format: moment(when).strftime(format),
    "strftime date": lambda when, format: dt.date(*when).strftime(format),
    "iso": isoparse,
    "iso in utc": str_to_datetime,
    "any": lambda value: ab_datetime_parse(number(value)),
    "format any": lambda when, format: ab_datetime_format(moment(when), format),
    "min max": min_max,
    "duration": lambda text: parse_duration(text),
    "duration str": lambda text: str(parse_duration(text)),
    "format duration": lambda text: duration_isoformat(parse_duration(text)),
    "add": lambda when, text: moment(when) + parse_duration(text),
    "subtract": lambda when, text: moment(when) - parse_duration(text),
    "add date": lambda when, text: dt.date(*when) + parse_duration(text),
    "subtract date": lambda when, text: dt.date(*when) - parse_duration(text),
    "difference": lambda left, right: moment(left) - moment(right),
    "compare": lambda left, right: (moment(left) > moment(right)) - (moment(left) < moment(right)),
    "equal": lambda left, right: moment(left) == moment(right),
    "isoformat": lambda when, separator, timespec: moment(when).isoformat(separator, timespec),
    "str": lambda when: str(moment(when)),
    "repr": lambda when: moment(when),
    "utc": lambda when: moment(when).astimezone(dt.timezone.utc),
    "timestamp": lambda when: moment(when).timestamp(),
    "replace": lambda when, changes: moment(when).replace(**changes),
    "weekday": lambda when: (moment(when).weekday(), *moment(when).isocalendar(), moment(when).toordinal()),
    "timedelta": span,
    "timedelta str": lambda parts: str(span(parts)),
    "total seconds": lambda parts: span(parts).total_seconds(),
    "multiply": lambda parts, factor: span(parts) * number(factor),
    "divide": lambda parts, divisor: span(parts) / number(divisor),
    "divide down": lambda parts, divisor: span(parts) // divisor,
    "quotient": lambda parts, other: span(parts) / span(other),
    "whole quotient": lambda parts, other: span(parts) // span(other),
    "remainder": lambda parts, other: span(parts) % span(other),
    "add durations": lambda left, right: parse_duration(left) + parse_duration(right),
    "subtract durations": lambda left, right: parse_duration(left) - parse_duration(right),
    "equal durations": lambda left, right: parse_duration(left) == parse_duration(right),
    "multiply duration": lambda text, factor: parse_duration(text) * factor,
    "negate": lambda text: -parse_duration(text),
}


def evaluate(function, arguments):
    try:
        return repr(FUNCTIONS[function](*arguments))
    except Exception as error:
        return {"$raises": type(error).__name__, "message": str(error)}


def floats(*texts):
    return [{"$float": text} for text in texts]


def inputs():
    yield from parse_inputs()
    yield from format_inputs()
    yield from lenient_inputs()
    yield from duration_inputs()
    yield from arithmetic_inputs()


def parse_inputs():
    by_format = {
        "%Y-%m-%dT%H:%M:%SZ": [
            "2024-03-09T07:08:59Z", "2024-03-09t07:08:59z", "2024-3-9T7:8:9Z", "2024-02-30T00:00:00Z",
            "2024-03-09T24:00:00Z", "2024-03-09T23:59:60Z", "2024-03-09T23:59:61Z", "2024-03-09T23:59:62Z",
            "2024-03-09T07:08:59", "2024-03-09T07:08:59Zx", " 2024-03-09T07:08:59Z", "2024-03-09 07:08:59Z", "",
            "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1900-02-29T00:00:00Z",
            "2000-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-03-09T07:60:00Z", "it's \"both\"",
            "tab\there\x07\u200b",
        ],
        "%Y-%m-%d": [
            "2023-02-28", "2023-02-29", "2024-02-29", "2024-2-9", "2024-02-1", "2024-02-10T", "20240210", "24-02-10",
            "2024-00-10", "2024-02-00", "2024-02- 9", "2024-02-\n9", "2024-04-31", "10000-01-01", 2024, None, True, [1],
        ],
        "%Y-%m-%dT%H:%M:%S.%fZ": [
            "2024-03-09T07:08:59.1Z", "2024-03-09T07:08:59.123456Z", "2024-03-09T07:08:59.1234567Z",
            "2024-03-09T07:08:59.Z", "2024-03-09T07:08:59Z", "2024-03-09T07:08:59.000100Z",
        ],
        "%Y-%m-%dT%H:%M:%S.%f%z": [
            "2024-03-09T07:08:59.5+00:00", "2024-03-09T07:08:59.5-0730", "2024-03-09T07:08:59.5Z",
            "2024-03-09T07:08:59.5z", "2024-03-09T07:08:59.5+05", "2024-03-09T07:08:59.5+24:00",
            "2024-03-09T07:08:59.5-99:59", "2024-03-09T07:08:59.5+05:30:15", "2024-03-09T07:08:59.5+053015.25",
            "2024-03-09T07:08:59.5+05:30:15.000001", "2024-03-09T07:08:59.5-00:00:00.5",
            "2024-03-09T07:08:59.5+05:3015",
            "2024-03-09T07:08:59.5+0530:15", "2024-03-09T07:08:59.5+05:60", "2024-03-09T07:08:59.5+00:00x",
        ],
        "%Y-%m-%dT%H:%M:%S%z": ["2024-03-09T07:08:59+0000", "2024-03-09T07:08:59-08:00", "2024-03-09T07:08:59"],
        "%Y%m%d": ["20240309", "2024039", "202403091", "20241309", 20240309],
        "%Y%m%d%H%M%S": ["20240309070859", "2024030907085", "20240309070861"],
        "%m/%d/%Y": ["03/09/2024", "3/9/2024", "13/09/2024"],
        "%m/%d/%y %I:%M %p": ["03/09/24 12:00 AM", "03/09/24 12:00 pm", "03/09/68 01:30 Pm", "03/09/69 1:30 am",
            "03/09/24 13:00 pm", "03/09/24 0:00 am"],
        "%d %B %Y": ["9 March 2024", "09 march 2024", "9  MARCH\t2024", "9 Mar 2024", "9 Maerz 2024"],
        "%a, %d %b %Y %H:%M:%S %Z": ["Sat, 09 Mar 2024 07:08:59 GMT", "sun, 9 mar 2024 07:08:59 utc",
            "Sat, 09 Mar 2024 07:08:59 EST", "Sat, 09 Mar 2024 07:08:59 "],
        "%a %b %d %H:%M:%S %z %Y": ["Sat Mar 09 07:08:59 +0000 2024"],
        "%H:%M %z %Z": ["07:08 +0200 UTC", "07:08 -0000 gmt", "07:08 Z UTC"],
        "%A %j %Y": ["Saturday 069 2024", "saturday 69 2024", "friday 366 2023", "friday 367 2024", "monday 001 0001",
            "monday 366 9999", "monday 0 2024"],
        "%Y %U %w": ["2024 09 6", "2024 0 0", "2024 53 6", "2024 54 0", "0001 00 0"],
        "%Y %W %a": ["2024 10 Sat", "2024 00 Mon", "2023 53 sun"],
        "%Y %W": ["2024 10"],
        "%G-W%V-%u": ["2024-W10-6", "2020-W53-7", "2023-W53-1", "2024-W00-1", "2024-W1-1", "2024-W10-0", "0001-W01-1"],
        "%G %V": ["2024 10"],
        "%G %j": ["2024 100"],
        "%Y %V": ["2024 10"],
        "%Y %V %u": ["2024 10 6"],
        "%V %u": ["10 6"],
        "%V": ["10"],
        "%G %V %w %j": ["2024 10 6 100"],
        "%y %V %U %w": ["24 10 10 6"],
        "%c": ["Sat Mar  9 07:08:59 2024", "sat mar 09 07:08:59 2024", "Sat Mar 9 07:08:59 24"],
        "%x": ["03/09/24", "03/09/2024"],
        "%X": ["07:08:59", "07:08"],
        "%x %X": ["03/09/24 07:08:59"],
        "%d": ["29", " 9", "31", "32", "0"],
        "%m-%d": ["02-29", "02-28", "12-31"],
        "%H": ["7", "07", "24", "007"],
        "%I": ["12", "1", "0"],
        "%p": ["AM", "pm", "x"],
        "%I %p %H": ["3 PM 7"],
        "%H %I %p": ["7 3 PM"],
        "%b %m": ["Mar 4"],
        "%m %B": ["4 march"],
        "%y %Y": ["23 2024"],
        "%Y %y": ["2024 23"],
        "%%%Y%%": ["%2024%", "2024"],
        "%f": ["1", "123456", "1234567"],
        "  %Y   %m": [" 2024 3", "2024 3", "\u20032024\u00a03", "\x1c2024\x853"],
        "%Y ": ["2024 ", "2024", "2024  \n"],
        "[%Y](%m)^$.|?*+{%d}\\": ["[2024](3)^$.|?*+{9}\\", "2024"],
        "année %Y": ["Année 2024", "ANNÉE 2024", "annee 2024"],
        "T%Y": ["t2024"],
        "": ["", "x"],
        "plain": ["PLAIN", "plainer", "pla"],
        "%": ["", "%"],
        "%Y%": ["2024"],
        "%q": ["x"],
        "%-d": ["9"],
        "% d": ["9"],
        "%.": ["."],
        "%\\": ["x"],
        "%E": ["x"],
        "%s.%f": ["1.5"],
        "%D": ["03/09/24"],
        "%s": [
            0, "0", -1, "1700000000", 1700000000, *floats("1700000000.9", "-0.5", "nan", "inf", "1e300"),
            "1700000000.5", " 12 ", "1_0", "_1",
            "1__0", "+5", "-5", "", "12x", None, True, [], {}, 253402300799, 253402300800, -62135596800, -62135596801,
            1700000000000, 10**17, 10**20, "00012",
        ],
        "%s_as_float": [
            "1675092508.873709", *floats("1675092508.873709", "0.1", "1.0000005", "1.0000015", "-1.5", "1e-7"), "1e3",
            "nan", "Infinity", "-inf", "1e18", "1e19",
            " 2.5 ", "1_0.5", ".5", "5.", "0x10", "", "e5", "1.5.1", 5, None, True, [], "-62135596800.5",
        ],
        "%ms": [0, 1, -1, "1700000000123", 1700000000123, *floats("1.9", "-1.9"), "1.5", 253402300799999,
            253402300800000, 10**18, None, "x", 86399999999999999],
        "%epoch_microseconds": [0, -1, "1700000000123456", 1700000000123456, 253402300799999999, 10**18, 10**22, "x",
            *floats("1.5"), -62135596800000000, -62135596800000001],
        "%Y-%m-%dT%H:%M:%S.%_msZ": ["2024-03-09T07:08:59.123Z", "2024-03-09T07:08:59.123456Z",
            "2024-03-09T07:08:59.1Z", "2024-03-09T07:08:59Z"],
        "%_ms": ["5", "000005"],
        "%Y-%m-%d %ms": ["2024-03-09 123"],
        "%Y-%m-%d %epoch_microseconds": ["2024-03-09 3poch_microseconds"],
    }
    for format, values in by_format.items():
        for value in values:
            yield "parse", [value, format]
            if isinstance(value, str) and "%_ms" not in format:
                yield "strptime", [value, format]


def moments():
    return [
        [2024, 3, 5, 7, 8, 9, 12345, 0],
        [2024, 2, 29, 23, 59, 59, 999999, 19800],
        [1999, 12, 31, 12, 0, 0, 0, -34200],
        [2021, 1, 3, 0, 30, 1, 1000, None],
        [999, 10, 10, 10, 10, 10, 10, 0],
        [1, 1, 1, 0, 0, 0, 0, 0],
        [9999, 12, 31, 23, 59, 59, 999999, 0],
        [1969, 12, 31, 23, 59, 59, 500000, 0],
        [2012, 11, 10, 9, 8, 7, 0, 3600, "CET"],
        [2012, 11, 10, 9, 8, 7, 0, -3723],
        [2012, 11, 10, 9, 8, 7, 654321, -0.25],
    ]


def format_inputs():
    for format in [
        "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S.%_msZ", "%Y%m%d%H%M%S%_ms",
        "%_ms", "%s", "%s_as_float", "%ms",
        "%epoch_microseconds", "%s000", "%a %A %w %u %d %b %B %m %y", "%H %I %p %M %S %f %z %Z %j", "%U %W %V %G %g",
        "%c|%x|%X|%%",
        "%e|%D|%F|%T|%R|%r|%h|%C|%P|%k|%l|%n|%t|%s", "%-d %-m %-H %-I %-j %-M %-S %-y %-e %-k %-l",
        "%_d %_m %_j %_H %_Y %0e %0k %^a %^B %#b %#p %^P %#Z", "%5d %05d %_5d %-5d %5Y %10C %3a %05a %010s %15F %015T",
        "%Ex %EY %Od %OH %Ea %OY %E %O %Ec%EC%Ey", "%q %i %J %: %:z %+ %@ %5q %05q %_q %^q", "%", "%%%", "ends with %",
        "%-", "% d", "%5", "é %Y ü", "",
    ]:
        for when in moments():
            yield "format", [when, format]
            if "%_ms" not in format and format not in ("%ms", "%epoch_microseconds"):
                yield "strftime", [when, format]
    for format in ["%Y-%m-%d %H:%M:%S.%f%z%Z", "%c", "%s", "%j %U %G-W%V-%u"]:
        for when in [[2024, 2, 9], [2020, 1, 1], [2021, 1, 1], [2018, 12, 31]]:
            yield "strftime date", [when, format]


def lenient_inputs():
    for text in [
        "2024", "2024-03", "2024-03-09", "20240309", "202403", "2024039", "2024-069", "2024069", "2024-366",
        "2023-366", "2024-W10", "2024W10", "2024-W10-6",
        "2024W106", "2024-W106", "2024W10-6", "2024-W54-1", "2024-W10-8", "2020-W53-7", "0001-W01-1", "9999-W52-7",
        "2024-3-9", "2024-13-01", "2024-02-30", "24-03-09",
        "2024-03-09T07", "2024-03-09T07:08", "2024-03-09T0708", "2024-03-09T07:08:59", "2024-03-09T070859",
        "2024-03-09T07:0859", "2024-03-09T0708:59",
        "2024-03-09 07:08:59", "2024-03-09x07:08:59", "2024-03-0907:08:59", "2024-03-09T07:08:59.1",
        "2024-03-09T07:08:59,123456789", "2024-03-09T07:08:59.",
        "2024-03-09T07:08:59Z", "2024-03-09T07:08:59z", "2024-03-09T07:08:59+05", "2024-03-09T07:08:59+0530",
        "2024-03-09T07:08:59+05:30", "2024-03-09T07:08:59-00:00",
        "2024-03-09T07:08:59+24:00", "2024-03-09T07:08:59+05:60", "2024-03-09T07:08:59+5",
        "2024-03-09T07:08:59 +05:30", "2024-03-09T07:08:59.5Z", "2024-03-09T07Z",
        "2024-03-09T07:08Z", "2024-03-09T24:00:00", "2024-03-09T24:00", "2024-03-09T24:00:01", "2024-03-09T24",
        "9999-12-31T24:00", "2024-03-09T25:00", "2024-03-09T",
        "2024-03-09T7", "2024-03-09TZ", "", "20", "x", "202x", "2024-03T07", "2024-03-09T07:08:59ZZ",
        "2024-03-09T07:08:59.5.5", " 024-03-09", "+024-03-09", "2_24-03-09",
        "2024-03-09T07:08:59é", "0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00", "2024-03-09T07:08:59+05-5",
        "0000-01-01",
    ]:
        yield "iso", [text]
        yield "iso in utc", [text]
    for value in [
        0, 1700000000, -1, 9999999999, 10000000000, True, None, [], *floats("1.5", "1.0"), "0", "-0", "-5",
        "1700000000", "01700000000", "00000000012", "10000000000", " 5",
        "2024-03-09", "2024-3-9", "2024-13-09", "2024-02-30", "2024-02-32", "0000-01-01", "24-03-09", "2024-03-", "--",
        "2024 - 03 - 09", "a-b-c", "2024-03-09T07",
        "2024-03-09T07:08:59Z", "2024-03-09T07:08:59", "2024-03-09 07:08:59.123456789", "2024-03-09T07:08:59+05:30",
        "2024-03-09T07:08:59-0800", "2024-03-09T07:08:59-08",
        "2024-03-09T07:08:59 UTC", "2024-03-09T07:08:59 EST", "2024-03-09T07:08:59 EST-5", "2024-03-09T07:08:59 GMT+3",
        "2024-03-09T07:08:59 -0500 (EST)",
        "2024-03-09T07:08:59 +00:00 (XYZ)", "2024-03-09T07:08:59 z", "2024-03-09 7:08 pm", "2024-03-09 12:08 am",
        "2024-03-09 13:08 pm", "03/09/2024 07:08:59",
        "03/09/2024", "13/09/2024", "09/13/24", "3/9/24 7am", "2024/03/09", "12:30", "7:30pm", "12:30 03/09",
        "March 9, 2024", "9 March 2024 07:08:59", "9 Mar 2024",
        "Mar 9", "March 2024", "Sat Mar 09 2024", "Sat, 09 Mar 2024 07:08:59 GMT", "Saturday", "sat", "tue", "March",
        "Mar-09-2024", "Mar/09/24", "9-Mar-2024", "09-Mar-24 10:00:00",
        "March of 24", "Mar 9 of 99", "20240309", "202403", "20240309T070859", "20240309T0708", "20240309T07",
        "202403090708", "20240309070859", "240309", "20240309 070859.5", "99-01-02 03:04",
        "2024-03-09T07:08:59.5", "2024-03-09T07:08:59,5", "2024.03.09", "09.03.2024", "2024-03", "03-2024", "12-31",
        "31-12", "10h 2024-03-09", "10h36m28.5s 2024-03-09",
        "2024-03-09 10h 36m", "2024-03-09 12h04", "2024-03-09 10.5h", "2024-03-09 at 10:15", "foo", "2024-03-09 foo",
        "2024-03-09-10", "2024-03-09T07:08:59Zfoo", "1", "31", "32", "1.5", "99999999999999999999",
        "", " ", "nan", "inf 2024-03-09", "2024-02-30T00:00:00", "2024-03-09T25:00:00", "2024-03-09T07:60:00",
        "2024-03-09T07:08:61", "1/2/3", "1/2/3/4", "Feb 30", "29 Feb 2023", "00:00 2024-03-09",
        "2024-03-09T07:08:59+", "2024-03-09T07:08:59+5:30", "2024-03-09T07:08:59+053", "10:20:30.123.4 2024-03-09",
        "10 am 2024-03-09", "am 2024-03-09 10:00", "2024-03-09 10:30.5", "2024-03-09 1030",
        "1st of March 2024", "2nd Mar 2024", "31 Jan", "2024-02", "9999999999-01-01 10:00",
        "2024-03-09T07:08:59−05:00", "Sept 5 2024", "5 sept. 2024", "Sep.20.2009", "20.Sep.2009", "Jan 1 '24",
    ]:
        yield "any", [value]
    for when in moments():
        for format in [None, "%Y/%m/%d %Z"]:
            yield "format any", [when, format]
    iso = "%Y-%m-%dT%H:%M:%SZ"
    for row in [
        ("2024-01-05", "%Y-%m-%d", "", ""), ("2024-01-05", "%Y-%m-%d", "2024-01-06", ""), ("2024-01-05", "%Y-%m-%d",
            "", "2024-01-04"),
        ("2024-01-05", "%Y-%m-%d", "2024-01-07", "2024-01-06"), ("2024-01-05", "%Y-%m-%d", "2024-01-01", "2024-01-09"),
        ("2024-01-05T00:00:00Z", iso, "2024-01-05", ""),
        ("2024-01-05T00:00:00.0+0000", "", "2024-01-05T00:00:00.0+0100", "2024-01-05T03:00:00.0+0300"), ("5", "%s",
            "7", "6"), ("x", "%Y", "", ""),
        ("2024-01-05T00:00:00.0+0000", "", "2024-01-05T01:00:00.0+0100", ""),
    ]:
        yield "min max", list(row)


DURATIONS = [
    "P1D", "PT", "P", "P1W", "P2W3D", "P1Y", "P1M", "P1Y2M3DT4H5M6S", "-P1Y2M3DT4H5M6S", "+P1M", "-P1D", "-PT1S",
    "P1.5D", "P1,5D", "P0.1D", "P1.5W", "PT1.5H", "PT0.25M",
    "PT0.5S", "PT0.0000005S", "PT0.0000015S", "PT0.0000025S", "PT1.000001S", "P0.3DT0.7H0.9M0.1S", "PT36H", "PT3600S",
    "P0D", "P0Y", "P0Y0M", "P00Y", "P1Y0.5D", "P18M", "P13M1D", "P1M1W",
    "P1DT", "P1D\n", "P1YT1M", "P999999999D", "P1000000000D", "P99999999999D", "PT86399999999999S",
    "PT99999999999999999999S", "-P999999999DT1S", "P142857143W",
]


def duration_inputs():
    broken = [
        "", "x", "1D", "p1d", "P1D ", " P1D", "P-1D", "P1S", "PT1D", "P1M1Y", "P1DT1", "P1", "PT1H1S1M", "P1.D",
        "P.5D", "P1D1D", "--P1D", "P1H", "-P", "-PT0S", "PX", 5, None, True, [],
        "P2020-01-01T00:00:00", "P0003-06-04T12:30:05", "P00030604T123005", "P2020-060T12", "P2020060T12",
        "P2020-W01-1T00", "P2020W011T00", "P2020-W10T00", "P2020W10T00",
        "P2020-W10-0T00", "P2020-11T00:00", "P202011T00", "P2020T00", "P20T12:30Z", "P2020-13-01T00", "P2020-00-05T00",
        "P0000-01-01T00:00", "P2020-01-01", "P2020-01-01T00:00:00T",
        "P2020-01-01T24:00:00", "P2020-01-01T12:30:05.1234567", "P2020-01-01T12:30:05,5",
        "P2020-01-01T12:30:59.9999999", "P2020-01-01T12:30.5", "P2020-01-01T1230,25",
        "P2020-01-01T12.255", "P2020-01-01T12.5+05:00", "P2020-01-01Tfoo", "P2020-01-01T12:61", "P2020-01-01T12:30:61",
        "PfooT00", "P2020-02-30T00", "P2020-01-0112T00",
        "-P2020-01-01T00:00:00", "P2020-366T00", "P2021-366T00", "P2021-000T00",
    ]
    for text in DURATIONS + broken:
        yield "duration", [text]
        yield "duration str", [text]
    for text in ["P1D", "PT", "P1W", "P1Y2M3DT4H5M6S", "-P1Y2M3DT4H5M6S", "-PT5S", "P1DT0.0005S", "PT0.5S", "PT90M",
        "P0Y", "P18M", "P1M-1D", "P999999999D", "P1.5Y"]:
        yield "format duration", [text]


def arithmetic_inputs():
    starts = [[2024, 1, 31, 12, 0, 0, 0, 0], [2024, 2, 29, 0, 0, 0, 1, 19800], [2023, 12, 31, 23, 59, 59, 999999,
        None], [1, 1, 1, 0, 0, 0, 0, 0], [9999, 12, 31, 23, 59, 59, 999999, 0]]
    steps = ["P1D", "P1W", "PT1S", "PT0.000001S", "PT0.0015S", "-PT0.000001S", "P1M", "P1Y", "P11M", "P13M", "-P1M",
        "-P1Y1M1D", "P1Y2M3DT4H5M6.5S", "P2023Y", "P8000Y", "P0.5M", "P1.5Y", "P999999999D", "P4Y"]
    for start in starts:
        for step in steps:
            yield "add", [start, step]
            yield "subtract", [start, step]
    for start in [[2024, 3, 31], [2024, 2, 29], [1, 1, 1], [9999, 12, 31]]:
        for step in ["P1D", "PT25H", "-PT1S", "PT23H", "P1M", "P1MT36H", "-P1Y", "P0.5M"]:
            yield "add date", [start, step]
            yield "subtract date", [start, step]
    pairs = [
        ([2024, 1, 1, 0, 0, 0, 0, 0], [2023, 1, 1, 0, 0, 0, 0, 0]), ([2024, 1, 1, 0, 0, 0, 0, 3600], [2024, 1, 1, 0, 0,
            0, 0, 0]), ([2024, 1, 1, 1, 0, 0, 0, 3600], [2024, 1, 1, 0, 0, 0, 0, 0]),
        ([2024, 1, 1, 0, 0, 0, 5, None], [2024, 1, 1, 0, 0, 0, 7, None]), ([2024, 1, 1, 0, 0, 0, 0, None], [2024, 1, 1,
            0, 0, 0, 0, 0]), ([1, 1, 1, 0, 0, 0, 0, 18000], [9999, 12, 31, 23, 59, 59, 999999, -18000]),
        ([2024, 1, 1, 0, 0, 0, 1, 0.25], [2024, 1, 1, 0, 0, 0, 0, 0]), ([2024, 1, 1, 0, 0, 0, 250001, 0.25], [2024, 1,
            1, 0, 0, 0, 0, 0]), ([2024, 1, 1, 0, 0, 0, 250000, 0.25], [2024, 1, 1, 0, 0, 0, 0, 0]),
    ]
    for left, right in pairs:
        for name in ["difference", "compare", "equal"]:
            yield name, [left, right]
            yield name, [right, left]
    for when in moments():
        for timespec in ["auto", "hours", "minutes", "seconds", "milliseconds", "microseconds", "days"]:
            yield "isoformat", [when, "T", timespec]
        for name in ["str", "repr", "utc", "timestamp", "weekday"]:
            yield name, [when]
    for changes in [{"year": 2023}, {"month": 2}, {"day": 30}, {"day": 32}, {"hour": 24}, {"minute": 60},
        {"second": 60}, {"microsecond": 10**6}, {"year": 0}, {"month": 13, "day": 1}, {"hour": 0, "minute": 0,
            "second": 0, "microsecond": 0}]:
        yield "replace", [[2024, 1, 31, 12, 30, 15, 5, 0], changes]
    spans = [
        {"days": 1}, {"days": -1, "seconds": 5}, {"seconds": 0}, {"hours": 25, "minutes": 61}, {"weeks": 2,
            "milliseconds": 5, "microseconds": 7}, {"microseconds": -1}, {"days": 999999999, "seconds": 86399,
            "microseconds": 999999},
        {"days": {"$float": "0.1"}, "hours": {"$float": "0.1"}}, {"seconds": {"$float": "0.0000005"}},
        {"seconds": {"$float": "0.0000015"}, "microseconds": 1}, {"microseconds": {"$float": "2.5"}},
        {"microseconds": {"$float": "-0.5"}},
        {"microseconds": {"$float": "0.5"}, "seconds": {"$float": "1.0000005"}}, {"days": -999999999}, {"days": 200,
            "seconds": 1, "microseconds": 1},
    ]
    for parts in spans:
        for name in ["timedelta", "timedelta str", "total seconds"]:
            yield name, [parts]
        for factor in [2, -3, 0, *floats("0.5", "1.0000001", "-0.1", "1e-300", "inf", "nan")]:
            yield "multiply", [parts, factor]
        for divisor in [2, -3, 7, *floats("0.5", "1.7", "-0.1")]:
            yield "divide", [parts, divisor]
        for divisor in [7, -7, 0]:
            yield "divide down", [parts, divisor]
        for other in [{"seconds": 7}, {"days": -1, "microseconds": 3}, {"seconds": 0}]:
            for name in ["quotient", "whole quotient", "remainder"]:
                yield name, [parts, other]
    yield "divide", [{"days": 1}, 0]
    yield "timedelta", [{"days": 10**9}]
    yield "timedelta", [{"days": {"$float": "inf"}}]
    yield "timedelta", [{"days": {"$float": "nan"}}]
    for left in ["P1D", "P1M", "P1Y2M3D", "P12M", "P1Y", "-P1M1D", "P0Y"]:
        for right in ["P1D", "PT0.5S", "P1M", "P1Y", "P12M", "-P30D"]:
            for name in ["add durations", "subtract durations", "equal durations"]:
                yield name, [left, right]
        for factor in [2, 0, -3]:
            yield "multiply duration", [left, factor]
        yield "negate", [left]


rows = [[function, arguments, evaluate(function, arguments)] for function, arguments in inputs()]
lines = ",\n".join(json.dumps(row) for row in rows)
pathlib.Path(__file__).with_name("datetime.json").write_text(f'{{"now": "{NOW.isoformat()}Z", "rows": [\n{lines}\n]}}\n')
