"""Writes decoders.json: what the reference makes of bodies.  /path/to/reference/python make-decoders.py"""

import base64
import gzip
import io
import json
import logging
import pathlib
import zipfile

import xmltodict
from airbyte_cdk.sources.declarative.decoders.composite_raw_decoder import (
    CsvParser,
    GzipParser,
    JsonItemsParser,
    JsonLineParser,
    JsonParser,
)
from airbyte_cdk.sources.declarative.decoders.zipfile_decoder import ZipfileDecoder

logging.disable(logging.CRITICAL)


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def outcome(values):
    """What came, and whether it ended in an error."""
    found, failed = [], False
    try:
        for value in values:
            found.append({("null" if k is None else k): v for k, v in value.items()} if isinstance(value, dict) else value)
    except Exception:
        failed = True
    return {"values": found, "failed": failed}


def parse(parser, body: bytes):
    return outcome(parser.parse(io.BytesIO(body)))


CSV = [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n3,4", "a,b\r1,2\r3,4\r", "a,b\n1,2\n3,4", "a,b", "a", "", "\n", "\na,b\n1,2\n", "a\n\n\n1\n\n2\n",
    "a,b\n1\n1,2,3,4\n", "a,b,c\n1,,\n,,\n", "a,a,b\n1,2,3\n4\n", "a,b\n\"1\",\"2\"\n", "a,b\n\"x,y\",\"u\nv\"\nz,w\n", "a,b\n\"x\r\ny\",1\r\n2,3\r\n",
    "a\n\"say \"\"hi\"\"\"\n", "a\n\"\"\n", "a\n\"\"\"\"\n", "a\n\"\"\"\n", "a,b\n\"x\"y,z\n", "a,b\n\"x\" \"y\",z\n", "a,b\nx\"y\",z\n", "a,b\n \"x\",y\n", "a\n\"never closed\n1\n2",
    "a,b\n1,\"x\n\"\"y\"\"\nz\",3\n", "\"a\nb\",c\n1,2\n", "10,2,a\nx,y,z\n", "2,1\n3,4\n5\n", "a,b\n  1  ,\t2\t\n", "é,😀\nü,日本\n", "a\n\x0b1\x0c\n2\x1c3\n4\u20285\x856\n", "a\n\x00\n",
    "a,b\n,\n,\n", "a;b\n1;2\n", "a,b\n'1','2'\n", "a\n\\\"x\\\"\n", "\ufeffa,b\n1,2\n", "a,b\n1,2\n\"", "a,b\n\"", "a,b\n1,\"", "a,b\n,\"\"\n", "a,,b\n1,2,3\n", "a,b\n\n\"\"\n", "__proto__,constructor\n1,2\n",
    "a,b\n" + "1,\"" + "x\n" * 500 + "\"\n3,4\n", "a\n" + "z" * 3000 + "\n",
]
DELIMITED = [(";", "a;b\n1;\"x;y\"\n"), ("\t", "a\tb\n1\t2\n"), ("\\t", "a\tb\n1\t2\n"), ("|", "a|b\n\"1\"|2\n"), ("", "a,b\n1,2\n"), ("\\x01", "a\x01b\n1\x012\n"), (" ", "a b\n1  2\n"), ("é", "aéb\n1é2\n"), ("😀", "a😀b\n\"1\"😀2\n"), ("\\u0041", "xAy\n1A2\n"), ("\"", "a\"b\n1\"2\n"), ("\n", "a\nb\n")]
NOTHING = [(["", "NA"], "a,b,c\n1,,NA\nNA,x,\n"), (["null"], "a,b\nnull,NULL\n"), ([], "a\n\n1\n")]
ENCODED = [
    ("utf-8", "a,b\n1,é😀\n"), ("UTF8", "a\né\n"), ("utf_8_sig", "\ufeffa\né\n"), ("utf-16", "a\né😀\n"), ("utf-16-le", "a\né😀\n"), ("UTF-16BE", "a\né😀\n"), ("utf-32", "a\né😀\n"), ("utf-32-be", "a\né😀\n"),
    ("latin-1", "a\né\x85\n"), ("ISO-8859-1", "a\nÿ\n"), ("iso8859-15", "a\n€\n"), ("iso-8859-9", "a\nğ\n"), ("cp1252", "a\n€“”\n"), ("windows-1251", "a\nпривет\n"), ("cp437", "a\nü░\n"), ("mac_roman", "a\n∞\n"), ("koi8-r", "a\nпривет\n"),
    ("ascii", "a\nb\n"), ("us-ascii", "a\nb\n"), ("shift_jis", "a\n日本\n"), ("cp932", "a\n日本\n"), ("euc-jp", "a\n日本\n"), ("gbk", "a\n中文\n"), ("gb18030", "a\n中文😀\n"), ("big5", "a\n中文\n"), ("euc_kr", "a\n한국\n"), ("cp037", "a,b\n1,2\n"), ("iso2022_jp", "a\n日本\n"),
]
UNDECODABLE = [("utf-8", b"a\n1\n\xff\n"), ("utf-8", b"a\n\xc3\n"), ("utf-8", b"a\n\xed\xa0\x80\n"), ("utf-8", b"a\n1\xe2\x82"), ("ascii", b"a\n\xe9\n"), ("cp1252", b"a\n\x81\n"), ("nope", b"a\n1\n"), ("utf-16-le", b"a\0\n\0\0\xd8\n\0"), ("utf-32-le", b"a\0\0\0\n\0"), ("shift_jis", b"a\n\x81\xff\n")]

ITEMS = [
    ("a", '{"a":[1,2,{"x":1.0}]}'), ("a.b", '{"a":{"b":[{"x":1}]},"a.b":[5]}'), ("a.item.b", '{"a":[{"b":[1,2]},{"c":9,"b":[3]}]}'), ("a", '{"a":{"item":{"x":1},"other":2}}'), ("a", '{"a":[1],"a":[2]}'), ("a", '{"a":[1,2'), ("a", '{"a":[1,2]} x'),
    ("a", '{"a":[1,2]}{"a":[3]}'), ("a", ""), ("a", "  "), ("a", '{"b":1}'), ("a", "[1]"), ("a", "7"), ("item", "[[1,2],[3]]"), ("a", '{"a":[1E2, -0, -0.0, 12, -3.5, 0.1]}'), ("a", '{"a":[1],"b":}'), ("a", '{"a":["\\ud83d\\ude00", "\\"\\\\", "x\\\\"]}'), ("a", '{"a":[{"k":1,"k":2}]}'),
    ("a", '{"a":[[1,[2]],"s",null,true,false]}'), ("a.", '{"a":{"":[1]}}'), ("a", '{"a":[1,]}'), ("a", '{"a":[01]}'), ("a", '{"a":[]}'), ("a", '{"a":{}}'), ("a", ' {\n "z" : { "a" : [ 9 ] } ,\t"a" : [ 1 , { "b" : [ ] } ]\r\n} '), ("a.b.c", '{"a":{"b":{"c":[{"d":{"c":[1]}}],"x":[2]}}}'), ("é", '{"é":["ü"]}'), ("a", '{"\\u0061":[1]}'),
    ("a", '{"a":[1 2]}'), ("a", '{"a" [1]}'), ("a", '{a:[1]}'), ("a", '{"a":[1]'), ("a", '{"a":[{"b":[1}]]}'), ("a", '{"a":[tru]}'), ("a", '[{"a":[1]},{"a":[2]}]'), ("item.a", '[{"a":[1]},{"a":[2]}]'), ("a", '{"a":[' + ",".join('{"n":%d,"t":"%s"}' % (i, "[{\\\"" * 20) for i in range(40)) + "]}"),
]
LINES = ['{"a":1}\n{"b":2}', '{"a":1}\n\n{"b":2}\r\n[1,2]\nnull\nx\n{"c":1.0}', '{"a":1} {"b":1}\n', '{"a":\n1}', '{"a":1}\r{"b":2}\n', '{}\n{"a":"\u2028"}\n', "", "\n", '"x"\n7\ntrue\n', '{"a":12345678901234567890}\n{"b":9007199254740993}']
JSON = ["[]", "{}", "null", "0", '""', "false", '"x"', "[1,null]", "x", "", '{"a":1}', '[{"a":1},{"b":[2]}]', '{"a":1', " [1] "]

XML = [
    "<a/>", "<a></a>", "<a> </a>", '<a b="1"/>', '<a b="1">x</a>', "<a>x<b/>y</a>", "<a><b>1</b><b>2</b><b/></a>", "<a><![CDATA[ x<y ]]></a>", "<a> x <![CDATA[y]]> z </a>", '<?xml version="1.0" encoding="utf-16"?><a>é</a>', '<a xmlns="u" xmlns:p="v"><p:b p:c="1"/></a>', "<p:a/>",
    "<a>&amp;&#65;&lt;&quot;&apos;</a>", "<a>&nbsp;</a>", '<!DOCTYPE a [<!ENTITY x "yy">]><a>p&x;q</a>', '<!DOCTYPE a [<!ENTITY x "yy">]><a b="&x;"/>', "<!DOCTYPE html><a/>", "<a><!-- c --><b/></a>", "<?pi x?><a/>", "<a>", "<a></b>", "", "  ", "<a/><b/>", "x<a/>", "<a/>x", " <a/>", '\n<?xml version="1.0"?><a/>',
    "\ufeff<a/>", '<a b="1" b="2"/>', "<a b=1/>", "<a b/>", '<a b="<"/>', "<a>]]></a>", "<a>&</a>", "<a>&#0;</a>", "<a>&#x1F600;</a>", "<a>\x01</a>", "<a><b><c>1</c></b><b x=\"y\">2</b></a>", "<a>\r\nx\r\n</a>", '<a b="x\ny\tz"/>', '<a b="x&#10;y"/>', "<a><a>1</a><a>2</a></a>", "<A>x</A>", "<a>x</A>", "<é>1</é>", "<a.b-c_d>1</a.b-c_d>",
    "<1a/>", "<a>\u00a0x\u00a0</a>", "<a>\u2003x\u200b</a>", "<a>\ufeffx</a>", '<a x="&lt;&amp;"/>', "<a><b>null</b><c>1</c><d>true</d></a>", '<a __proto__="1"><constructor>x</constructor><__proto__>2</__proto__></a>', '<a b=" x "/>', "<a>x<b>1</b><b>2</b> y </a>", '<a b="1"><b>2</b></a>', "<a>\x85x</a>", '<?xml version="1.1"?><a>x</a>',
    '<!DOCTYPE a SYSTEM "x.dtd"><a>p&x;q</a>', '<!DOCTYPE a SYSTEM "x.dtd"><a b="p&x;q"/>', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "<a><?pi?>x</a>", "<xml/>", '<a xml:lang="en"/>', "<a>x<!--c-->y</a>", "<!-- x --><a/><!-- y -->\n", "<a>&lt;b&gt;</a>", "<a><b/><c/><b/></a>", "<a><b x='1'/><b x='2'>t</b></a>", "<a>\n  <b>1</b>\n  <c>\n    <d>2</d>\n  </c>\n</a>", "<a>" + "<b><c>1</c></b>" * 30 + "</a>",
]


def xml(body: str):
    try:
        return {"values": [xmltodict.parse(body)], "failed": False}
    except Exception:
        return {"values": [{}], "failed": False}


LINE = b'{"a":1}\n'
packed = gzip.compress(LINE, mtime=0)
GZIP = [packed, packed + gzip.compress(b'{"b":2}\n', mtime=0), packed + b"\0\0", packed[:-4], packed[:12], LINE, b"\x1f", b"", b"\x1f\x8bxx", gzip.compress(packed, mtime=0), gzip.compress(b"", mtime=0), gzip.compress(b"".join(b'{"n":%d}\n' % i for i in range(3000)), mtime=0)]


def archive(files, method=zipfile.ZIP_DEFLATED, comment=b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        made.comment = comment
        for name, content in files:
            info = zipfile.ZipInfo(name, (2026, 1, 15, 12, 0, 0))
            info.compress_type = method
            made.writestr(info, content)
    return buffer.getvalue()


class Response:
    class request:
        url = "http://127.0.0.1/"

    def __init__(self, content):
        self.content = content


def unzip(parser, body):
    return outcome(ZipfileDecoder(parser=parser).decode(Response(body)))


whole = archive([("a.jsonl", LINE), ("b.jsonl", b'{"b":2}\n{"c":3}\n')])
ZIP = [whole, archive([("a", LINE)], zipfile.ZIP_STORED), archive([("10", LINE), ("2", b'{"b":1}'), ("1", b'{"c":1}')]), archive([]), archive([("a", LINE)], comment=b"hello PK"), b"junk" + whole, whole + b"more", whole[:40], b"", b"no zip", whole[:45] + b"\xff" + whole[46:], archive([("a.gz", packed)]), archive([("a", b"")]), archive([("é/ü.jsonl", LINE)])]

tables = {
    "csv": [[body, ",", [], parse(CsvParser(), body.encode())] for body in CSV]
    + [[body, delimiter, [], parse(CsvParser(delimiter=delimiter), body.encode())] for delimiter, body in DELIMITED]
    + [[body, ",", nothing, parse(CsvParser(set_values_to_none=nothing), body.encode())] for nothing, body in NOTHING],
    "encodings": [[name, text(body.encode(name)), parse(CsvParser(encoding=name), body.encode(name))] for name, body in ENCODED]
    + [[name, text(body), parse(CsvParser(encoding=name), body)] for name, body in UNDECODABLE],
    "items": [[path, body, parse(JsonItemsParser(items_path=path), body.encode())] for path, body in ITEMS],
    "lines": [[body, parse(JsonLineParser(), body.encode())] for body in LINES],
    "json": [[body, parse(JsonParser(), body.encode())] for body in JSON],
    "xml": [[body, xml(body)] for body in XML],
    "gzip": [[text(body), parse(GzipParser(inner_parser=GzipParser(inner_parser=JsonLineParser())), body)] for body in GZIP],
    "zip": [[text(body), unzip(GzipParser(inner_parser=JsonLineParser()), body)] for body in ZIP],
}
target = pathlib.Path(__file__).with_name("decoders.json")
lines = ",\n".join(f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]" for name, rows in tables.items())
target.write_text("{\n" + lines + "\n}\n")
print({name: len(rows) for name, rows in tables.items()})
