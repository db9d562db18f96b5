from dataclasses import InitVar, dataclass
from typing import Any, List, Mapping

from airbyte_cdk.sources.declarative.extractors.record_filter import RecordFilter
from airbyte_cdk.sources.declarative.migrations.state_migration import StateMigration
from airbyte_cdk.sources.declarative.schema.schema_loader import SchemaLoader
from airbyte_cdk.sources.declarative.transformations import RecordTransformation


@dataclass
class JoinNames(RecordTransformation):
    target: str
    fields: List[str]

    def transform(self, record, config=None, stream_state=None, stream_slice=None):
        record[self.target] = " ".join(record.pop(field) for field in self.fields if field in record)


@dataclass
class OnlyWithName(RecordFilter):
    def filter_records(self, records, stream_state, stream_slice=None, next_page_token=None):
        for record in records:
            if "first" in record:
                yield record


@dataclass
class FieldsSchemaLoader(SchemaLoader):
    fields: Mapping[str, str]

    def get_json_schema(self):
        return {"type": "object", "properties": {name: {"type": ["null", type]} for name, type in self.fields.items()}}


class SinceToSeen(StateMigration):
    def should_migrate(self, stream_state):
        return "since" in stream_state

    def migrate(self, stream_state):
        return {"seen": stream_state["since"]}
