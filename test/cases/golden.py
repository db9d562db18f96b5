"""Prints JSON for people: what fits stays on one line."""

import json

WIDTH = 120


def pretty(value, indent=""):
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    inner = indent + " "
    if isinstance(value, list):
        items = [pretty(item, inner) for item in value]
        return "[\n" + ",\n".join(inner + item for item in items) + "\n" + indent + "]"
    members = [f"{json.dumps(key, ensure_ascii=False)}: {pretty(item, inner)}" for key, item in value.items()]
    return "{\n" + ",\n".join(inner + member for member in members) + "\n" + indent + "}"
