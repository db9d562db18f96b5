"""Reads the same API with requests, and prints the same RECORD lines: python read.py [port]"""

import json
import sys
import time

import requests

port = sys.argv[1] if len(sys.argv) > 1 else "4500"
session = requests.Session()
page = 1
while True:
    params = {"page": page, "per_page": 1000}
    answer = session.get(f"http://127.0.0.1:{port}/customers", params=params)
    answer.raise_for_status()
    records = answer.json()["data"]
    for data in records:
        record = {"stream": "customers", "data": data, "emitted_at": int(time.time() * 1000)}
        print(json.dumps({"type": "RECORD", "record": record}))
    if len(records) < 1000:
        break
    page += 1
