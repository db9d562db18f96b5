from dataclasses import InitVar, dataclass
from typing import Any, Mapping

from airbyte_cdk.sources.declarative.partition_routers.partition_router import PartitionRouter
from airbyte_cdk.sources.declarative.requesters.paginators.strategies.pagination_strategy import PaginationStrategy
from airbyte_cdk.sources.types import StreamSlice


@dataclass
class QuarterRouter(PartitionRouter):
    config: Mapping[str, Any]
    parameters: InitVar[Mapping[str, Any]]
    first_year: int
    years: int

    def stream_slices(self):
        for year in range(self.first_year, self.first_year + self.years):
            for quarter in range(1, 5):
                yield StreamSlice(partition={"year": year, "quarter": f"{year}Q{quarter}"}, cursor_slice={})

    def get_request_params(self, **_):
        return {}

    def get_request_headers(self, **_):
        return {}

    def get_request_body_data(self, **_):
        return {}

    def get_request_body_json(self, **_):
        return {}

    def set_initial_state(self, stream_state):
        pass

    def get_stream_state(self):
        return None


@dataclass
class PagesLeft(PaginationStrategy):
    config: Mapping[str, Any]
    parameters: InitVar[Mapping[str, Any]]
    page_size: int

    @property
    def initial_token(self):
        return 1

    def next_page_token(self, response, last_page_size, last_record, last_page_token_value):
        return (last_page_token_value or 1) + 1 if response.json()["left"] else None

    def get_page_size(self):
        return self.page_size
