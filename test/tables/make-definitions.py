"""Writes definitions.json: the definitions of the manifest language, what each demands, and the definitions that each of its
properties may hold.

Run: python make-definitions.py (in an environment with airbyte-cdk 7.39.1)
"""

import json
from importlib.metadata import version
from pathlib import Path

import airbyte_cdk.sources.declarative
import yaml

schema = yaml.safe_load((Path(airbyte_cdk.sources.declarative.__path__[0]) / "declarative_component_schema.yaml").read_text())


def references(part):
    """The names of all definitions that a piece of schema refers to."""
    if isinstance(part, list):
        return {name for item in part for name in references(item)}
    if not isinstance(part, dict):
        return set()
    own = {part["$ref"].split("/")[-1]} if isinstance(part.get("$ref"), str) else set()
    return own.union(*(references(value) for key, value in part.items() if key not in ("examples", "default")))


def described(definition):
    named = definition.get("properties", {}).items()
    return {
        "required": sorted(set(definition.get("required", [])) - {"type"}),
        "properties": {name: sorted(references(part)) for name, part in named if name not in ("type", "$parameters")},
    }


definitions = {"DeclarativeSource": schema, **schema["definitions"]}
rows = [f" {json.dumps(name)}: {json.dumps(described(said))}" for name, said in sorted(definitions.items())]
text = f'{{"version": "{version("airbyte-cdk")}", "definitions": {{\n' + ",\n".join(rows) + "\n}}\n"
Path(__file__).with_name("definitions.json").write_text(text)
