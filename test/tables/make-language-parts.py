"""Makes language-parts.json, the definitions of the manifest language, their properties, and what each property may hold.

    python test/tables/make-language-parts.py > test/tables/language-parts.json     (with airbyte-cdk 7.39.1)
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


def properties(definition):
    named = definition.get("properties", {}).items()
    return {name: sorted(references(part)) for name, part in named if name not in ("type", "$parameters")}


definitions = {name: properties(definition) for name, definition in schema["definitions"].items()}
root = {"DeclarativeSource": properties(schema)}
rows = [f" {json.dumps(name)}: {json.dumps(said)}" for name, said in sorted({**definitions, **root}.items())]
print(f'{{"version": "{version("airbyte-cdk")}", "definitions": {{\n' + ",\n".join(rows) + "\n}}")
