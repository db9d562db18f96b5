"""Writes token-quotas.json: which token the reference sends with, and how long it waits before it does.
/path/to/reference/python make-token-quotas.py"""

import datetime
import json
import logging
import pathlib
import random
import sys

import airbyte_cdk.sources.declarative.auth.rate_limited_multiple_token as module
import requests
from airbyte_cdk.sources.declarative.models import declarative_component_schema as models
from airbyte_cdk.sources.declarative.parsers.model_to_component_factory import ModelToComponentFactory
from airbyte_cdk.utils.datetime_helpers import AirbyteDateTime
from airbyte_cdk.utils.traced_exception import AirbyteTracedException

logging.disable(logging.CRITICAL)
pick = random.Random(20260115)
START = datetime.datetime(2026, 1, 15, 12, 0, 0, tzinfo=datetime.timezone.utc)
EPOCH = int(START.timestamp())
state = {"now": 0.0, "slept": [], "asked": {}, "status": []}
HOST = "http://mock.test"


class Time:
    @staticmethod
    def sleep(seconds):
        state["slept"].append(round(seconds, 6))
        state["now"] += seconds

    @staticmethod
    def monotonic():
        return state["now"]


module.time = Time
now = lambda: AirbyteDateTime.from_datetime(START + datetime.timedelta(seconds=state["now"]))
for each in [each for name, each in sys.modules.items() if name.startswith("airbyte_cdk")]:
    if hasattr(each, "ab_datetime_now"):
        each.ab_datetime_now = now


def answer(self, request, **kwargs):
    token = request.headers["Authorization"].removeprefix("Bearer ")
    index = state["asked"].get(token, 0)
    state["asked"][token] = index + 1
    status, body = state["status"][min(index, len(state["status"]) - 1)][token]
    return response(request, status, {}, body)


def response(request, status, headers, body=None):
    made = requests.Response()
    made.status_code, made.request, made.url = status, request, request.url
    made.headers.update(headers)
    made._content = json.dumps(body).encode()
    return made


requests.adapters.HTTPAdapter.send = answer


def prepared(path):
    return requests.Request("GET", HOST + path).prepare()


def run(spec, status, steps):
    state.update(now=0.0, slept=[], asked={}, status=status)
    authenticator = ModelToComponentFactory().create_component(models.RateLimitedMultipleTokenAuthenticator, json.loads(json.dumps(spec)), {}, name="users")
    results = []
    for step in steps:
        if isinstance(step, (int, float)):
            state["now"] += step
            results.append(None)
            continue
        path, code, headers = step
        state["slept"] = []
        try:
            request = prepared(path)
            authenticator(request)
            result = {"token": request.headers["Authorization"].removeprefix("Bearer ")}
            authenticator.update_from_response(request, response(request, code, headers))
            result["alternative"] = authenticator.has_alternative_token(request)
        except AirbyteTracedException as error:
            result = {"error": error.failure_type.value}
        except Exception:
            result = {"error": "system_error"}
        result["waits"] = state["slept"]
        results.append(result)
    rows.append({"spec": spec, "status": status, "steps": steps, "results": results})


rows = []


def quota(name, **more):
    return {"type": "TokenQuota", "name": name, "remaining_path": [name, "left"], "reset_path": [name, "reset"], **more}


AWARE = {"remaining_header": "X-Left", "reset_header": "X-Reset", "limit_header": "X-Limit", "exhaustion_status_codes": [429]}
SEARCH = [{"type": "HttpRequestRegexMatcher", "url_path_pattern": "^/search"}]


def scenario():
    aware = pick.choice([{}, AWARE, AWARE, {"remaining_header": "X-Left"}, {"exhaustion_status_codes": [429]}, {"reset_header": "X-Reset"}])
    limits = pick.choice([{}, {"limit_path": ["core", "limit"]}])
    pools = pick.choice([
        [quota("core", **limits, **aware)],
        [quota("search", matchers=SEARCH, **aware), quota("core", **limits, **aware)],
        [quota("search", matchers=SEARCH), quota("core", matchers=[{"type": "HttpRequestRegexMatcher", "method": "get", "url_path_pattern": "users"}], **aware)],
    ])
    tokens = ["a", "b", "c"][: pick.choice([1, 2, 2, 3])]
    spec = {
        "type": "RateLimitedMultipleTokenAuthenticator", "tokens": pick.choice([tokens, ", ".join(tokens)]), "quotas": pools,
        "quota_status_source": {"type": "QuotaStatusSource", "url": f"{HOST}/limits", **pick.choice([{}, {"unavailable_status_codes": [404]}])},
        **pick.choice([{}, {"budget_min_reserve": 0, "budget_reserve_fraction": 0}, {"budget_min_reserve": 2, "budget_reserve_fraction": 0.5}]),
        **pick.choice([{}, {}, {"max_wait_time": "PT30S"}, {"max_wait_time": "PT10M"}]),
    }

    def told(token):
        if "unavailable_status_codes" in spec["quota_status_source"] and pick.random() < 0.3:
            return [404, {}]
        reset = EPOCH + pick.choice([-5, 2, 20, 100, 400, 4000])
        at = lambda: pick.choice([reset, reset, str(reset), datetime.datetime.fromtimestamp(reset, datetime.timezone.utc).isoformat()])
        count = lambda: pick.choice([0, 0, 1, 2, 3, 60, "2", 1.9])
        return [200, {"core": {"left": count(), "reset": at(), "limit": pick.choice([5, 60, 1000])}, "search": {"left": count(), "reset": at()}}]

    status = [{token: told(token) for token in tokens} for _ in range(3)]
    steps = []
    for _ in range(pick.randint(6, 14)):
        if pick.random() < 0.15:
            steps.append(pick.choice([1, 30, 200, 5000]))
            continue
        headers = {}
        if pick.random() < 0.5:
            headers["X-Left"] = pick.choice(["0", "1", "5", "100", "none", " 3 "])
        if pick.random() < 0.4:
            headers["X-Reset"] = pick.choice([str(EPOCH + pick.choice([-1000, 10, 30, 100, 5000])), "2026-01-15T12:05:00Z", "soon"])
        if pick.random() < 0.3:
            headers["X-Limit"] = pick.choice(["10", "0", "500"])
        steps.append([pick.choice(["/users", "/users?x=1", "/search", "/other"]), pick.choice([200, 200, 200, 429, 403]), headers])
    run(spec, status, steps)


for _ in range(150):
    scenario()
BASE = {"type": "RateLimitedMultipleTokenAuthenticator", "tokens": ["a"], "quotas": [quota("core")], "quota_status_source": {"type": "QuotaStatusSource", "url": f"{HOST}/limits"}}
CALL = ["/users", 200, {}]
for body in [{}, {"core": {}}, {"core": {"left": 1}}, {"core": {"left": None, "reset": EPOCH}}, {"core": {"left": "x", "reset": EPOCH}}, {"core": {"left": 1, "reset": "x"}}, {"core": {"left": 1, "reset": EPOCH + 0.5}}, {"core": {"left": True, "reset": EPOCH + 9}}, [], {"core": {"left": " 7 ", "reset": f"{EPOCH + 9}"}}]:
    run(BASE, [{"a": [200, body]}], [CALL])
for code in [401, 403, 404]:
    run(BASE, [{"a": [code, {"message": "no"}]}], [CALL])

pathlib.Path(__file__).with_name("token-quotas.json").write_text(json.dumps({"now": START.isoformat(), "rows": rows}) + "\n")
print(len(rows), "rows", sum("error" in (r or {}) for row in rows for r in row["results"]), "errors", sum(len(r["waits"]) for row in rows for r in row["results"] if r), "waits", sum(bool(r and r.get("alternative")) for row in rows for r in row["results"]))
