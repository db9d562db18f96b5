#!/usr/bin/env bash
# Reads the API with source-rest-api, a Python script and, where there is one, the Python CDK:
#   PYTHON=python3 CDK=/path/to/source-declarative-manifest bash run.sh
# Prints seconds, CPU seconds (user + system), peak memory, and records.
set -euo pipefail
cd "$(dirname "$0")"
node server.mjs 4500 &
trap 'kill %1' EXIT
out="$(mktemp)"
echo '{}' >"$out.config"

read_with() {
  local name="$1"
  shift
  /usr/bin/time -f "%e s, %U + %S s CPU, %M KB" -o "$out.time" "$@" >"$out"
  echo "$name: $(tail -1 "$out.time"), $(grep -c '"RECORD"' "$out") records"
}

curl --silent --output /dev/null --retry-connrefused --retry 20 --retry-delay 1 "http://127.0.0.1:4500/?page=[1-201]&per_page=1000"
for _ in 1 2 3; do
  read_with "source-rest-api" node ../bin/source-rest-api.mjs read --config config.json --catalog catalog.json
  read_with "Python script" "${PYTHON:-python3}" read.py 4500
  if [ -n "${CDK:-}" ]; then
    read_with "Python CDK" "$CDK" read --config "$out.config" --catalog catalog.json --manifest-path manifest.yaml
  fi
done
