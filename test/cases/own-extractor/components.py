from dataclasses import InitVar, dataclass
from typing import Any, Mapping

from airbyte_cdk.sources.declarative.extractors import DpathExtractor
from airbyte_cdk.sources.declarative.extractors.record_extractor import RecordExtractor
from airbyte_cdk.sources.declarative.interpolation import InterpolatedString


@dataclass
class EntriesExtractor(RecordExtractor):
    config: Mapping[str, Any]
    parameters: InitVar[Mapping[str, Any]]
    key_field: str
    inner: DpathExtractor

    def __post_init__(self, parameters):
        self._key = InterpolatedString.create(self.key_field, parameters=parameters or {})

    def extract_records(self, response):
        name = self._key.eval(self.config)
        for found in self.inner.extract_records(response):
            for key, value in found.items():
                yield {name: key, **value}
