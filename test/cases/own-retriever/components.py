from dataclasses import dataclass

from airbyte_cdk.sources.declarative.retrievers import SimpleRetriever
from airbyte_cdk.sources.types import Record


@dataclass
class TwiceRetriever(SimpleRetriever):
    def read_records(self, records_schema, stream_slice=None):
        for record in super().read_records(records_schema, stream_slice):
            yield record
            yield Record({**record.data, "id": record.data["id"] * 10}, self.name, stream_slice)
