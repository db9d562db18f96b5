from dataclasses import InitVar, dataclass
from typing import Any, Mapping

import requests
from airbyte_cdk.models import FailureType
from airbyte_cdk.sources.declarative.decoders.decoder import Decoder
from airbyte_cdk.sources.declarative.requesters import HttpRequester
from airbyte_cdk.sources.declarative.requesters.error_handlers import BackoffStrategy, DefaultErrorHandler
from airbyte_cdk.sources.streams.http.error_handlers.response_models import ErrorResolution, ResponseAction
from airbyte_cdk.sources.utils.transform import TransformConfig, TypeTransformer


@dataclass
class TracedRequester(HttpRequester):
    def get_request_headers(self, *, stream_state=None, stream_slice=None, next_page_token=None):
        return {"X-Traced": "yes"}


@dataclass
class LockedErrorHandler(DefaultErrorHandler):
    def interpret_response(self, response_or_exception):
        if isinstance(response_or_exception, requests.Response) and response_or_exception.status_code == 423:
            return ErrorResolution(ResponseAction.RETRY, FailureType.transient_error, "It is locked.")
        return super().interpret_response(response_or_exception)


@dataclass
class SquareBackoff(BackoffStrategy):
    config: Mapping[str, Any]
    parameters: InitVar[Mapping[str, Any]]
    base: int

    def backoff_time(self, response_or_exception, attempt_count):
        return self.base * attempt_count**2


@dataclass
class PairsDecoder(Decoder):
    def is_stream_response(self):
        return False

    def decode(self, response):
        for line in response.text.splitlines():
            yield dict(pair.split("=") for pair in line.split(";"))


class UpperNormalization(TypeTransformer):
    def __init__(self):
        super().__init__(TransformConfig.DefaultSchemaNormalization | TransformConfig.CustomSchemaNormalization)

        @self.registerCustomTransform
        def cast(value, schema):
            return value.upper() if isinstance(value, str) else value
