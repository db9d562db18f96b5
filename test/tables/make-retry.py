"""Writes retry.json: how often the reference sends a request, how long it waits in between, and what comes of it.
/path/to/reference/python make-retry.py"""

import contextlib
import datetime
import io
import json
import logging
import pathlib
import time
from datetime import timedelta

import backoff._sync
import requests
from airbyte_cdk.models import FailureType
from airbyte_cdk.sources.streams.http import HttpClient
from airbyte_cdk.sources.streams.http.error_handlers import BackoffStrategy, ErrorHandler, ErrorResolution, ResponseAction
from airbyte_cdk.sources.streams.http.page_size_reduction_exception import PageSizeReductionRequiredException
from airbyte_cdk.sources.streams.http.pagination_reset_exception import PaginationResetRequiredException
from airbyte_cdk.sources.streams.http.request_window_split_exception import RequestWindowSplitRequiredException
from airbyte_cdk.utils.traced_exception import AirbyteTracedException
from requests.auth import AuthBase

logging.disable(logging.CRITICAL)
START = datetime.datetime(2026, 1, 1)
clock = {"now": START, "sleeps": []}


class FakeDatetime:
    @staticmethod
    def now():
        return clock["now"]


class FakeModule:
    datetime = FakeDatetime
    timedelta = timedelta


def fake_sleep(seconds):
    if seconds:
        clock["sleeps"].append(seconds)
        clock["now"] += timedelta(seconds=seconds)


backoff._sync.datetime = FakeModule
time.sleep = fake_sleep

A = ResponseAction
ACTIONS = {
    200: (A.SUCCESS, None), 404: (A.IGNORE, None), 400: (A.FAIL, FailureType.config_error), 500: (A.RETRY, FailureType.transient_error), 503: (A.RETRY, None), 429: (A.RATE_LIMITED, FailureType.transient_error), 420: (A.RATE_LIMITED, FailureType.transient_error),
    401: (A.REFRESH_TOKEN_THEN_RETRY, FailureType.config_error), 409: (A.RESET_PAGINATION, None), 413: (A.REDUCE_PAGE_SIZE, None), 414: (A.SPLIT_REQUEST_WINDOW, None), 502: (A.RETRY, FailureType.config_error), 430: (A.RATE_LIMITED, FailureType.transient_error),
}
WAITS = {502: 3, 430: 4}


class Handler(ErrorHandler):
    def __init__(self, max_retries, max_time):
        self._max_retries, self._max_time = max_retries, max_time

    max_retries = property(lambda self: self._max_retries)
    max_time = property(lambda self: self._max_time)

    def interpret_response(self, response):
        if isinstance(response, Exception):
            return ErrorResolution(A.RETRY, FailureType.transient_error, "no answer")
        action, failure = ACTIONS[response.status_code]
        return ErrorResolution(action, failure, f"status {response.status_code}")


class Waits(BackoffStrategy):
    def backoff_time(self, response_or_exception, attempt_count):
        return WAITS.get(getattr(response_or_exception, "status_code", None))


class Auth(AuthBase):
    """`refreshes`: what each refresh comes to. `spare`: whether another token is left."""

    def __init__(self, refreshes, spare):
        self.refreshes, self.spare, self.token, self.calls = list(refreshes), spare, 0, 0
        if refreshes:
            self.refresh_and_set_access_token = self._refresh

    def __call__(self, request):
        request.headers["Authorization"] = f"t{self.token}"
        return request

    def get_auth_header(self):
        return {"Authorization": f"t{self.token}"}

    def has_alternative_token(self, request):
        return self.spare

    def _refresh(self):
        self.calls += 1
        what = self.refreshes.pop(0)
        if what == "ok":
            self.token += 1
        elif what == "config":
            raise AirbyteTracedException(failure_type=FailureType.config_error)
        else:
            raise RuntimeError("network")


def run(answers, max_retries, max_time, took, refreshes, spare):
    clock.update(now=START, sleeps=[])
    auth = Auth(refreshes, spare)
    client = HttpClient("s", logging.getLogger("x"), error_handler=Handler(max_retries, max_time), backoff_strategy=[Waits()], authenticator=auth)
    sent = []

    def send(request, **kwargs):
        answer = answers[min(len(sent), len(answers) - 1)]
        sent.append(request.headers.get("Authorization"))
        clock["now"] += timedelta(seconds=took)
        if answer == "E":
            raise requests.exceptions.ConnectionError("broken")
        response = requests.Response()
        response.status_code = answer
        response._content = b"{}"
        response.headers["Content-Type"] = "application/json"
        response.url = request.url
        return response

    client._session.send = send
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            _, response = client.send_request("GET", "https://h.test/", {})
            result = response.status_code
        except PaginationResetRequiredException:
            result = "RESET_PAGINATION"
        except PageSizeReductionRequiredException:
            result = "REDUCE_PAGE_SIZE"
        except RequestWindowSplitRequiredException:
            result = "SPLIT_REQUEST_WINDOW"
        except AirbyteTracedException as error:
            result = error.failure_type.value
    return {"result": result, "sent": sent, "waits": clock["sleeps"], "refreshes": auth.calls, "rate_limited": out.getvalue().count("RATE_LIMITED")}


CASES = [
    ([200],), ([404],), ([400],), ([409],), ([413],), ([414],),
    ([500, 200],), ([503, 500, 200],), ([500],), ([503],), (["E", 200],), (["E"],), ([429, 200],), ([429],), ([420],), ([502, 200],), ([502],), ([430],), ([430, 200],),
    ([500, 429, 502, 500, 200],), ([500, 429, 500, 429, 500, 429, 500, 429, 500, 429, 500, 429, 200],), ([502, 500] * 8,), ([502] * 4 + [500] + [502] * 4 + [500, 200],), ([429] * 4 + [500] + [429] * 4 + [500, 200],), ([502] * 5 + [429] + [502] * 5 + [200],), ([500, 400],), ([429, 404],), ([502, 413],),
    ([500], 0), ([429], 0), ([502], 0), ([500], -1), ([500], 2), ([502], 2), ([429], 2), ([500, 200], None), ([500], 10), ([429], 10), ([502], 10),
    ([500], 10, 20), ([502], 10, 10), ([429], 10, 20), ([500], 10, 0), ([502, 500], 10, 6), ([500], 10, None), ([500], 10, 30, 5), ([502], 10, 30, 5), ([500], 3, 600, 400), ([502], 3, 600, 400), ([429], 3, 600, 400), ([500], 10, 3), ([500], 10, 7),
    ([401, 200],), ([401],), ([401, 200], 5, 600, 0, ["ok"]), ([401], 5, 600, 0, ["ok"]), ([401], 5, 600, 0, ["fails"]), ([401, 200], 5, 600, 0, ["fails"]), ([401], 5, 600, 0, ["config"]), ([401, 500, 401], 5, 600, 0, ["ok"]), ([500, 401, 200], 5, 600, 0, ["ok"]), ([401, 200], 0, 600, 0, ["ok"]),
    ([429, 200], 5, 600, 0, [], True), ([430, 200], 5, 600, 0, [], True), ([429], 5, 600, 0, [], True), ([500, 200], 5, 600, 0, [], True), ([430, 429, 502, 200], 5, 600, 0, [], True),
]
DEFAULTS = [5, 600, 0, [], False]
rows = []
for case in CASES:
    answers, *rest = case
    given = [*rest, *DEFAULTS[len(rest):]]
    rows.append({"answers": answers, **dict(zip(["max_retries", "max_time", "took", "refreshes", "spare"], given)), "expected": run(answers, *given)})
text = ",\n ".join(json.dumps(row) for row in rows)
pathlib.Path(__file__).with_name("retry.json").write_text(f"[\n {text}\n]\n")
