"""Writes authenticators.json: which requests the reference's authenticators make, and what they add to others.
/path/to/reference/python make-authenticators.py"""

import copy
import datetime
import json
import logging
import pathlib
import sys
import time

import airbyte_cdk.sources.declarative.auth.jwt as jwt_module
import requests
from airbyte_cdk.sources.declarative.models import declarative_component_schema as models
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.sources.declarative.auth import token as token_module
from airbyte_cdk.sources.streams.http.requests_native_auth import oauth
from airbyte_cdk.utils.datetime_helpers import AirbyteDateTime
from airbyte_cdk.utils.traced_exception import AirbyteTracedException
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa

logging.disable(logging.CRITICAL)
START = datetime.datetime(2026, 1, 15, 12, 0, 0, 123000, tzinfo=datetime.timezone.utc)
clock = {"now": START}
for module in [each for name, each in sys.modules.items() if name.startswith("airbyte_cdk")]:
    if hasattr(module, "ab_datetime_now"):
        module.ab_datetime_now = lambda: AirbyteDateTime.from_datetime(clock["now"])
HOST = "http://mock.test"
USUAL = {"user-agent", "accept-encoding", "accept", "connection", "content-length"}
state = {"answers": [], "asked": [], "controls": []}


def answer(self, request, **kwargs):
    index = min(len(state["asked"]), len(state["answers"]) - 1)
    body = request.body.decode() if isinstance(request.body, bytes) else request.body
    state["asked"].append({
        "method": request.method,
        "target": request.url.removeprefix(HOST),
        "headers": {name.lower(): value for name, value in request.headers.items() if name.lower() not in USUAL},
        "body": body or "",
    })
    status, text = state["answers"][index]
    response = requests.Response()
    response.status_code, response._content, response.request, response.url = status, text.encode(), request, request.url
    response.headers["Content-Type"] = "application/json"
    response.encoding = "utf-8"
    return response


class Clock:
    @staticmethod
    def now():
        return clock["now"]


jwt_module.datetime = Clock
requests.adapters.HTTPAdapter.send = answer
time.sleep = lambda seconds: None
oauth.emit_configuration_as_airbyte_control_message = lambda config: state["controls"].append(copy.deepcopy(config))


def failure(error):
    return {"error": error.failure_type.value if isinstance(error, AirbyteTracedException) else "system_error"}


def additions(authenticator):
    request = requests.Request("GET", f"{HOST}/data").prepare()
    authenticator(request)
    result = {"headers": {k: v for k, v in request.headers.items()}}
    for name, method in (("params", "get_request_params"), ("form", "get_request_body_data"), ("json", "get_request_body_json")):
        made = getattr(authenticator, method)() if hasattr(authenticator, method) else {}
        if made:
            result[name] = made
    return result


def row(about, spec, config, answers=((200, "{}"),), steps=("apply",), count=True):
    clock["now"] = START
    token_module.cacheSessionTokenAuthenticator.clear()
    state.update(answers=[(s, b if isinstance(b, str) else json.dumps(b)) for s, b in answers], asked=[], controls=[])
    held = copy.deepcopy(config)
    made = {"about": about, "spec": spec, "config": config, "answers": state["answers"], "steps": list(steps)}
    try:
        model = getattr(models, spec["type"])
        authenticator = ModelToComponentFactory().create_component(model, copy.deepcopy(spec), held, name="users", url_base=HOST, decoder=None)
        results = []
        for step in steps:
            try:
                if isinstance(step, (int, float)):
                    clock["now"] += datetime.timedelta(seconds=step)
                    results.append(None)
                elif step == "refresh":
                    authenticator.refresh_and_set_access_token()
                    results.append(None)
                else:
                    results.append(additions(authenticator))
            except Exception as error:
                results.append(failure(error))
        made["results"] = results
    except Exception as error:
        made["results"] = {"unbuilt": type(error).__name__}
    made["asked"] = state["asked"]
    if not count:  # how often it asks is its own affair
        made["asked"] = [each for at, each in enumerate(state["asked"]) if each not in state["asked"][:at]]
        made["asksOften"] = True
    made["controls"] = state["controls"]
    rows.append(made)


rows = []
CLIENT = {"client_id": "{{ config['client_id'] }}", "client_secret": "{{ config['client_secret'] }}"}
CONFIG = {"client_id": "the id", "client_secret": "s&cret", "refresh_token": "r/1+", "account": 42}
ENDPOINT = {"token_refresh_endpoint": f"{HOST}/token"}
REFRESH = {**CLIENT, **ENDPOINT, "refresh_token": "{{ config['refresh_token'] }}"}
TOKEN = [(200, {"access_token": "a1", "expires_in": 3600}), (200, {"access_token": "a2", "expires_in": 3600})]


def oauth_row(about, spec, config=CONFIG, answers=TOKEN, steps=("apply",)):
    row(f"OAuth: {about}", {"type": "OAuthAuthenticator", **spec}, config, answers, steps)


oauth_row("a refresh token", REFRESH)
oauth_row("one token for all requests until it expires", REFRESH, steps=["apply", "apply", 3599, "apply", 1, "apply", 0.001, "apply"])
oauth_row("client credentials", {**CLIENT, **ENDPOINT, "grant_type": "client_credentials"})
oauth_row("client credentials that have a refresh token", {**REFRESH, "grant_type": "client_credentials"})
oauth_row("a grant of its own", {**CLIENT, **ENDPOINT, "grant_type": "{{ config['grant'] }}"}, {**CONFIG, "grant": "password"})
oauth_row("empty names are as none", {**REFRESH, "grant_type": "", "grant_type_name": "", "client_id_name": "", "access_token_name": "", "expires_in_name": "", "refresh_token_name": "", "client_secret_name": ""})
oauth_row("no grant type, no refresh token", {**CLIENT, **ENDPOINT})
oauth_row("a refresh token that comes to nothing", {**CLIENT, **ENDPOINT, "refresh_token": "{{ config['absent'] }}"})
oauth_row("own names", {**REFRESH, "client_id_name": "app", "client_secret_name": "{{ config['secret_name'] }}", "refresh_token_name": "rt", "grant_type_name": "grant", "access_token_name": "token", "expires_in_name": "ttl"}, {**CONFIG, "secret_name": "app_secret"}, [(200, {"token": "t", "ttl": 60}), (200, {"token": "u", "ttl": 60})], ["apply", 61, "apply"])
oauth_row("scopes", {**REFRESH, "scopes": ["read all", "{{ config['x'] }}"]})
oauth_row("no scopes", {**REFRESH, "scopes": []})
oauth_row("more members", {**REFRESH, "refresh_request_body": {"account": "{{ config['account'] }}", "grant_type": "mine", "list": [1, 2], "yes": True, "none": None, "nothing": "{{ config['absent'] }}", "{{ 'na' ~ 'me' }}": "{{ 1.0 }}"}})
oauth_row("headers", {**REFRESH, "refresh_request_headers": {"X-Account": "a{{ config['account'] }}", "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}})
oauth_row("credentials in a header", {**REFRESH, "refresh_request_headers": {"Authorization": "Basic {{ (config['client_id'] ~ ':' ~ config['client_secret']) | base64encode }}"}})
oauth_row("credentials in a header of small letters", {**REFRESH, "refresh_request_headers": {"authorization": "Basic eA=="}})
oauth_row("a header that comes to nothing", {**REFRESH, "refresh_request_headers": {"X-None": "{{ config['absent'] }}", "X-Is": "there"}})
oauth_row("a JSON content type does not make it JSON", {**REFRESH, "refresh_request_headers": {"Content-Type": "application/json"}})
oauth_row("all in the query", {**REFRESH, "send_refresh_request_as_query_params": True, "scopes": ["a", "b"], "refresh_request_body": {"more": "x y"}})
oauth_row("all in the query, credentials in a header", {**REFRESH, "send_refresh_request_as_query_params": True, "refresh_request_headers": {"Authorization": "Basic eA=="}})
oauth_row("a query in the endpoint's URL", {**REFRESH, "token_refresh_endpoint": f"{HOST}/token?tenant={{{{ config['account'] }}}}"})
oauth_row("an endpoint that comes to nothing", {**REFRESH, "token_refresh_endpoint": "{{ config['absent'] }}"})
oauth_row("no client id", {**ENDPOINT, "refresh_token": "r", "client_secret": "s"})
oauth_row("no client secret", {**ENDPOINT, "refresh_token": "r", "client_id": "c"})
oauth_row("an empty client id", {**REFRESH, "client_id": ""})
oauth_row("a client id that comes to nothing", {**REFRESH, "client_id": "{{ config['absent'] }}"})
oauth_row("a client secret that comes to nothing", {**REFRESH, "client_secret": "{{ config['absent'] }}"})
oauth_row("an empty client secret", {**REFRESH, "client_secret": ""})
oauth_row("numbers for credentials", {**REFRESH}, {"client_id": 7, "client_secret": 1.5, "refresh_token": True})

for lifetime in [0, 1, 60, 60.9, "60", "60.9", " 60 ", "1e2", -5, "soon", "", True, [], {}, "2026-01-15T13:00:00Z", 10**15, 10**9]:
    oauth_row(f"lifetime {lifetime!r}", REFRESH, answers=[(200, {"access_token": "a1", "expires_in": lifetime}), (200, {"access_token": "a2", "expires_in": 9})], steps=["apply", 59, "apply", 2, "apply", 100, "apply"])
for moment in ["2026-01-15T13:00:00Z", "2026-01-15 13:00:00.5", 1768482000, "1768482000", "2026-01-16", "15.01.2026 13:00", "nonsense", "2026-01-15T14:00:00+01:00", 1768482000.0]:
    oauth_row(f"expiry {moment!r}", {**REFRESH, "token_expiry_date_format": "%Y-%m-%dT%H:%M:%SZ"}, answers=[(200, {"access_token": "a1", "expires_in": moment}), (200, {"access_token": "a2", "expires_in": "2026-02-01T00:00:00Z"})], steps=["apply", 3500, "apply", 120, "apply"])
oauth_row("an empty format", {**REFRESH, "token_expiry_date_format": ""})
oauth_row("no lifetime: an hour", REFRESH, answers=[(200, {"access_token": "a1"}), (200, {"access_token": "a2"})], steps=["apply", 3600, "apply", 1, "apply"])
oauth_row("no lifetime the second time, forced", REFRESH, answers=[(200, {"access_token": "a1", "expires_in": 7200}), (200, {"access_token": "a2"}), (200, {"access_token": "a3"})], steps=["apply", 60, "refresh", "apply", 7100, "apply", 100, "apply"])
oauth_row("no lifetime the second time, expired", REFRESH, answers=[(200, {"access_token": "a1", "expires_in": 60}), (200, {"access_token": "a2", "expires_in": None}), (200, {"access_token": "a3"})], steps=["apply", 61, "apply", 3600, "apply", 1, "apply"])

oauth_row("a token that is there, no endpoint", {**CLIENT, "access_token_value": "{{ config['account'] }}", "grant_type": "none"}, steps=["apply", 10**6, "apply"])
oauth_row("a token that comes to nothing, no endpoint", {**CLIENT, "access_token_value": "{{ config['absent'] }}", "grant_type": "none"})
oauth_row("an empty token, no endpoint", {**CLIENT, "access_token_value": "", "grant_type": "none"})
oauth_row("neither token nor endpoint", {**CLIENT, "grant_type": "none"})
oauth_row("a token that is there, no date", {**REFRESH, "access_token_value": "there"}, steps=["apply"])
for date in ["2026-01-15T12:30:00Z", "2026-01-15T11:30:00Z", "1768480200", "{{ config['until'] }}", "{{ config['when'] }}", "never", "", "{{ config['absent'] }}"]:
    oauth_row(f"a token that is there until {date!r}", {**REFRESH, "access_token_value": "there", "token_expiry_date": date}, {**CONFIG, "until": "2026-01-15 12:30", "when": 1768480200}, steps=["apply", 1700, "apply", 600, "apply"])
oauth_row("a date, but no token", {**REFRESH, "token_expiry_date": "2027-01-01"}, steps=["apply"])

oauth_row("a token deeper down", REFRESH, answers=[(200, {"data": [{"x": 1}, {"more": {"access_token": "deep", "expires_in": 60}}]}), TOKEN[1]], steps=["apply", 61, "apply"])
oauth_row("a level before the levels below it", REFRESH, answers=[(200, {"first": {"access_token": "lower"}, "access_token": "upper"})])
oauth_row("null hides what lies below", REFRESH, answers=[(200, {"first": {"access_token": "lower"}, "access_token": None})])
oauth_row("null in one branch does not hide another", REFRESH, answers=[(200, {"first": {"access_token": None}, "second": {"access_token": "x", "expires_in": 6}})])
for depth in [4, 5, 6]:
    nested = {"access_token": "deep", "expires_in": 7}
    for _ in range(depth):
        nested = {"in": nested}
    oauth_row(f"a token {depth} levels down", REFRESH, answers=[(200, nested)])
oauth_row("a list at the root", REFRESH, answers=[(200, [{"access_token": "x", "expires_in": 5}])])
for body in ["{}", "[]", "null", "", "not json", '"text"', '{"access_token": ""}', '{"access_token": 0}', '{"access_token": 12}', '{"access_token": 1.0}', '{"error": "x"}']:
    oauth_row(f"answer {body!r}", REFRESH, answers=[(200, body)])

for status in [400, 401, 403, 404, 409, 429, 500, 503]:
    oauth_row(f"status {status}, then a token", REFRESH, answers=[(status, {"error": "invalid_grant", "error_description": "AADSTS50173: gone"}), *TOKEN])
    oauth_row(f"status {status} of another error", REFRESH, answers=[(status, {"error": "other"}), *TOKEN])
oauth_row("status 400, no JSON", REFRESH, answers=[(400, "oops")])
oauth_row("status 400, a list", REFRESH, answers=[(400, '["invalid_grant"]')])
oauth_row("status 400 invalid_permissions", REFRESH, answers=[(400, {"error": "invalid_permissions"})])
OWN_ERROR = {"refresh_token_error_status_codes": [403, 500], "refresh_token_error_key": "code", "refresh_token_error_values": ["bad", "worse"]}
for status, body in [(403, {"code": "bad"}), (403, {"code": "worse"}), (403, {"code": "good"}), (403, {"error": "bad"}), (400, {"code": "bad"}), (500, {"code": "bad"}), (400, {"error": "invalid_grant"})]:
    oauth_row(f"own errors: status {status} {body}", {**REFRESH, **OWN_ERROR}, answers=[(status, body), *TOKEN])
oauth_row("own errors: no values", {**REFRESH, "refresh_token_error_status_codes": [400], "refresh_token_error_key": "error"}, answers=[(400, {"error": "invalid_grant"})])
oauth_row("three busy answers, then a token", REFRESH, answers=[(429, {}), (502, "x"), (503, {}), *TOKEN])
oauth_row("refused, and again asked for", REFRESH, answers=[(400, {"error": "invalid_grant"}), *TOKEN], steps=["apply", "apply"])

UPDATER = {**REFRESH, "refresh_token_updater": {}}
KEPT = {"credentials": {"access_token": "old", "refresh_token": "r1", "token_expiry_date": "2026-01-15T12:10:00Z", "client_id": "own id", "client_secret": "own secret"}, "client_id": "c", "client_secret": "s", "refresh_token": "unused"}
NEW = [(200, {"access_token": "a1", "expires_in": 3600, "refresh_token": "r2"}), (200, {"access_token": "a2", "expires_in": 3600, "refresh_token": "r3"})]
oauth_row("updater: a token that is good", UPDATER, KEPT, NEW)
oauth_row("updater: a token that expires", UPDATER, KEPT, NEW, ["apply", 600, "apply", "apply", 3601, "apply"])
oauth_row("updater: forced", UPDATER, KEPT, NEW, ["refresh", "apply", "refresh", "apply"])
oauth_row("updater: no credentials in the config", UPDATER, {"client_id": "c", "client_secret": "s"}, NEW)
oauth_row("updater: credentials without an id", UPDATER, {**KEPT, "credentials": {"refresh_token": "r1", "token_expiry_date": ""}}, NEW)
oauth_row("updater: no id at all", {**ENDPOINT, "refresh_token_updater": {}}, {"credentials": {"refresh_token": "r1"}}, NEW)
PATHS = {"access_token_config_path": ["at"], "refresh_token_config_path": ["deep", "down", "rt"], "token_expiry_date_config_path": ["until"], "refresh_token_name": "next"}
oauth_row("updater: own paths", {**REFRESH, "refresh_token_name": "unused", "refresh_token_updater": PATHS}, {"deep": {"down": {"rt": "r1", "kept": 1}}, "client_id": "c", "client_secret": "s", "z": 0, "a": [1.0]}, [(200, {"access_token": "a1", "expires_in": 3600, "next": "r2", "refresh_token": "no"})], ["apply", 4000, "apply"])
oauth_row("updater: paths that are not there", {**REFRESH, "refresh_token_updater": PATHS}, {"client_id": "c", "client_secret": "s"}, [(200, {"access_token": "a1", "expires_in": 3600, "next": "r2"})])
oauth_row("updater: the old refresh token stays", UPDATER, {**KEPT, "credentials": {**KEPT["credentials"], "token_expiry_date": "2026-01-01"}}, [(200, {"access_token": "a1", "expires_in": 3600}), (200, {"access_token": "a2", "expires_in": 3600, "refresh_token": None})], ["apply", 3601, "apply"])
oauth_row("updater: a date", {**UPDATER, "token_expiry_date_format": "%Y"}, {**KEPT, "credentials": {**KEPT["credentials"], "token_expiry_date": "2026-01-01"}}, [(200, {"access_token": "a1", "expires_in": "2026-01-15 13:00:00+01:00", "refresh_token": "r2"}), (200, {"access_token": "a2", "expires_in": 1768566000})], ["apply", "apply"])
for date in ["2026-01-15T12:00:00+02:00", "1768480200", 1768480200, "nonsense", "2026-01-15", "01/15/2026 14:00"]:
    oauth_row(f"updater: expires {date!r}", UPDATER, {**KEPT, "credentials": {**KEPT["credentials"], "token_expiry_date": date}}, NEW)
oauth_row("updater: no lifetime, expired", UPDATER, {**KEPT, "credentials": {"refresh_token": "r1"}}, [(200, {"access_token": "a1", "refresh_token": "r2"})])
oauth_row("updater: no lifetime, good", UPDATER, KEPT, [(200, {"access_token": "a1", "refresh_token": "r2"})], ["refresh", "apply"])
oauth_row("updater: a token that is good but not there", UPDATER, {**KEPT, "credentials": {"refresh_token": "r", "token_expiry_date": "2027-01-01"}}, NEW)
oauth_row("updater: refused", UPDATER, {**KEPT, "credentials": {"refresh_token": "r1"}}, [(400, {"error": "invalid_grant", "error_description": "r1 is used"})])
oauth_row("updater: its own errors", {**REFRESH, "refresh_token_updater": OWN_ERROR}, {**KEPT, "credentials": {"refresh_token": "r1"}}, [(403, {"code": "bad"})])
oauth_row("updater: its own errors beside the authenticator's", {**REFRESH, **OWN_ERROR, "refresh_token_updater": OWN_ERROR}, KEPT)
oauth_row("updater: no endpoint", {**CLIENT, "refresh_token_updater": {}}, KEPT)
oauth_row("updater: all in the query", {**UPDATER, "send_refresh_request_as_query_params": True, "scopes": ["x"]}, {**KEPT, "credentials": {"refresh_token": "r1"}}, NEW)
oauth_row("updater: no body to keep the refresh token out of", {**UPDATER, "grant_type": "client_credentials", "refresh_request_body": {"refresh_token": "mine", "other": "{{ config['client_id'] }}"}}, {**KEPT, "credentials": {}}, NEW)

row("Bearer: a token", {"type": "BearerAuthenticator", "api_token": "{{ config['t'] }}"}, {"t": "abc"})
for token in ["", "007", "1e5", "'quoted'", " blanks ", "[1, 2]", "None", "{{ config['absent'] }}", "{{ config['n'] }}", "{{ config['big'] }}", "prefix {{ config['n'] }}", "{{ config['n'] }}{{ config['n'] }}"]:
    row(f"Bearer: {token!r}", {"type": "BearerAuthenticator", "api_token": token}, {"n": 7, "big": 2**70})
    row(f"ApiKey: {token!r}", {"type": "ApiKeyAuthenticator", "api_token": token, "header": "X-Key"}, {"n": 7, "big": 2**70})
row("Bearer: parameters", {"type": "BearerAuthenticator", "api_token": "{{ parameters['a'] }}", "$parameters": {"a": "b"}}, {})
for user, password in [("u", "p"), ("{{ config['u'] }}", "{{ config['p'] }}"), ("u", ""), ("u", None), ("ü", "日本"), ("a:b", "c"), ("{{ config['absent'] }}", "{{ config['absent'] }}"), ("1.50", "0x10"), ("{{ config['n'] }}", "x")]:
    spec = {"type": "BasicHttpAuthenticator", "username": user, "password": password}
    row(f"Basic: {user!r} {password!r}", {k: v for k, v in spec.items() if v is not None}, {"u": "me", "p": "s:e", "n": 12})

OPTION = {"type": "RequestOption"}
for into in ["header", "request_parameter", "body_data", "body_json"]:
    row(f"ApiKey: into {into}", {"type": "ApiKeyAuthenticator", "api_token": "{{ config['k'] }}", "inject_into": {**OPTION, "inject_into": into, "field_name": "{{ config['n'] }}"}}, {"k": "k 1", "n": "X-N"})
row("ApiKey: into a path of the body", {"type": "ApiKeyAuthenticator", "api_token": "k", "inject_into": {**OPTION, "inject_into": "body_json", "field_path": ["a", "{{ config['n'] }}"]}}, {"n": "b"})
row("ApiKey: nowhere", {"type": "ApiKeyAuthenticator", "api_token": "k"}, {})
row("ApiKey: twice", {"type": "ApiKeyAuthenticator", "api_token": "k", "header": "X", "inject_into": {**OPTION, "inject_into": "header", "field_name": "Y"}}, {})
row("ApiKey: no token", {"type": "ApiKeyAuthenticator", "header": "X-Key"}, {})
row("ApiKey: an empty header", {"type": "ApiKeyAuthenticator", "api_token": "k", "header": ""}, {})
row("ApiKey: parameters", {"type": "ApiKeyAuthenticator", "api_token": "{{ parameters['k'] }}", "header": "X-{{ parameters['h'] }}", "$parameters": {"k": "key", "h": "Head"}}, {})
row("None", {"type": "NoAuth"}, {})

KEYS = {"basic": {"type": "BasicHttpAuthenticator", "username": "u", "password": "p"}, "bearer": {"type": "BearerAuthenticator", "api_token": "t"}, "True": {"type": "NoAuth"}, "7": {"type": "BearerAuthenticator", "api_token": "seven"}}
for path, config in [(["kind"], {"kind": "basic"}), (["auth", "kind"], {"auth": {"kind": "bearer"}}), (["kind"], {"kind": True}), (["kind"], {"kind": 7}), (["kind"], {"kind": "other"}), (["kind"], {}), (["auth", "kind"], {"auth": "bearer"}), (["list", "0"], {"list": ["basic"]}), (["auth", "*"], {"auth": {"x": "bearer"}}), (["kind"], {"kind": None})]:
    row(f"Selective: {path} {config}", {"type": "SelectiveAuthenticator", "authenticator_selection_path": path, "authenticators": KEYS}, config)

LOGIN = {"type": "HttpRequester", "url_base": HOST, "path": "/login", "http_method": "POST", "request_body_json": {"user": "{{ config['u'] }}"}}
SESSION = {"type": "SessionTokenAuthenticator", "login_requester": LOGIN, "session_token_path": ["data", "token"], "request_authentication": {"type": "Bearer"}}
OPENED = [(200, {"data": {"token": "s1"}}), (200, {"data": {"token": "s2"}})]
HEADER = {**OPTION, "inject_into": "header", "field_name": "X-Session"}


def session(about, spec, answers=OPENED, steps=("apply",), count=True):
    row(f"Session: {about}", {**SESSION, **spec}, {"u": "me", "p": "x"}, answers, steps, count)


session("a token that holds", {"expiration_duration": "PT1H"}, steps=["apply", "apply", 3600, "apply", 0.001, "apply"])
session("a token for each request", {}, steps=["apply"], count=False)
session("a token that holds for a month", {"expiration_duration": "P1M"}, steps=["apply", 31 * 86400, "apply", 1, "apply"])
session("a token that holds for a broken month", {"expiration_duration": "P1.5M"})
session("no duration", {"expiration_duration": "an hour"})
session("an empty duration", {"expiration_duration": ""}, count=False)
for into in ["header", "request_parameter", "body_data", "body_json"]:
    session(f"into {into}", {"expiration_duration": "PT1H", "request_authentication": {"type": "ApiKey", "inject_into": {**HEADER, "inject_into": into}}})
for template in ["Token {{ session_token }}", "", "{{ config['u'] }}:{{ session_token }}", "fixed"]:
    session(f"sent as {template!r}", {"expiration_duration": "PT1H", "request_authentication": {"type": "ApiKey", "inject_into": HEADER, "api_token": template}})
for token in ["007", "1e5", 12, 1.0, "", None, ["a"], {"a": 1}, True, "a 'b'"]:
    for way in [{"type": "Bearer"}, {"type": "ApiKey", "inject_into": HEADER}]:
        session(f"token {token!r} by {way['type']}", {"expiration_duration": "PT1H", "request_authentication": way}, answers=[(200, {"data": {"token": token}})])
for path, body in [(["token"], {"token": "x"}), (["*"], {"any": "x"}), (["list", "1"], {"list": ["a", "b"]}), ([], {"a": 1}), (["a", "b"], {"a": 1}), (["a"], [{"a": "first"}, {"a": "second"}]), (["a"], []), (["a"], "text")]:
    session(f"{path} of {body}", {"expiration_duration": "PT1H", "session_token_path": path}, answers=[(200, body)])
session("XML", {"expiration_duration": "PT1H", "decoder": {"type": "XmlDecoder"}}, answers=[(200, "<data><token>x</token></data>")])
for status in [400, 401, 404]:
    session(f"status {status}", {"expiration_duration": "PT1H"}, answers=[(status, {"message": "no"}), *OPENED], steps=["apply", "apply"])
session("an error handler that ignores", {"login_requester": {**LOGIN, "error_handler": {"type": "DefaultErrorHandler", "response_filters": [{"type": "HttpResponseFilter", "http_codes": [404], "action": "IGNORE"}]}}}, answers=[(404, "{}")])
session("a login with credentials", {"expiration_duration": "PT1H", "login_requester": {**LOGIN, "authenticator": {"type": "BasicHttpAuthenticator", "username": "{{ config['u'] }}", "password": "{{ config['p'] }}"}}})

LEGACY = {"type": "LegacySessionTokenAuthenticator", "header": "X-{{ config['h'] }}", "login_url": "/login", "session_token": "{{ config['token'] }}", "session_token_response_key": "id", "username": "{{ config['user'] }}", "password": "{{ config['pass'] }}", "validate_session_url": "/me"}


def legacy(about, config, answers, steps=("apply",), **spec):
    row(f"Legacy: {about}", {**LEGACY, **spec}, {"h": "S", **config}, answers, steps, False)


WHO = {"user": "u", "pass": "p"}
legacy("a token that is good", {"token": "t", **WHO}, [(200, {})])
legacy("a token that is not, a login", {"token": "t", **WHO}, [(401, {}), (200, {"id": "new"})])
legacy("a login", WHO, [(200, {"id": "new"})], ["apply", "apply"])
legacy("a login with numbers", {"user": 7, "pass": "0123"}, [(200, {"id": 12})])
legacy("a login with texts of numbers", {"user": "8", "pass": "1.0"}, [(200, {"id": 1.0})])
legacy("a token that is not, no login", {"token": "t"}, [(401, {})])
legacy("nothing", {}, [(200, {})])
legacy("a validation that fails", {"token": "t", **WHO}, [(500, {})])
legacy("a validation that is forbidden", {"token": "t", **WHO}, [(403, {})])
legacy("a login that fails", WHO, [(401, {})])
legacy("a login without token", WHO, [(200, {"other": 1})])
legacy("a login without JSON", WHO, [(200, "no")])
legacy("a token of null", WHO, [(200, {"id": None})])

SIGNED = {"type": "JwtAuthenticator", "secret_key": "{{ config['secret'] }}", "algorithm": "HS256"}


def pem(key, form=serialization.PrivateFormat.PKCS8, password=None):
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, lock).decode()


rsa_key = rsa.generate_private_key(65537, 2048)
curves = {"ES256": ec.SECP256R1(), "ES256K": ec.SECP256K1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
ec_keys = {name: ec.generate_private_key(curve) for name, curve in curves.items()}
ed_key = ed25519.Ed25519PrivateKey.generate()
RSA = pem(rsa_key)


def signed(about, spec, config={}, steps=("apply",)):
    row(f"JWT: {about}", {**SIGNED, **spec}, {"secret": "top secret", **config}, steps=steps)


signed("the least", {})
for algorithm in ["HS384", "HS512"]:
    signed(algorithm, {"algorithm": algorithm})
for algorithm in ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]:
    signed(algorithm, {"algorithm": algorithm}, {"secret": RSA})
for algorithm, key in ec_keys.items():
    signed(algorithm, {"algorithm": algorithm}, {"secret": pem(key)})
    signed(f"{algorithm}, an older form of key", {"algorithm": algorithm}, {"secret": pem(key, serialization.PrivateFormat.TraditionalOpenSSL)})
signed("EdDSA", {"algorithm": "EdDSA"}, {"secret": pem(ed_key)})
signed("EdDSA 448", {"algorithm": "EdDSA"}, {"secret": pem(ed448.Ed448PrivateKey.generate())})
signed("all fields", {"header_prefix": "JWT", "token_duration": 60, "jwt_headers": {"kid": "{{ config['kid'] }}", "typ": "T", "cty": "C"}, "additional_jwt_headers": {"x5t": "{{ config['kid'] }}", "list": [1, "{{ config['kid'] }}"], "{{ 'ke' ~ 'y' }}": "{{ 1.0 }}"}, "jwt_payload": {"iss": "{{ config['kid'] }}", "sub": "s", "aud": "{{ config['n'] }}"}, "additional_jwt_payload": {"b": "{{ config['n'] }}", "a": "ü", "c": {"d": None}, "e": 1.0, "f": "{{ config['absent'] }}"}}, {"kid": "k1", "n": 12})
signed("the same names in another order", {"additional_jwt_payload": {"z": 1, "10": 2, "a": 3}, "additional_jwt_headers": {"z": 1, "10": 2, "B": 3}})
for name, spec in {"typ": {"typ": ""}, "no typ": {"kid": "k"}, "typ of nothing": {"typ": "{{ config['absent'] }}"}, "kid of nothing": {"kid": "{{ config['absent'] }}"}, "empty kid": {"kid": ""}, "numeric cty": {"cty": "12"}}.items():
    signed(f"header: {name}", {"jwt_headers": spec})
for name, spec in {"empty": {"iss": "", "sub": "", "aud": ""}, "nothing": {"iss": "{{ config['absent'] }}", "sub": "{{ config['absent'] }}"}, "numbers": {"sub": "5", "aud": "1.5"}, "list": {"aud": "['a', 'b']"}, "numeric iss": {"iss": "12"}}.items():
    signed(f"payload: {name}", {"jwt_payload": spec})
signed("header: numeric kid", {"jwt_headers": {"kid": "12"}})
for name in ["kid", "alg", "typ", "cty"]:
    signed(f"additional header {name}", {"additional_jwt_headers": {name: "x"}})
for name in ["iss", "sub", "aud", "iat", "exp", "nbf"]:
    signed(f"additional payload {name}", {"additional_jwt_payload": {name: "x"}})
for duration in [0, 1, -60, 10**6]:
    signed(f"lasts {duration}", {"token_duration": duration})
signed("time passes", {}, steps=["apply", 0.9, "apply"])
for prefix in ["", "Bearer", "{{ config['absent'] }}", "{{ config['p'] }}"]:
    signed(f"prefix {prefix!r}", {"header_prefix": prefix}, {"p": 5})
signed("a secret in base64", {"base64_encode_secret_key": True}, {"secret": "sécret"})
signed("a secret out of JSON", {"secret_key": "{{ json_loads(config['secret'])['key'] }}", "jwt_payload": {"iss": "{{ json_loads(config['secret'])['iss'] }}"}, "additional_jwt_payload": {"x": "{{ json_loads(config['secret'])['iss'] }}"}}, {"secret": json.dumps({"key": "k", "iss": "me"})})
for secret in ["", "{{ config['absent'] }}", "'quoted'", "12345", "1e5", RSA, "ssh-rsa AAAA"]:
    signed(f"the secret {secret[:24]!r}", {"secret_key": secret})
for into in ["header", "request_parameter", "body_data", "body_json"]:
    signed(f"into {into}", {"request_option": {**OPTION, "inject_into": into, "field_name": "jwt"}, "header_prefix": "P"})
locked = pem(rsa_key, password=b"opens")
for name, key in {"one line, blanks": RSA.replace("\n", " "), "one line": RSA.replace("\n", ""), "CRLF": RSA.replace("\n", "\r\n"), "indented": RSA.replace("\n", "\n   "), "no end": RSA.strip(), "a text before": f"Key:\n{RSA}", "an older form": pem(rsa_key, serialization.PrivateFormat.TraditionalOpenSSL), "no markers": "".join(RSA.split("\n")[1:-2]), "wrong curve": pem(ec_keys["ES384"]), "cut": RSA[:400] + RSA[-30:], "locked, no passphrase": locked}.items():
    signed(f"key: {name}", {"algorithm": "RS256"}, {"secret": key})
signed("key: wrong curve for ES256", {"algorithm": "ES256"}, {"secret": pem(ec_keys["ES384"])})
signed("key: RSA for ES256", {"algorithm": "ES256"}, {"secret": RSA})
signed("key: RSA for EdDSA", {"algorithm": "EdDSA"}, {"secret": RSA})
for name, key, passphrase in [("opens", locked, "opens"), ("does not open", locked, "wrong"), ("on one line opens", locked.replace("\n", " "), "opens"), ("of an older form opens", pem(rsa_key, serialization.PrivateFormat.TraditionalOpenSSL, b"opens"), "opens"), ("an empty passphrase", RSA, ""), ("passphrase of nothing", RSA, "{{ config['absent'] }}")]:
    signed(f"key: {name}", {"algorithm": "RS256", "passphrase": passphrase, "base64_encode_secret_key": passphrase == "opens"}, {"secret": key})
signed("a passphrase for a secret", {"passphrase": "x"})

ASSERTION = {**SIGNED, "jwt_payload": {"iss": "me"}}
oauth_row("an assertion", {**ENDPOINT, "use_profile_assertion": True, "profile_assertion": ASSERTION}, {"secret": "s"}, TOKEN, ["apply", 3601, "apply"])
oauth_row("an assertion with a prefix", {**ENDPOINT, "use_profile_assertion": True, "profile_assertion": {**ASSERTION, "header_prefix": "P", "request_option": {**OPTION, "inject_into": "body_data", "field_name": "x"}}, "grant_type_name": "g", "refresh_request_headers": {"X-A": "b"}, "refresh_request_body": {"a": "b"}, "scopes": ["s"]}, {"secret": "s"})
oauth_row("an assertion, all in the query", {**REFRESH, "use_profile_assertion": True, "profile_assertion": ASSERTION, "send_refresh_request_as_query_params": True}, {**CONFIG, "secret": "s"})
oauth_row("no assertion", {**ENDPOINT, "use_profile_assertion": True})
oauth_row("an assertion that is not used", {**REFRESH, "profile_assertion": ASSERTION}, {**CONFIG, "secret": "s"})

pathlib.Path(__file__).with_name("authenticators.json").write_text(json.dumps({"now": START.isoformat(), "rows": rows}, indent=1) + "\n")
print(len(rows), "rows")
