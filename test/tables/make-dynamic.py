"""Writes dynamic.json: what the reference makes of dynamic streams, their checks, and dynamic schemas.
/path/to/reference/python make-dynamic.py"""

import copy
import json
import logging
import pathlib
import urllib.parse
import warnings

import requests
import requests_cache
from airbyte_cdk.models import ConfiguredAirbyteCatalogSerializer
from airbyte_cdk.sources.declarative.concurrent_declarative_source import ConcurrentDeclarativeSource
from airbyte_cdk.utils.traced_exception import AirbyteTracedException

logging.disable(logging.CRITICAL)
warnings.filterwarnings("ignore")
logger = logging.getLogger("airbyte")
HOST = "http://api.test"

ANSWERS = {
    "/lists": [{"id": 1, "name": "one", "data": "d1", "path": "list/1"}, {"id": 2, "name": "two", "data": "d2", "path": "list/2"}],
    "/twins": [{"id": 1, "name": "same"}, {"id": 2, "name": "same"}],
    "/numbered": [{"id": 1, "name": 11}],
    "/none": [],
    "/groups/a/lists": [{"id": 1, "name": "one"}],
    "/groups/b/lists": [{"id": 2, "name": "two"}],
    "/items/1": [{"id": 1}],
    "/items/2": [{"id": 2}],
    "/items/": [{"id": 0}],
    "/fields": [{"fields": [{"key": "Id", "type": "integer"}, {"key": "Full Name", "type": "varchar"}, {"key": "at", "type": ["date", "null"]}, {"key": "tags", "type": "tags", "of": "x"}, {"key": "plain"}], "names": ["a", "b"], "map": {"x": {"type": "number"}, "y": 1}, "empty": [], "odd": [{"key": 5}], "unknown": [{"key": "k", "type": "geometry"}], "null": [{"key": "k", "type": None}], "pairs": [{"key": "p", "type": ["string", "number"]}, {"key": "q", "type": ["string", "number", "boolean"]}], "text": "ab"}],
    "/denied": [403, {"error": "no"}],
}


class Network:
    """Answers in place of the network, and keeps what was asked for."""

    def __init__(self):
        self.asked = set()

    def send(self, session, request, **_):
        url = urllib.parse.urlsplit(request.url)
        self.asked.add(url.path + ("?" + url.query if url.query else ""))
        response = requests.Response()
        answer = ANSWERS.get(url.path, [404, {"error": "nothing here"}])
        status, body = answer if answer and isinstance(answer[0], int) else [200, answer]
        response.status_code, response._content, response.url, response.request = status, json.dumps(body).encode(), request.url, request
        response.headers["Content-Type"] = "application/json"
        return response


def retriever(path, **fields):
    return {
        "type": "SimpleRetriever",
        "requester": {"type": "HttpRequester", "url_base": HOST, "path": path, "http_method": "GET", "error_handler": {"type": "DefaultErrorHandler", "response_filters": [{"type": "HttpResponseFilter", "http_codes": [403], "action": "FAIL", "failure_type": "config_error"}]}},
        "record_selector": {"type": "RecordSelector", "extractor": {"type": "DpathExtractor", "field_path": []}},
        **fields,
    }


def stream(name, path, **fields):
    return {"type": "DeclarativeStream", "name": name, "primary_key": [], "schema_loader": {"type": "InlineSchemaLoader", "schema": {"type": "object", "properties": {"id": {"type": "integer"}}}}, "retriever": retriever(path), **fields}


def mapping(path, value, **fields):
    return {"type": "ComponentMappingDefinition", "field_path": path, "value": value, **fields}


NAME = mapping(["name"], "{{ components_values['name'] }}")
PATH = mapping(["retriever", "requester", "path"], "/items/{{ components_values['id'] }}")
TEMPLATE = stream("", "")


def http(mappings=(NAME, PATH), path="/lists", template=TEMPLATE, more=None, **fields):
    return {"type": "DynamicDeclarativeStream", "stream_template": template, "components_resolver": {"type": "HttpComponentsResolver", "retriever": retriever(path, **(more or {})), "components_mapping": list(mappings)}, **fields}


def from_config(mappings=(NAME, PATH), lists=None, template=TEMPLATE, **fields):
    lists = lists or {"type": "StreamConfig", "configs_pointer": ["lists"]}
    return {"type": "DynamicDeclarativeStream", "stream_template": template, "components_resolver": {"type": "ConfigComponentsResolver", "stream_config": lists, "components_mapping": list(mappings)}, **fields}


def parametrized(values, mappings=(NAME, PATH), template=TEMPLATE, **fields):
    return {"type": "DynamicDeclarativeStream", "stream_template": template, "components_resolver": {"type": "ParametrizedComponentsResolver", "stream_parameters": {"type": "StreamParametersDefinition", "list_of_parameters_for_stream": values}, "components_mapping": list(mappings)}, **fields}


def names(*listed, **fields):
    return {"type": "CheckStream", "stream_names": list(listed), **fields}


def generated(definition, count=None):
    config = {"type": "DynamicStreamCheckConfig", "dynamic_stream_name": definition}
    return config if count is None else {**config, "stream_count": count}


def count(number, **fields):
    return {"type": "CheckDynamicStream", "stream_count": number, **fields}


def pointer(*path, **fields):
    return {"type": "StreamConfig", "configs_pointer": list(path), **fields}


SPEC = {"type": "Spec", "connection_specification": {"type": "object"}}
CONFIG = {"lists": [{"id": 1, "name": "one"}, {"id": 2, "name": "two"}], "twins": [{"id": 1, "name": "same"}, {"id": 2, "name": "same"}], "plain": ["x", "y"], "sizes": [{"size": "s"}, {"size": "m"}], "single": {"id": 1, "name": "only"}, "key": "lists", "0": "zero", "nested": {"a": {"items": [{"id": 1, "name": "deep"}]}}, "on": True, "null": None}
FIXED = stream("fixed", "/items/1")
OTHER = stream("other", "/items/2")
BROKEN = stream("broken", "/items/1", primary_key=[["a", "b"]])
LOST = stream("lost", "/nowhere")
DENIED = stream("denied", "/denied")


def case(name, dynamic=(), streams=None, check=None, config=CONFIG, **manifest):
    fields = {"streams": streams} if streams is not None else {}
    if dynamic:
        fields["dynamic_streams"] = list(dynamic)
    return name, config, {"version": "7.0.0", "type": "DeclarativeSource", "check": check or count(1), **fields, "spec": SPEC, **manifest}


def schema(identifier, path="/fields", read=None, **fields):
    loader = {"type": "DynamicSchemaLoader", "retriever": read or retriever(path), "schema_type_identifier": identifier, **fields}
    return stream("s", "/items/1", schema_loader=loader)


FIELDS = {"schema_pointer": ["fields"], "key_pointer": ["key"]}
TYPES = [{"current_type": "varchar", "target_type": "string"}, {"current_type": ["date", "null"], "target_type": ["date", "string"]}, {"current_type": "tags", "target_type": {"field_type": "array", "items": {"field_type": "array", "items": "integer"}}}]
TYPED = {**FIELDS, "type_pointer": ["type"], "types_mapping": TYPES}


def values(*listed):
    """Values that a mapping puts into the parameters of a stream, where any of them may stand."""
    template = copy.deepcopy(TEMPLATE)
    template["retriever"]["requester"]["request_parameters"] = {"v": "0"}
    return [
        case(f"value {value} as {value_type} by {kind}", [make(value, value_type, template)], check=count(1))
        for value, value_type in listed
        for kind, make in (("http", by_http), ("config", by_config), ("parameters", by_parameters))
    ]


def put(value, value_type):
    more = {} if value_type is None else {"value_type": value_type}
    return [NAME, PATH, mapping(["retriever", "requester", "request_parameters", "v"], value, **more)]


def by_http(value, value_type, template):
    return http(put(value, value_type), template=template)


def by_config(value, value_type, template):
    return from_config(put(value, value_type), template=template)


def by_parameters(value, value_type, template):
    return parametrized(CONFIG["lists"], put(value, value_type), template=template)


def with_parameters(stream_parameters, own):
    template = copy.deepcopy(TEMPLATE)
    template["$parameters"] = stream_parameters
    template["retriever"]["requester"]["$parameters"] = own
    template["retriever"]["requester"]["path"] = "/items/{{ parameters['id'] }}"
    return template


PARENT = {"type": "SubstreamPartitionRouter", "parent_stream_configs": [{"type": "ParentStreamConfig", "stream": stream("parent", "/lists"), "parent_key": "id", "partition_field": "list"}]}
ROUTED = {"partition_router": {"type": "ListPartitionRouter", "cursor_field": "group", "values": ["a", "b"]}}
ID = mapping(["retriever", "requester", "$parameters", "id"], "{{ components_values['id'] }}")
CASES = [
    # resolvers
    case("http", [http()]),
    case("http, two definitions", [http(name="first"), from_config((mapping(["name"], "c{{ components_values.name }}"), PATH), name="second")], check=names(dynamic_streams_check_configs=[generated("first", 1), generated("second")])),
    case("http by partitions", [http((mapping(["name"], "{{ stream_slice.group }}_{{ components_values.name }}"), PATH), "/groups/{{ stream_partition.group }}/lists", more=ROUTED)]),
    case("http by the partitions of a parent", [http((mapping(["name"], "n{{ stream_slice['list'] }}"), PATH), "/items/{{ stream_partition.list }}", more={"partition_router": PARENT})]),
    case("http, record by attribute", [http((mapping(["name"], "{{ components_values.data.name }}"), PATH))]),
    case("http, a condition", [http((NAME, mapping(["name"], "x", condition="{{ true }}")))]),
    case("http, nothing to make places", [http((NAME, PATH, mapping(["retriever", "paginator"], "{{ 'x' }}", create_or_update=True)))]),
    case("http, no records", [http(path="/none", name="d")], check=names(dynamic_streams_check_configs=[generated("d")])),
    case("http, no records, with a fixed stream", [http(path="/none", name="d")], [FIXED], check=names("fixed", dynamic_streams_check_configs=[generated("d")])),
    case("http, twins", [http(path="/twins")]),
    case("http, twins over definitions", [http(), http()]),
    case("http, a name that is no text", [http(path="/numbered")]),
    case("http, a name kept text", [http((mapping(["name"], "{{ components_values.name }}", value_type="string"), PATH), "/numbered")]),
    case("http denied", [http(path="/denied")]),
    case("http lost", [http(path="/nowhere")]),
    case("http denied, by name", [http(path="/denied")], check=names("one")),
    case("config", [from_config()]),
    case("config, twins", [from_config(lists=pointer("twins"))]),
    case("config, twins, by name", [from_config(lists=pointer("twins"))], check=names("same")),
    case("config, not there", [from_config(lists=pointer("missing"))]),
    case("config, a single object", [from_config(lists=pointer("single"))]),
    case("config, pointer by template", [from_config(lists=pointer("{{ parameters.where }}", **{"$parameters": {"where": "lists"}}))]),
    case("config, nested pointer with a glob", [from_config(lists=pointer("nested", "*", "items"))]),
    case("config, ambiguous pointer", [from_config(lists=pointer("*"))]),
    case("config, default values", [from_config(lists=pointer("lists", default_values=[{"id": 2, "name": "more"}]))]),
    case("config, default values only", [from_config(lists=pointer("missing", default_values=[{"id": 2, "name": "more"}]))]),
    case("config, product", [from_config((mapping(["name"], "{{ components_values.name }}_{{ components_values.size }}"), PATH), [pointer("lists"), pointer("sizes")])]),
    case("config, product with nothing", [from_config(lists=[pointer("lists"), pointer("missing")])]),
    case("config, plain items", [from_config((mapping(["name"], "{{ components_values['source_config_0'][1] }}{{ components_values.source_config_0[0] }}"), mapping(["retriever", "requester", "path"], "/items/1")), pointer("plain"))]),
    case("config, conditions", [from_config((NAME, PATH, mapping(["name"], "changed", condition="{{ components_values.id == 2 }}"), mapping(["primary_key"], "id", condition="{{ config.on and stream_template_config.type == 'DeclarativeStream' }}")))]),
    case("config, an empty condition", [from_config((NAME, PATH, mapping(["primary_key"], "id", condition="")))]),
    case("config, a condition by parameters", [{**from_config((NAME, PATH, mapping(["primary_key"], "id", condition="{{ parameters.yes }}"))), "$parameters": {"yes": True}}]),
    case("parameters", [parametrized([{"id": 1, "name": "one"}, {"id": 2, "name": "two"}])]),
    case("parameters, none", [parametrized([])], [FIXED], check=names("fixed")),
    case("parameters, a condition", [parametrized(CONFIG["lists"], (NAME, mapping(["name"], "x", condition="{{ true }}")))]),
    # places
    *(case(f"place {path} {'made' if create else 'kept'}", [from_config((NAME, PATH, mapping(path, value, create_or_update=create)))]) for path, value in [(["primary_key"], "id"), (["schema_loader", "schema", "properties", "new", "type"], "string"), (["retriever", "*", "path"], "/items/2"), (["**", "path"], "/items/2"), (["schema_loader", "schema", "properties", "*", "type"], "number"), (["schema_loader", "schema", "required", "0"], "id"), (["schema_loader", "schema", "required", "1"], "id"), (["schema_loader", "schema", "{{ components_values.name }}"], "{{ components_values }}"), (["name", "deeper"], "x"), (["schema_loader", "schema", "x"], "{{ [] }}"), (["nothing"], "x")] for create in (False, True)),
    case("primary keys as a list", [from_config((NAME, PATH, mapping(["primary_key"], '["id", "name"]')))]),
    case("a whole component", [from_config((NAME, PATH, mapping(["retriever", "partition_router"], '{"type": "ListPartitionRouter", "cursor_field": "c", "values": ["1", "2"], "request_option": {"type": "RequestOption", "inject_into": "request_parameter", "field_name": "c"}}', create_or_update=True)))]),
    # what is fitted to a field
    case("an integer as a path", [from_config((NAME, mapping(["retriever", "requester", "path"], "{{ components_values.id }}")))]),
    case("an integer as the primary key", [from_config((NAME, PATH, mapping(["primary_key"], "{{ components_values.id }}")))]),
    case("null as the primary key", [from_config((NAME, PATH, mapping(["primary_key"], "null")))]),
    case("null as the retriever", [from_config((NAME, PATH, mapping(["retriever"], "null")))]),
    case("a text as the retriever", [from_config((NAME, PATH, mapping(["retriever"], "none")))]),
    case("another type", [from_config((NAME, PATH, mapping(["type"], "Other")))]),
    case("no method", [from_config((NAME, PATH, mapping(["retriever", "requester", "http_method"], "FETCH")))]),
    case("a boolean by word", [from_config((NAME, PATH, mapping(["retriever", "ignore_stream_slicer_parameters_on_paginated_requests"], "'yes'", create_or_update=True)))]),
    case("a boolean that is none", [from_config((NAME, PATH, mapping(["retriever", "ignore_stream_slicer_parameters_on_paginated_requests"], "perhaps", create_or_update=True)))]),
    case("invalid beyond what is tried", [from_config((NAME, PATH, mapping(["retriever", "requester", "http_method"], "FETCH", condition="{{ components_values.id == 2 }}")))]),
    *values(("{{ components_values.id }}", None), ("{{ components_values.id }}", "string"), ("{{ components_values.id }}", "integer"), ("{{ components_values.id }}", "number"), ("{{ components_values.id }}", "boolean"), ("1.5", "number"), ("1.5", None), ("True", "boolean"), ("true", None), ("yes", None), ("'yes'", None), ("007", None), ("1_000", None), ("1:30", None), ("a: b", "string"), ("[1, 2", None), ("{{ '{{ x' }}", None), ("%Y-%m-%d", "string"), ("text # more", None), ("- a", "string"), ("{{ stream_template_config['name'] }}!", None), ("{{ config.key }}", None), ("~", "string"), ("'", "string")),
    # parameters again
    *(case(f"parameters of the stream {'win' if use else 'lose' if use is False else 'win by default'}", [from_config((NAME, ID), template=with_parameters({"id": 1}, {"id": 9}), **({} if use is None else {"use_parent_parameters": use}))]) for use in (True, False, None)),
    case("parameters put into a stream", [from_config((NAME, mapping(["$parameters", "id"], "{{ components_values.id }}")), template=with_parameters({"id": 9}, {}))]),
    case("parameters of the definition", [{**from_config((NAME,), template=with_parameters({}, {})), "$parameters": {"id": 2}}]),
    # checks
    case("check fixed by name", [http(path="/denied")], [FIXED, OTHER], names("other")),
    case("check beside a broken one", [], [FIXED, BROKEN], names("fixed")),
    case("check a broken one", [], [FIXED, BROKEN], names("broken")),
    case("check nothing by name", [http()], [FIXED], names()),
    case("check nothing at all", [], [], names()),
    case("check nothing at all by count", [], [], count(1)),
    case("check by an empty list of dynamic streams", [], [FIXED], {"type": "CheckStream", "dynamic_streams_check_configs": []}),
    case("check that names nothing", [], [FIXED], {"type": "CheckStream"}),
    case("check one that is not there", [], [FIXED], names("missing")),
    case("check a lost one before one that is not there", [], [FIXED, LOST], names("lost", "missing")),
    case("check one that is not there before a lost one", [], [FIXED, LOST], names("missing", "lost")),
    case("check a generated one by name", [from_config()], [FIXED], names("fixed", "two")),
    case("check a denied one", [], [DENIED], names("denied")),
    case("check a denied one by count", [], [DENIED], count(1)),
    case("check an unknown definition", [http(name="known")], [FIXED], names("fixed", dynamic_streams_check_configs=[generated("unknown")])),
    case("check a definition by its place", [http(), from_config((mapping(["name"], "c{{ components_values.name }}"), PATH))], check=names(dynamic_streams_check_configs=[generated("dynamic_stream_1", 1)])),
    case("check more than there are", [http(name="d")], check=names(dynamic_streams_check_configs=[generated("d", 10)])),
    case("check none of a definition", [http(name="d")], check=names(dynamic_streams_check_configs=[generated("d", 0)])),
    *(case(f"check by count {number}{'' if use else ', unread'}", [from_config()], [FIXED, LOST], count(number, use_check_availability=use)) for number in (-1, 0, 1, 2, 9) for use in (True, False)),
    case("check by count before a broken one", [], [FIXED, BROKEN], count(1)),
    case("check by count a broken one", [], [FIXED, BROKEN], count(2)),
    case("check names in the config", [], [FIXED, LOST], names("lost"), {"__airbyte_check_stream_names": ["fixed"]}),
    case("check no names in the config", [], [FIXED, LOST], names("fixed"), {"__airbyte_check_stream_names": []}),
    case("check names in the config that are none", [], [FIXED, LOST], names("fixed"), {"__airbyte_check_stream_names": "fixed"}),
    case("overrides make other streams", [from_config()], check=count(1, config_overrides={"lists": [{"id": 9, "name": "nine"}]})),
    case("overrides of reserved names", [from_config()], check=count(1, config_overrides={"__airbyte_check_stream_names": []})),
    # conditional streams
    *(case(f"conditional streams where {condition}", dynamic, [FIXED, {"type": "ConditionalStreams", "condition": condition, "streams": [OTHER]}], names("other")) for condition in ("{{ config.on }}", "{{ config.off }}", "{{ parameters.x }}", "{{ config['lists'] | length > 5 }}", "") for dynamic in ([], [from_config()])),
    case("conditional streams without a condition", [], [{"type": "ConditionalStreams", "streams": [OTHER]}], names("other")),
    # manifests that are none
    case("neither kind of streams", [], None, names("x")),
    case("an unknown field", [], [FIXED], names("fixed"), unknown=1),
    case("a resolver without a type", [{**from_config(), "components_resolver": {k: v for k, v in from_config()["components_resolver"].items() if k != "type"}}]),
    case("an unknown resolver", [{**from_config(), "components_resolver": {**from_config()["components_resolver"], "type": "Other"}}]),
    case("a definition without a template", [{k: v for k, v in from_config().items() if k != "stream_template"}]),
    case("a value that is no text", [from_config((mapping(["name"], 1),))]),
    case("mappings and lists without a type", [{**from_config(), "components_resolver": {"type": "ConfigComponentsResolver", "stream_config": {"configs_pointer": ["lists"]}, "components_mapping": [{"field_path": ["name"], "value": "{{ components_values.name }}"}]}}]),
    # schemas
    *(case(f"schema {name}", [], [schema(identifier, **fields)], names("s")) for name, identifier, fields in [
        ("untyped", FIELDS, {}), ("typed", TYPED, {}), ("stated type", {"type": "SchemaTypeIdentifier", **TYPED}, {}), ("unmapped", {**FIELDS, "type_pointer": ["type"]}, {}), ("no type", {**FIELDS, "type_pointer": []}, {}),
        ("names", {"schema_pointer": ["names"], "key_pointer": []}, {}), ("keys of a map", {"schema_pointer": ["map"], "key_pointer": []}, {}), ("characters", {"schema_pointer": ["text"], "key_pointer": []}, {}), ("keys of the record", {"key_pointer": []}, {}), ("keys without names", {"schema_pointer": ["map"], "key_pointer": ["key"]}, {}), ("nothing at the pointer", {"schema_pointer": ["missing"], "key_pointer": ["key"]}, {}), ("an empty list", {"schema_pointer": ["empty"], "key_pointer": ["key"]}, {}), ("odd key", {"schema_pointer": ["odd"], "key_pointer": ["key"]}, {}), ("unknown type", {"schema_pointer": ["unknown"], "key_pointer": ["key"], "type_pointer": ["type"]}, {}), ("null type", {"schema_pointer": ["null"], "key_pointer": ["key"], "type_pointer": ["type"]}, {}), ("pairs", {"schema_pointer": ["pairs"], "key_pointer": ["key"], "type_pointer": ["type"], "types_mapping": [{"current_type": ["string", "number", "boolean"], "target_type": "string"}]}, {}), ("three types", {"schema_pointer": ["pairs"], "key_pointer": ["key"], "type_pointer": ["type"]}, {}),
        ("by templates", {"schema_pointer": ["{{ parameters.at }}"], "key_pointer": ["{{ config.key_name or 'key' }}"], "$parameters": {"at": "fields"}}, {}),
        ("conditions", {**TYPED, "types_mapping": [{"current_type": "varchar", "target_type": "number", "condition": "{{ raw_schema.key == 'Id' }}"}, {"current_type": "varchar", "target_type": "boolean", "condition": "{{ config.on }}"}, *TYPES]}, {}),
        ("items of no array", {**FIELDS, "types_mapping": [{"current_type": "x", "target_type": {"field_type": "string", "items": "string"}}]}, {}), ("a type never used", {**FIELDS, "types_mapping": [{"current_type": "x", "target_type": {"field_type": "geometry"}}]}, {}), ("complex types", {**TYPED, "types_mapping": [{"type": "TypesMap", "current_type": "tags", "target_type": {"type": "ComplexFieldType", "field_type": "array", "items": "string"}}, *TYPES]}, {}), ("a complex type without items", {**TYPED, "types_mapping": [{"current_type": "tags", "target_type": {"field_type": "object"}}, *TYPES]}, {}),
        ("filtered", TYPED, {"schema_filter": {"type": "RecordFilter", "condition": "{{ record.keys() | first != 'plain' }}"}}), ("filtered by type", TYPED, {"schema_filter": {"type": "RecordFilter", "condition": "{{ 'Id' in record or record.get('tags') }}"}}), ("filtered by nothing", TYPED, {"schema_filter": {"type": "RecordFilter"}}),
        ("changed", TYPED, {"schema_transformations": [{"type": "KeysToSnakeCase"}, {"type": "RemoveFields", "field_pointers": [["plain"]]}, {"type": "AddFields", "fields": [{"path": ["added"], "value": "{{ {'type': 'string', 'of': config.key} }}"}]}]}), ("lowered", TYPED, {"schema_filter": {"type": "RecordFilter", "condition": "{{ 'Full Name' in record }}"}, "schema_transformations": [{"type": "KeysToLower"}]}), ("flattened", TYPED, {"schema_transformations": [{"type": "FlattenFields"}]}),
        ("no record", TYPED, {"path": "/none"}), ("denied", TYPED, {"path": "/denied"}), ("lost", TYPED, {"path": "/nowhere"}), ("no key pointer", {"schema_pointer": ["fields"]}, {}),
    ]),
    case("schemas of generated streams", [from_config((NAME, PATH, mapping(["schema_loader", "schema_type_identifier", "schema_pointer"], '["names"]')), template=schema({"schema_pointer": ["fields"], "key_pointer": []}))]),
]


def failure(error):
    return {"exit": 0 if isinstance(error, AirbyteTracedException) and error.failure_type.value == "config_error" else 1}


def attempt(config, manifest, work, catalog=None):
    """What comes of a verb, and the requests that it makes."""
    network = Network()
    requests.Session.send = requests_cache.CacheMixin.send = lambda session, request, **more: network.send(session, request, **more)
    try:
        source = ConcurrentDeclarativeSource(catalog=catalog, config=copy.deepcopy(config), state=None, source_config=copy.deepcopy(manifest))
        result = work(source)
    except Exception as error:
        result = failure(error)
    return {**result, "requests": sorted(network.asked)}


def check(config):
    def work(source):
        return {"exit": 0, "status": source.check(logger, config).status.value}

    return work


def discover(source):
    streams = []
    for each in source.discover(logger, {}).streams:
        streams.append({"name": each.name, "json_schema": each.json_schema, "source_defined_primary_key": each.source_defined_primary_key})
    return {"exit": 0, "streams": streams}


def read(config, catalog):
    def work(source):
        records, failed = {}, False
        try:
            for message in source.read(logger, config, catalog, None):
                if message.type.value == "RECORD":
                    records.setdefault(message.record.stream, []).append(message.record.data)
        except Exception:
            failed = True
        return {"exit": int(failed), "records": records}

    return work


VALUES = {"value", "place"}  # what these come to shows in discover and read


def row(name, config, manifest):
    checked = attempt(config, manifest, check(config))
    if checked["exit"] == 0 and "status" not in checked:
        checked["status"] = "FAILED"
    found = attempt(config, manifest, discover)
    if "streams" not in found:
        found["exit"] = 1
    result = {"name": name, "config": config, "manifest": manifest, "check": checked, "discover": found}
    if name.split()[0] in VALUES:
        del result["check"]
    if name.startswith("place"):
        return result
    if found["exit"] == 0 and found["streams"]:
        configured = {"streams": [{"stream": {"name": each["name"], "json_schema": {}, "supported_sync_modes": ["full_refresh"]}, "sync_mode": "full_refresh", "destination_sync_mode": "append"} for each in found["streams"]]}
        catalog = ConfiguredAirbyteCatalogSerializer.load(configured)
        result["read"] = attempt(config, manifest, read(config, catalog), catalog)
    return result


rows = [row(*each) for each in CASES]
path = pathlib.Path(__file__).with_name("dynamic.json")
lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":"), default=str) for each in rows)
path.write_text(f'{{"host":{json.dumps(HOST)},"answers":{json.dumps(ANSWERS, separators=(",", ":"))},"rows":[\n{lines}\n]}}\n')
