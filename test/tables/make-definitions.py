"""Writes definitions.json: the definitions of the manifest language, whether each goes by a `type`, and its properties.
/path/to/reference/python make-definitions.py"""
import json
import pathlib

import airbyte_cdk
import yaml

schema = yaml.safe_load(
    pathlib.Path(airbyte_cdk.__file__).with_name("sources").joinpath("declarative/declarative_component_schema.yaml").read_text()
)
rows = [
    {
        "name": name,
        "typed": "type" in definition.get("properties", {}),
        "properties": sorted(set(definition.get("properties", {})) - {"type", "$parameters"}),
        "required": sorted(set(definition.get("required", [])) - {"type"}),
    }
    for name, definition in {"DeclarativeSource": schema, **schema["definitions"]}.items()
]
rows = [rows[0], *sorted(rows[1:], key=lambda row: row["name"])]
pathlib.Path(__file__).with_name("definitions.json").write_text(
    "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
)
