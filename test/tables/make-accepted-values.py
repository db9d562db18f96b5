"""Writes accepted-values.json: for each property of each component, which values the reference's language takes there.

Run: python make-accepted-values.py (in an environment with airbyte-cdk 7.39.1). Each row is a component with no more than it
needs, the place of a property in it, and for each of the values whether the component is accepted with it.
"""

import copy
import json
from pathlib import Path

import airbyte_cdk.sources.declarative
import yaml
from airbyte_cdk.sources.declarative.models import declarative_component_schema as models
from jsonschema import Draft7Validator

schema = yaml.safe_load((Path(airbyte_cdk.sources.declarative.__path__[0]) / "declarative_component_schema.yaml").read_text())
root = {key: value for key, value in schema.items() if key != "definitions"}
definitions = {**schema["definitions"], "DeclarativeSource": root}

VALUES = [
    "text", "", "{{ config['a'] }}", 0, 1, 2, -1, 0.5, 2.0, True, None,
    [], ["text"], ["text", "text"], [["text"]], [1], [1, 1], [1, 1.0], [1, True], [0.5], [None], {}, {"a": "b"}, {"a": 1}, {"a": None}, {"a": ["b"]}, {"a": {"b": 1}}, [{}], [{"a": "b"}],
]  # fmt: skip


def target(part):
    return definitions[part["$ref"].split("/")[-1]] if "$ref" in part else part


def least(part, open=()):
    """A small value that a piece of schema takes; None where it would hold itself."""
    if "$ref" in part:
        return None if part["$ref"] in open else least(target(part), (*open, part["$ref"]))
    if "enum" in part:
        return part["enum"][0]
    if "properties" not in part and ("anyOf" in part or "oneOf" in part):
        found = [least(option, open) for option in part.get("anyOf") or part["oneOf"]]
        return min((each for each in found if each is not None), key=lambda each: len(json.dumps(each)), default=None)
    kind = part.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in part:
        own = part.get("properties", {})
        stated = [*(["type"] if "type" in own else []), *part.get("anyOf", [{}])[0].get("required", [])]
        made = {name: least(own[name], open) for name in dict.fromkeys([*stated, *part.get("required", [])])}
        return None if None in made.values() else made
    if kind == "array":
        item = least(part.get("items", {"type": "string"}), open)
        return None if item is None else [item] * max(1, part.get("minItems", 0))
    return {"string": "text", "integer": 2, "number": 2, "boolean": True, None: {"a": "b"}}[kind]


def accepts(name, value):
    whole = {**definitions[name], "definitions": schema["definitions"]}
    if not Draft7Validator(whole).is_valid(value):
        return False
    model = getattr(models, name)
    try:
        model.parse_obj(copy.deepcopy(value))
        return True
    except ValueError:
        return False


def shapes(part):
    """The mappings that a piece of schema describes in place, without those that have a name."""
    if "properties" in part:
        yield part
    for option in part.get("anyOf", []) + part.get("oneOf", []):
        if "$ref" not in option:
            yield from shapes(option)


def put(value, path, member):
    changed = copy.deepcopy(value)
    holder = changed
    for key in path[:-1]:
        holder = holder.setdefault(key, {})
    holder[path[-1]] = member
    return changed


def rows(name):
    base = least(definitions[name])
    if not accepts(name, base):
        raise SystemExit(f"{name}: {base} is refused")

    def visit(part, above, start):
        for key, prop in part.get("properties", {}).items():
            if key in ("$parameters", "type"):
                continue
            path = [*above, key]
            own = [least(prop), *choices(prop)]
            own += [untyped(each) for each in own]
            own += [[each, each] for each in own[:1] if "array" not in str(prop.get("type"))]
            values = []
            for value in own:
                if not any(repr(value) == repr(each) for each in [*VALUES, *values]):
                    values.append(value)
            yield {
                "component": start,
                "path": path,
                "accepts": "".join("01"[accepts(name, put(start, path, value))] for value in VALUES),
                "own": [[value, accepts(name, put(start, path, value))] for value in values],
            }
            for shape in shapes(prop):
                yield from visit(shape, path, put(start, path, least(shape)))

    return list(visit(definitions[name], [], base))


def choices(part):
    found = list(part.get("enum", []))
    for option in part.get("anyOf", []) + part.get("oneOf", []) + ([part["items"]] if isinstance(part.get("items"), dict) and "enum" in part["items"] else []):
        found += [least(option), *choices(option)]
    if part.get("type") == "array" and "enum" in part.get("items", {}):
        found = [[each] for each in found]
    return found


def untyped(value):
    """The same without the type that it states."""
    if isinstance(value, list):
        return [untyped(each) for each in value]
    return {key: each for key, each in value.items() if key != "type"} if isinstance(value, dict) else value


table = {}
for name in sorted(definitions):
    if "type" in definitions[name].get("properties", {}) and hasattr(models, name):
        table.update({name: rows(name)})
lines = ",\n".join(
    f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(row)}" for row in made) + "\n ]" for name, made in table.items()
)
text = f'{{"values": {json.dumps(VALUES)},\n"components": {{\n{lines}\n}}}}\n'
Path(__file__).with_name("accepted-values.json").write_text(text)
print(len(table), "components,", sum(map(len, table.values())), "properties,", len(text), "bytes")
