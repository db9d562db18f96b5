"""Writes requester.json: what the reference makes of requesters, error handlers and backoff strategies.
/path/to/reference/python make-requester.py"""

import copy
import itertools
import json
import logging
import math
import pathlib
import random
import time

import requests
from airbyte_cdk.sources.declarative.parsers.manifest_component_transformer import ManifestComponentTransformer
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.sources.declarative.models import declarative_component_schema as models
from airbyte_cdk.sources.types import StreamSlice
from airbyte_cdk.utils.traced_exception import AirbyteTracedException

logging.disable(logging.CRITICAL)
NOW = 1700000000.5
time.time = lambda: NOW
random.uniform = lambda low, high: low

factory = ModelToComponentFactory()
transformer = ManifestComponentTransformer()


def create(spec, config, **kwargs):
    resolved = transformer.propagate_types_and_parameters("", copy.deepcopy(spec), {})
    return factory.create_component(getattr(models, spec["type"]), resolved, config, **kwargs)


def attempt(make):
    try:
        return make()
    except AirbyteTracedException as error:
        return {"error": error.failure_type.value}
    except Exception as error:
        return {"error": type(error).__name__}


# --- requests ---------------------------------------------------------------------------------------------------------
CONFIG = {"token": "t k", "n": 7, "f": 1.0, "yes": True, "list": ["a", "b c"], "map": {"x": 1, "y": None}, "empty": "", "null": None, "base": "https://h.test/v1/", "text": "[1, 2]", "quoted": "'q'", "date": "2024-01-01"}
SLICE = StreamSlice(partition={"id": 5, "name": "p/q"}, cursor_slice={"start": "2024-01-01", "end": "2024-02-01"}, extra_fields={"more": "extra", "list": [1, 2]})


def requester(**fields):
    return {"type": "HttpRequester", "url_base": "https://h.test/v1", "path": "items", **fields}


URLS = [
    {"url_base": "https://h.test/v1", "path": "/items"}, {"url_base": "https://h.test/v1/", "path": "items/"}, {"url_base": "https://h.test/v1", "path": ""}, {"url_base": "https://h.test/v1"}, {"url": "https://h.test/v1/items"}, {"url": "https://h.test/v1/items/"}, {"url": "https://h.test/v1", "path": "items"}, {"url": "https://h.test/a", "url_base": "https://h.test/b", "path": "c"},
    {"url_base": "{{ config['base'] }}", "path": "{{ stream_slice.id }}/x"}, {"url_base": "{{ config.base }}", "path": "//items"}, {"url_base": "https://h.test/v1", "path": "../items"}, {"url_base": "https://h.test/v1", "path": "https://o.test/x"}, {"url_base": "https://h.test/v1?a=1", "path": "items"}, {"url_base": "https://h.test/v1", "path": "items?x=1"}, {"url": "https://h.test/{{ stream_partition.name }}"}, {"url": "https://h.test/{{ stream_partition['name'] | urlencode }}"},
    {"url": "https://h.test/{{ stream_interval.start }}/{{ more }}/{{ stream_slice.extra_fields.more }}"}, {"url": "https://h.test/{{ config.f }}/{{ config.n }}/{{ config.yes }}"}, {"url_base": "https://h.test", "path": "{{ config.f }}"}, {"url_base": "https://h.test", "path": "{{ config.quoted }}"}, {"url_base": "https://h.test", "path": "a:b/c"}, {"url_base": "https://h.test", "path": "{{ config.empty }}"}, {"url": "{{ next_page_token.next_page_token }}"}, {"url": "{{ next_page_token['next_page_token'] if next_page_token else 'https://h.test/first' }}"}, {"url": "https://h.test/?b=2", "request_parameters": {"a": "1"}},
]
PARAMETERS = [
    {"a": "1", "b": "{{ config.n }}", "c": "{{ config.f }}", "d": "{{ config.yes }}"}, {"a": "{{ config.list }}"}, {"a": "{{ config.list | join(',') }}"}, {"a": "{{ config.map }}"}, {"a": "{{ config.empty }}", "b": "x"}, {"a": "{{ config.null }}", "b": "{{ config.get('none') }}", "c": "{{ config['none'] }}"}, {"a": "{{ config.text }}"}, {"a": "{{ config.quoted }}"}, {"{{ config.quoted }}": "1"}, {"{{ config.n }}": "{{ config.n }}"}, {"a": "'x'", "b": "[1, 'y']", "c": "{'k': 1}", "d": "None", "e": "1e3", "f": "0x10", "g": "(1, 2)"},
    {"a": "{{ stream_slice.id }}", "b": "{{ stream_slice['start'] }}", "c": "{{ stream_interval.end }}", "d": "{{ stream_partition.name }}"}, {"a": "{{ next_page_token }}", "b": "{{ next_page_token.next_page_token }}"}, {"a": "{{ more }}", "b": "{{ list }}"}, {"a": "{{ stream_slice.extra_fields['list'] }}"}, "{{ {'a': config.n, 'b': None, 'c': [1, 2]} }}", "a=1&b=2", "{{ config.list }}", "{{ config.empty }}", {"a": "{{ parameters.p }}"}, {"sort[by]": "x y", "é": "ü"}, {"a": "{{ 1 + 'x' }}"}, {"a": "{{ undefined_name }}"}, {"a": "{{ stream_state }}"}, {"x": "{{ config.date }}"},
]
HEADERS = [
    {"X-A": "1", "X-B": "{{ config.n }}", "X-C": "{{ config.f }}", "X-D": "{{ config.yes }}"}, {"X-A": "{{ config.list }}"}, {"X-A": "{{ config.map }}"}, {"X-A": "{{ config.empty }}", "X-B": "{{ config.null }}"}, {"X-A": "{{ config.text }}", "X-B": "{{ config.quoted }}", "X-C": "0x10", "X-D": "1e3", "X-E": "None", "X-F": "007"}, {"{{ config.quoted }}": "1"}, "{{ {'X-A': 1} }}", "text", {"Content-Type": "text/x"}, {"content-type": "application/vnd.x+json"}, {"X-A": " lead"}, {"X-A": "tr\nail"}, {"Accept": "a, b"}, {"User-Agent": "me"},
]
DATA = [
    {"a": "1", "b": "{{ config.list }}", "c": "{{ config.empty }}", "d": "{{ config.f }}"}, "plain {{ config.token }}", "{{ {'a': 1, 'b': [1, 2]} }}", "{{ config.text }}", '{"a": {{ config.n }}}', '{"a": true}', {"a": "é&="}, "{{ config.empty }}", {"a": "{{ config.map }}"}, "é",
]
JSONS = [
    {"a": "{{ config.n }}", "b": {"c": ["{{ config.f }}", "{{ config.empty }}", {"d": "{{ config.null }}", "e": None}], "f": "{{ config.yes }}"}, "g": 1.0, "h": None}, {"{{ config.quoted }}": 1, "{{ config.n }}": 2}, "{{ {'a': 1.0, 'b': {'c': None}} }}", '{"a": {{ config.n }}, "b": "{{ config.token }}"}', '{"a": true}', "{{ config.list }}", {"a": "{{ config.list }}", "b": "{{ config.map }}", "c": "{{ config.text }}"}, {"a": "é😀", "big": 12345678901234567890}, {"a": {}}, {}, {"a": "{{ stream_slice.id }}", "b": "{{ next_page_token.next_page_token if next_page_token }}"},
]
BODIES = [
    {"type": "RequestBodyPlainText", "value": "x {{ config.n }}"}, {"type": "RequestBodyUrlEncodedForm", "value": {"a": "{{ config.list }}", "b": "{{ config.null }}"}}, {"type": "RequestBodyJsonObject", "value": {"a": "{{ config.n }}", "b": {"c": "{{ config.empty }}"}}}, {"type": "RequestBodyGraphQL", "value": {"query": "query { a(id: {{ config.n }}) }"}}, {"type": "RequestBodyGraphQL", "value": {"query": "{ a }", "variables": {"n": "{{ config.n }}", "s": "{{ config.token }}"}}},
]
EXTRAS = [
    {}, {"request_params": {"page": 2, "size": None}}, {"request_params": {"a": 1}}, {"request_headers": {"X-A": 5}}, {"request_headers": {"x-a": 5}}, {"request_body_json": {"a": {"c": 2}}}, {"request_body_json": {"a": {"b": 1}}}, {"request_body_json": {"a": {"b": True}}}, {"request_body_json": {"a": 2}}, {"request_body_data": {"z": 1}}, {"request_params": {"o": {"k": 1}}}, {"path": "next/page?x=1"}, {"path": "https://o.test/next?a=1&page=2"}, {"path": "/abs"},
]
EXTRA_BASES = [requester(request_parameters={"a": "1"}, request_headers={"X-A": "1"}), requester(request_body_json={"a": {"b": 1}}), requester(http_method="POST", request_body_data={"z": "1"}), requester(http_method="POST", request_body_data="text")]
SPECS = (
    [{"type": "HttpRequester", **url} for url in URLS]
    + [requester(request_parameters=value, **{"$parameters": {"p": "param"}}) for value in PARAMETERS]
    + [requester(request_headers=value) for value in HEADERS]
    + [requester(http_method=method, request_body_data=value) for method, value in itertools.product(["GET", "POST"], DATA)]
    + [requester(http_method="POST", request_headers={"content-type": "x/y"}, request_body_data={"a": "1"})]
    + [requester(http_method=method, request_body_json=value) for method, value in itertools.product(["GET", "POST"], JSONS)]
    + [requester(http_method="POST", request_body=value) for value in BODIES]
    + [requester(request_body_json={"a": 1}, request_body_data={"b": "2"})]
)
AUTHS = [
    {"type": "BearerAuthenticator", "api_token": "{{ config.token }}"}, {"type": "ApiKeyAuthenticator", "api_token": "k", "inject_into": {"type": "RequestOption", "inject_into": "request_parameter", "field_name": "a"}}, {"type": "ApiKeyAuthenticator", "api_token": "k", "inject_into": {"type": "RequestOption", "inject_into": "header", "field_name": "X-A"}}, {"type": "ApiKeyAuthenticator", "api_token": "k", "inject_into": {"type": "RequestOption", "inject_into": "body_json", "field_path": ["a", "key"]}}, {"type": "ApiKeyAuthenticator", "api_token": "k", "inject_into": {"type": "RequestOption", "inject_into": "body_data", "field_name": "key"}}, {"type": "BasicHttpAuthenticator", "username": "u", "password": "{{ config.token }}"},
]
AUTH_BASES = [requester(), requester(request_parameters={"a": "1"}), requester(request_headers={"X-A": "1"}), requester(request_headers={"Authorization": "1"}), requester(request_headers={"authorization": "1"}), requester(http_method="POST", request_body_json={"a": {"b": 1}}), requester(http_method="POST", request_body_json={"a": 1}), requester(http_method="POST", request_body_data="text")]


def sent(spec, token, extra):
    component = create(spec, CONFIG, name="s")
    caught = []

    def send(request, **kwargs):
        caught.append(request)
        response = requests.Response()
        response.status_code = 200
        response._content = b"{}"
        response.url = request.url
        response.request = request
        return response

    component._http_client._session.send = send
    component.send_request(stream_slice=SLICE, next_page_token=None if token is None else {"next_page_token": token}, **extra)
    request = caught[0]
    usual = {"Connection", "Content-Length", "Accept-Encoding"} | {name for name, value in (("Accept", "*/*"), ("User-Agent", requests.utils.default_user_agent())) if request.headers.get(name) == value}
    body = request.body.decode() if isinstance(request.body, bytes) else request.body
    return {"method": request.method, "url": request.url, "headers": {k: v for k, v in request.headers.items() if k not in usual}, "body": body}


requested = [{"spec": spec, "token": token, "extra": extra, "expected": attempt(lambda: sent(spec, token, extra))} for spec, token, extra in [(s, None, {}) for s in SPECS] + [(s, "https://o.test/p2?x=1", {}) for s in SPECS if "next_page_token" in json.dumps(s)] + [(s, None, e) for s, e in itertools.product(EXTRA_BASES, EXTRAS)] + [({**s, "authenticator": a}, None, {}) for s, a in itertools.product(AUTH_BASES, AUTHS)]]

# --- answers ----------------------------------------------------------------------------------------------------------
ANSWERS = [
    [200, {}, "{}"], [200, {"X-Code": "bad"}, '{"error": {"message": "rate limit hit"}, "code": 17}'], [200, {}, "not json"], [200, {}, ""], [204, {}, ""], [304, {}, ""], [302, {}, ""], [400, {}, '{"message": "no such field"}'], [401, {}, "{}"], [403, {}, '{"errors": [{"detail": "a"}, {"msg": "b"}, 5]}'], [404, {}, "gone"], [405, {}, ""], [408, {}, ""], [418, {}, "teapot"], [422, {}, '["x", {"reason": "y"}]'], [429, {"Retry-After": "7"}, '{"status_message": "slow down"}'], [500, {}, "null"], [501, {}, '"text"'], [502, {}, "5"], [503, {}, ""], [504, {}, ""], [599, {}, ""], [600, {}, ""], [200, {"content-type": "text/html"}, "<html>"], [200, {}, '[{"id": 1}]'], [403, {}, '{"message": "", "error": null, "failures": {"failure": {"err": "deep"}}}'], [400, {}, '{"message": 5, "error": "not reached"}'],
]
FILTERS = [
    [], [{"http_codes": [200], "action": "FAIL"}], [{"http_codes": [404, 403], "action": "IGNORE"}], [{"http_codes": [404], "action": "SUCCESS"}], [{"http_codes": [500], "action": "FAIL", "failure_type": "config_error", "error_message": "m {{ response }} {{ headers }}"}], [{"http_codes": [500], "action": "RETRY", "failure_type": "config_error"}], [{"predicate": "{{ 'error' in response }}", "action": "RATE_LIMITED"}], [{"predicate": "{{ response.code == 17 }}", "action": "FAIL", "error_message": "code {{ response.code }}"}], [{"predicate": "{{ headers['x-code'] == 'bad' }}", "action": "RETRY", "error_message": "{{ headers['X-CODE'] }}"}],
    [{"error_message_contains": "rate", "action": "RETRY"}], [{"error_message_contains": "a, b", "action": "IGNORE"}], [{"error_message_contains": "gone", "action": "IGNORE"}], [{"error_message_contains": "deep", "action": "IGNORE"}], [{"error_message_contains": "x, y", "action": "IGNORE"}], [{"error_message_contains": "not reached", "action": "IGNORE"}], [{"error_message_contains": "text", "action": "IGNORE"}], [{"predicate": "{{ response }}", "action": "IGNORE"}], [{"predicate": "{{ response.nothing }}", "action": "IGNORE"}], [{"predicate": "{{ request_url == 'https://h.test/a' }}", "action": "IGNORE", "error_message": "{{ request_url }}"}], [{"http_codes": [200]}], [{"action": "RETRY"}], [{"predicate": "True", "action": "RETRY"}], [{"predicate": "{{ response | length > 1 }}", "action": "RETRY"}],
    [{"http_codes": [429], "action": "IGNORE"}, {"http_codes": [429], "action": "FAIL"}], [{"http_codes": [400, 422], "action": "RESET_PAGINATION"}, {"predicate": "{{ response.message }}", "action": "REDUCE_PAGE_SIZE"}], [{"http_codes": [403], "action": "REFRESH_TOKEN_THEN_RETRY", "error_message": "{{ config.n }} {{ parameters.p }}"}], [{"http_codes": [400], "action": "FAIL", "error_message": "{{ response.none }}"}], [{"http_codes": [400], "action": "FAIL", "error_message": "{{ response.message }}"}], [{"http_codes": [404, 418], "action": "SPLIT_REQUEST_WINDOW", "failure_type": "transient_error"}], [{"error_message_contains": "", "predicate": "", "action": "FAIL"}],
]


def handler(filters):
    return {"type": "DefaultErrorHandler", "response_filters": [{"type": "HttpResponseFilter", **f} for f in filters], "$parameters": {"p": "param"}}


COMPOSITES = [
    [FILTERS[1], FILTERS[2]], [FILTERS[0], FILTERS[1]], [FILTERS[4], [{"http_codes": [500], "action": "IGNORE"}]], [[{"http_codes": [429], "action": "RATE_LIMITED", "error_message": "first"}], [{"http_codes": [429], "action": "FAIL", "error_message": "second"}]], [[{"http_codes": [400], "action": "FAIL"}], []], [[], [{"http_codes": [404], "action": "IGNORE"}]],
]
HANDLERS = [handler(filters) for filters in FILTERS] + [{"type": "CompositeErrorHandler", "error_handlers": [handler(f) for f in composite]} for composite in COMPOSITES]


def answer(status, headers, body):
    response = requests.Response()
    response.status_code = status
    response._content = body.encode()
    response.headers.update(headers)
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response.url = "https://u:p@h.test/a?api_key=1#f"
    return response


def interpreted(spec):
    component = create(spec, CONFIG)
    rows = []
    for given in ANSWERS:
        def run():
            resolution = component.interpret_response(answer(*given))
            return [resolution.response_action.value, resolution.failure_type.value if resolution.failure_type else None, resolution.error_message]
        rows.append(attempt(run))
    return rows


handlers = [{"spec": spec, "expected": interpreted(spec)} for spec in HANDLERS]
retries = [{"max_retries": value, "expected": attempt(lambda: create({"type": "DefaultErrorHandler", "max_retries": value}, CONFIG).max_retries)} for value in [0, 3, -1, "4", "{{ config.n }}", "{{ config.f }}", "{{ config.yes }}", "{{ config.empty }}", "{{ config.none }}", "abc", "{{ config.list }}", " 5 ", "5.5", "{{ 5.5 }}", "1_0"]]

# --- waits ------------------------------------------------------------------------------------------------------------
HEADER_VALUES = [None, "", "5", "5.5", " 6 ", "1_0", "abc", "inf", "-3", "0", "1e1", "10 seconds", "in 10", "t=1700000030", "1700000010", "1700000000", "1699999999", "1700000000.5", "Wed, 21 Oct 2015 07:28:00 GMT"]
STRATEGIES = [
    {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": 5}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": 1.5}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": "{{ config.n }}"}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": "{{ config.empty }}"}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": "x"}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": 0}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": 2, "jitter_range_in_seconds": 1}, {"type": "ConstantBackoffStrategy", "backoff_time_in_seconds": "{{ config.yes }}"},
    {"type": "ExponentialBackoffStrategy"}, {"type": "ExponentialBackoffStrategy", "factor": 0.5}, {"type": "ExponentialBackoffStrategy", "factor": 0}, {"type": "ExponentialBackoffStrategy", "factor": "{{ config.n }}"}, {"type": "ExponentialBackoffStrategy", "factor": "10"}, {"type": "ExponentialBackoffStrategy", "factor": "{{ parameters.p }}", "$parameters": {"p": 3}},
    {"type": "WaitTimeFromHeader", "header": "X-Wait"}, {"type": "WaitTimeFromHeader", "header": "{{ 'x-wait' }}", "regex": "[-+]?\\d+"}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "regex": "t=(\\d+)"}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": 6}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": "{{ config.n }}"}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": 0}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": "{{ config.empty }}"}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": "x"}, {"type": "WaitTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": "inf"}, {"type": "WaitTimeFromHeader", "header": "X-None"},
    {"type": "WaitUntilTimeFromHeader", "header": "X-Wait"}, {"type": "WaitUntilTimeFromHeader", "header": "X-Wait", "min_wait": 5}, {"type": "WaitUntilTimeFromHeader", "header": "X-Wait", "min_wait": "{{ config.n }}"}, {"type": "WaitUntilTimeFromHeader", "header": "X-Wait", "min_wait": 0}, {"type": "WaitUntilTimeFromHeader", "header": "X-Wait", "regex": "\\d+"}, {"type": "WaitUntilTimeFromHeader", "header": "X-Wait", "max_waiting_time_in_seconds": 9.5}, {"type": "WaitUntilTimeFromHeader", "header": "X-Wait", "min_wait": 5, "max_waiting_time_in_seconds": 4},
    {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ headers['x-wait'] }}"}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ response.wait }}"}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ response.wait * 2 }}"}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ response.nothing.deeper }}"}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ headers['x-wait'] | int }}", "max_waiting_time_in_seconds": 6}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ resposne.wait }}"}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "5"}, {"type": "WaitTimeFromResponse", "wait_time_in_seconds": "{{ config.n + parameters.p }}", "$parameters": {"p": 3}},
]


def waits(spec):
    def build():
        component = create(spec, CONFIG)
        rows = []
        for index, value in enumerate(HEADER_VALUES):
            headers = {} if value is None else {"X-Wait": value}
            body = json.dumps({"wait": value}) if index % 2 == 0 else json.dumps({"wait": index})
            def run():
                seconds = component.backoff_time(answer(429, headers, body), index % 4 + 1)
                return None if seconds is None or math.isnan(seconds) else "inf" if math.isinf(seconds) else seconds
            rows.append(attempt(run))
        rows.append(attempt(lambda: component.backoff_time(requests.exceptions.ConnectionError("x"), 1)))
        return rows
    return attempt(build)


strategies = [{"spec": spec, "expected": waits(spec)} for spec in STRATEGIES]

# --- call rates -------------------------------------------------------------------------------------------------------
MATCHERS = [
    {}, {"method": "GET"}, {"method": "post"}, {"url_base": "https://h.test"}, {"url_base": "https://h.test/"}, {"url_base": "https://o.test"}, {"url_path_pattern": "/items"}, {"url_path_pattern": "^/v1/items$"}, {"url_path_pattern": "(?P<a>it)ems"}, {"url_path_pattern": "nope"}, {"params": {"a": 1}}, {"params": {"a": "1", "b": "x y"}}, {"params": {"c": ""}}, {"headers": {"x-a": "1"}}, {"headers": {"X-A": 1, "x-b": "2"}}, {"weight": 3}, {"weight": "{{ config.n }}"}, {"weight": 0}, {"method": "GET", "url_base": "https://h.test", "url_path_pattern": "items", "params": {"a": "1"}, "headers": {"X-a": "1"}, "weight": 2},
]
CALLS = [["GET", "https://h.test/v1/items?a=1&b=x+y&c=", {"X-A": "1", "X-B": "2"}], ["POST", "https://h.test/v1/items/", {}], ["GET", "https://h.test:443/v1/items?a=2&a=1", {"x-a": "1"}], ["GET", "https://h.test/", {}]]


def matched(spec):
    matcher = factory.create_http_request_matcher(models.HttpRequestRegexMatcher(**spec), CONFIG)
    return [(matcher.weight or 1) if matcher(requests.Request(method, url, headers=headers).prepare()) else None for method, url, headers in CALLS]


matchers = [{"spec": spec, "expected": attempt(lambda: matched(spec))} for spec in MATCHERS]

table = {"config": CONFIG, "now": NOW, "answers": ANSWERS, "headers": HEADER_VALUES, "calls": CALLS}
sections = {"requests": requested, "handlers": handlers, "retries": retries, "strategies": strategies, "matchers": matchers}
lines = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in table.items()]
lines += [f" {json.dumps(name)}: [\n  " + ",\n  ".join(json.dumps(row) for row in rows) + "\n ]" for name, rows in sections.items()]
pathlib.Path(__file__).with_name("requester.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
