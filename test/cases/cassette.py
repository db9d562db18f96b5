"""The answers of a case: read from case.yaml, and served over HTTP by the rules of test/comparison/cassette.ts."""

import base64
import gzip
import io
import json
import re
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote

BASE = "http://mock.test"


def cassette(answers):
    """[{method, path, query, contains?, token?, replies}] of the `answers` of a case.yaml."""
    entries = []
    for name, said in answers.items():
        method, target, contains = re.fullmatch(r"(\S+) (\S+)(?: (.+))?", name).groups()
        path, _, query = target.partition("?")
        entry = {"method": method, "path": path, "query": parse_qsl(query, keep_blank_values=True)}
        if contains:
            entry["contains"] = contains
        replies = said if isinstance(said, list) else [said]
        if any(reply.get("token") for reply in replies):
            entry["token"] = True
        entries.append({**entry, "replies": [reply_of(reply) for reply in replies]})
    return entries


def reply_of(said):
    if said.get("reset"):
        return {"reset": True}
    headers = {name: str(value) for name, value in (said.get("headers") or {}).items()}
    reply = {"status": said.get("status", 200), "headers": headers}
    encoding = said.get("encoding", "utf-8")
    if "json" in said:
        headers.setdefault("Content-Type", "application/json")
        return {**reply, "body": json.dumps(said["json"], ensure_ascii=False)}
    if "text" in said and encoding == "utf-8":
        return {**reply, "body": said["text"]}
    return {**reply, "base64": base64.b64encode(bytes_of(said, encoding)).decode()}


def bytes_of(said, encoding):
    if "text" in said:
        return said["text"].encode(encoding)
    if "gzip" in said:
        return gzip.compress(said["gzip"].encode(encoding), mtime=0)
    if "zip" in said:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in said["zip"].items():
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text.encode(encoding))
        return out.getvalue()
    return base64.b64decode(said.get("base64", ""))


def body_of(text, content_type):
    """A body as golden.json holds it: `{json}`, `{form}`, `{text}`, or None."""
    if text == "":
        return None
    try:
        return {"json": json.loads(text)}
    except ValueError:
        pass
    if "form-urlencoded" in content_type:
        return {"form": sorted(parse_qsl(text, keep_blank_values=True))}
    return {"text": text}


def searched(body):
    """The text in which an answer's `contains` is looked for."""
    if body is None:
        return ""
    if "json" in body:
        return json.dumps(body["json"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return body["text"] if "text" in body else "&".join(f"{name}={value}" for name, value in body["form"])


def find(entries, request):
    """The entry that says most of this request; of equals, the first."""
    best, score = None, -1
    for entry in entries:
        fits = (
            entry["method"] == request["method"]
            and entry["path"] == request["path"]
            and all([name, value] in request["query"] for name, value in entry["query"])
            and entry.get("contains", "") in searched(request["body"])
        )
        says = len(entry["query"]) + ("contains" in entry)
        if fits and says > score:
            best, score = entry, says
    return best


class Server:
    """Serves a cassette on a free port; `requests` is what came, `unknown` what nothing answers."""

    def __init__(self, entries, denied):
        self.entries, self.denied = entries, denied
        self.requests, self.unknown, self.played = [], [], {}
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one_request(self):
                self.raw_requestline = self.rfile.readline(65537)
                if not self.raw_requestline:
                    self.close_connection = True
                elif self.parse_request():
                    outer.answer(self)
                    self.wfile.flush()

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def answer(self, handler):
        length = int(handler.headers.get("content-length") or 0)
        text = handler.rfile.read(length).decode("utf-8", "replace").replace(self.origin, BASE)
        path, _, query = handler.path.partition("?")
        request = {
            "method": handler.command,
            "path": unquote(path),
            "query": sorted([name, value.replace(self.origin, BASE)] for name, value in parse_qsl(query, keep_blank_values=True)),
            "body": body_of(text, handler.headers.get("content-type") or ""),
            "headers": {name.lower(): value.replace(self.origin, BASE) for name, value in handler.headers.items()},
        }
        with self.lock:
            self.requests.append(request)
            entry = find(self.entries, request)
            if entry is None:
                self.unknown.append(request)
                return self.send(handler, {"status": 404, "headers": {}, "body": "no answer for this request"})
            if self.denied and not entry.get("token"):
                body = '{"message": "bad credentials"}'
                return self.send(handler, {"status": 401, "headers": {"Content-Type": "application/json"}, "body": body})
            at = self.played[id(entry)] = self.played.get(id(entry), -1) + 1
        return self.send(handler, entry["replies"][min(at, len(entry["replies"]) - 1)])

    def send(self, handler, reply):
        if reply.get("reset"):
            handler.close_connection = True
            handler.connection.shutdown(2)
            return
        body = base64.b64decode(reply["base64"]) if "base64" in reply else reply["body"].replace(BASE, self.origin).encode()
        handler.send_response_only(reply["status"])
        for name, value in reply["headers"].items():
            handler.send_header(name, value.replace(BASE, self.origin))
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)
