"""Writes http.json: how requests, urllib and urllib3 build URLs, bodies and texts.  /path/to/reference/python make-http.py"""

import itertools
import json
import pathlib
from urllib.parse import urljoin

import requests
from airbyte_cdk.sources.declarative.requesters.http_requester import HttpRequester
from airbyte_cdk.sources.streams.http.http_client import HttpClient
from requests.sessions import Session
from requests.utils import requote_uri, should_bypass_proxies
from urllib3.util.url import _encode_target

URLS = [
    "https://api.example.com", "https://api.example.com/", "https://api.example.com/v1/items", "HTTPS://API.Example.COM/Path", "http://h.test:80/x", "https://h.test:443/x", "https://h.test:8443/x",
    "https://h.test/a/../b", "https://h.test/a/./b/.", "https://h.test/..", "https://h.test/../../a", "https://h.test/a//b", "https://h.test/a b", "https://h.test/a%20b", "https://h.test/a%2Fb", "https://h.test/%7Euser",
    "https://h.test/100%", "https://h.test/100%/a%20b", "https://h.test/%zz/a", "https://h.test/a?x=%zz", "https://h.test/é/日本", "https://h.test/a[1]{2}|^`\"<>\\", "https://h.test/a?b=c d&e=é", "https://h.test/a?b=%C3%A9&c=[1]",
    "https://h.test/a?", "https://h.test/a?#", "https://h.test/a#frag", "https://h.test/a?b=1#fr ag", "https://h.test?x=1", "https://h.test#f", "  https://h.test/lead", "https://h.test/trail ", "https://user:pass@h.test/x", "https://us er@h.test/x", "https://user@:80@h.test/x",
    "https://h.test:/x", "https://h.test:0/x", "https://h.test:00080/x", "https://h.test:99999/x", "https://h.test:abc/x", "https://[::1]/x", "https://[::1]:8080/x", "https://[fe80::1%25eth0]/x", "https://127.0.0.1:5000/x", "https://münchen.example/x", "https://*.example.com/x", "https://.example.com/x",
    "https://h_t.test/x", "https://h test/x", "https:///x", "https://", "http:/x", "http:x", "https", "h.test/x", "/x", "//h.test/x", "", "ftp://h.test/x", "localhost:8080/x", "mailto:a@b", "httpx://h.test/x", "https://h.test/a;b=c/d;e?f;g", "https://h.test/a+b?c+d=e+f",
    "https://h.test/'(a)'!*~", "https://h.test/a&b=c?d&e==f", "https://h.test/%e9?%e9=%c3%a9", "https://h.test/a?b=1&b=2", "https://h.test/?a=1&", "https://h.test/a%2", "https://h.test/a%", "https://h.test/%41%42%2e", "https://h.test/a?q=%41%2f", "https://h.test/\ta\nb", "https://h.test/a?next=https://o.test/b?c=d", "https://h.test\\evil/x", "https://h.test/a/..", "https://h.test/a/.", "https://h.test/...", "https://h.test/a?x=a%20b+c%2Bd", "https://h.test/😀?😀=😀",
]
PARAMS = [
    {}, {"a": 1}, {"a": "b c", "d": "e&f=g"}, {"a": None, "b": 1}, {"a": [1, "x", None, True]}, {"a": True, "b": False, "c": 1.0, "d": 1e20, "e": 0.1, "f": 1e-7}, {"é": "日本", "a/b": "~-._!*'()"}, {"sort[by]": "x", "f": "{1,2}"}, {"a": ""}, {"": "a"}, {"a": []}, {"a": {"b": 1, "c": 2}}, {"a": [[1, 2], {"k": 3}]}, {"10": 1, "9": 2}, {"big": 12345678901234567890}, {"p": "100%"}, {"p": "%20"}, {"plus": "a+b"}, {"nl": "a\nb\tc"}, {"emoji": "😀"},
]
QUERIES = [
    ("https://h.test/a?x=1&y=2", {"x": 1, "y": 3, "z": 4}), ("https://h.test/a?x=1", {"x": "1"}), ("https://h.test/a?x=1&x=2", {"x": 2}), ("https://h.test/a?x=1&x=2", {"x": [1, 2]}), ("https://h.test/a?x=None", {}), ("https://h.test/a?x=None", {"x": None}), ("https://h.test/a?x=", {"x": ""}),
    ("https://h.test/a?x=True", {"x": True}), ("https://h.test/a?x=1.0", {"x": 1.0}), ("https://h.test/a?x=1", {"x": 1.0}), ("https://h.test/a?q=a+b&r=a%20b", {"q": "a b", "r": "a b"}), ("https://h.test/a?%C3%A9=%C3%A9", {"é": "é"}), ("https://h.test/a?x", {"x": ""}), ("https://h.test/a", {"x": 1}), ("https://h.test/a?x=%5B1%2C+2%5D", {"x": [1, 2]}), ("https://h.test/a?x=1;y=2", {"x": 1}), ("https://h.test/a?x=1#x=2", {"x": 1}), ("https://h.test/a?x=%zz", {"x": "%zz"}),
]
BASES = ["https://h.test", "https://h.test/", "https://h.test/v1", "https://h.test/v1/", "https://h.test/v1?x=1", "https://h.test/v1/?x=1", "https://h.test//v1//", "https://h.test/a;b/c;d", "http://127.0.0.1:80/x/y/z", "", "v1/api", "/v1", "ftp://h.test/d/", "https://h.test/v1#f", "odd:x/y"]
PATHS = ["items", "/items", "items/", "./items", "../items", "../../../items", "a/../b", "a//b", "//o.test/x", "https://o.test/x", "HTTP://O.test/x", "http:items", "?x=1", "items?x=1", "#f", "items#f", "", ".", "..", "a:b", "items:run", "1:2", "a/b:c", ";p", "a;p=1", "a b", "é", "/", "//", "///x", "?", "a/./b/../c", "mailto:x", "..;x", " items", "it\tems", "{id}", "%2e%2e/x"]
JSONS = [{"a": 1}, {"a": [1, 2.0, None, True], "b": {"c": "é😀\u2028"}}, {"query": "{ a(b: \"c\") }", "n": 1e20, "m": 12345678901234567890, "o": 1e-7}, {"10": 1, "9": 2}]
REDIRECTS = ["https://h.test/a", "https://h.test:443/b", "http://h.test/a", "http://h.test:80/a", "https://H.test/a", "https://o.test/a", "https://sub.h.test/a", "https://h.test:8443/a", "http://h.test:8080/a", "https://u:p@h.test/a"]
TYPES = [None, "", "application/json", "application/json; charset=latin-1", "application/json;charset=\"UTF-16LE\"", "text/html", "text/plain; charset=utf-8", "text/csv; header=present", "application/vnd.api+json", "application/json; Charset='utf-8'", "application/json; charset=", "application/json; charset=nonsense", "text/xml; charset=us-ascii", "application/json; charset=windows-1252", "text/plain; charset=utf-8-sig"]
BODIES = [b"", b"abc", "{\"a\": \"é\"}".encode(), "{\"a\": \"é\"}".encode("latin-1"), b"\xef\xbb\xbf{\"a\": 1}", "{\"a\": \"é日\"}".encode("utf-16-le"), "{\"a\": \"é日\"}".encode("utf-16-be"), "{\"a\": \"é\"}".encode("utf-16"), b"[1]", b"\"\xe3\x81\x82\xe3\"", b"{\"a\": \"\x80\x93\"}", b"not json", b"{\"a\": NaN}", b"1"]
PROXIES = [("http://h.test/", v) for v in ["", "*", "h.test", ".h.test", "test", "o.test,h.test", "h.test:80", "h.test:81"]] + [("http://a.h.test:81/", v) for v in ["h.test", ".h.test", "h.test:81", "a.h.test:80"]] + [("http://10.1.2.3/", v) for v in ["10.1.2.3", "10.0.0.0/8", "10.1.2.0/24", "10.1.3.0/24", "10.1.2", "*"]] + [("http://ah.test/", "h.test"), ("http://localhost/", "localhost"), ("http://h.test/", " h.test , o.test ")]


def attempt(make):
    try:
        return make()
    except Exception as error:
        return {"error": type(error).__name__}


def prepared(url, params, **parts):
    request = requests.Session().prepare_request(requests.Request("POST", url, params=params, **parts))
    return request


def built(url, params):
    request = prepared(url, params)
    out = {"url": request.url}
    if request.url.lower().startswith(("http://", "https://")):
        out["target"] = _encode_target(request.path_url)
    return out


def body(**parts):
    request = prepared("https://h.test/", {}, **parts)
    text = request.body.decode() if isinstance(request.body, bytes) else request.body
    return {"body": text, "type": request.headers.get("Content-Type")}


def answered(content, content_type):
    response = requests.Response()
    response._content = content
    response.status_code = 200
    if content_type is not None:
        response.headers["content-type"] = content_type
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    return {"text": response.text if response.encoding is not None else None, "json": attempt(lambda: repr(response.json()))}


table = {
    "url": [[url, {}, attempt(lambda: built(url, {}))] for url in URLS] + [[url, params, attempt(lambda: built(url, params))] for url, params in itertools.product(["https://h.test/a", "https://h.test/a?x=1#f", "https://h.test?"], PARAMS)],
    "form": [[params, attempt(lambda: body(data=params))] for params in PARAMS],
    "json": [[value, attempt(lambda: body(json=value))] for value in JSONS],
    "dedupe": [[url, params, HttpClient._dedupe_query_params(None, url, params)] for url, params in QUERIES],
    "join": [[base, path, attempt(lambda: urljoin(base, path))] for base, path in itertools.product(BASES, PATHS)],
    "address": [[base, path, attempt(lambda: HttpRequester._join_url(base, path))] for base, path in itertools.product(["https://h.test", "https://h.test/v1", "https://h.test/v1/", "https://h.test/v1?x=1", ""], PATHS)],
    "requote": [[url, requote_uri(url)] for url in URLS],
    "strip": [[old, new, Session().should_strip_auth(old, new)] for old, new in itertools.product(REDIRECTS, REDIRECTS)],
    "answer": [[content.hex(), content_type, answered(content, content_type)] for content, content_type in itertools.product(BODIES, TYPES)],
    "bypass": [[url, no_proxy, should_bypass_proxies(url, no_proxy)] for url, no_proxy in PROXIES],
}
lines = ",\n".join(f" {json.dumps(name)}: [\n  " + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]" for name, rows in table.items())
pathlib.Path(__file__).with_name("http.json").write_text(f"{{\n{lines}\n}}\n")
