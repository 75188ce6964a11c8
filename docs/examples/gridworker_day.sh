#!/bin/sh
# A gridworker's day through the API, with curl and python3 (to read JSON). See gridworker_day.py for the same in Python.
#   sh docs/examples/gridworker_day.sh
# Elsewhere: BASE, GRID_USERNAME and GRID_PASSWORD in the environment, PHOTO for a picture of your own.
set -eu

BASE=${BASE:-http://127.0.0.1:8000}
API=$BASE/api/v1
USERNAME=${GRID_USERNAME:-grid001006001}
PASSWORD=${GRID_PASSWORD:-yicheng-demo}
LNG=${LNG:-117.59}
LAT=${LAT:-34.77}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { python3 -c 'import uuid; print(uuid.uuid4())'; }
# field EXPRESSION < JSON: one value out of an answer
field() { python3 -c 'import json, sys; a = json.load(sys.stdin); print(eval(sys.argv[1], {"a": a}) or "")' "$1"; }
ask() { curl -sS --fail-with-body -H "Authorization: Token $token" "$@"; }
# create PATH JSON: the key makes a request that is sent twice harmless
create() { ask -X POST -H "Idempotency-Key: $(key)" -H 'Content-Type: application/json' -d "$2" "$API$1"; }
# deed PATH VERSION JSON: the version that was seen, so that nobody's work is overwritten
deed() { ask -X POST -H "If-Match: \"$2\"" -H 'Content-Type: application/json' -d "$3" "$API$1"; }
attach() {
  ask -X POST -H "Idempotency-Key: $(key)" -F "purpose=$2" -F "file=@$photo;type=image/png" "$API/petitions/$1/attachments/"
}

if [ -n "${PHOTO:-}" ]; then
  photo=$PHOTO
else
  photo=$work/photo.png
  python3 - "$photo" <<'PNG'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = (b"\x00" + b"\x2e\x8b\x57" * 64) * 48
head = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
open(sys.argv[1], "wb").write(png)
PNG
fi

echo "1. Sign in"
token=$(curl -sS --fail-with-body -X POST -H 'Content-Type: application/json' \
  -d "{\"username\": \"$USERNAME\", \"password\": \"$PASSWORD\"}" "$API/auth/token/" | field 'a["token"]')
ask "$API/me/" | field '", ".join(a["roles"])'

echo "2. Today's tasks"
ask "$API/orders/?mine=true&open=true&ordering=handle_due_at&page_size=20" > "$work/tasks"
field '"\n".join(" ".join([t["number"], t["title"], t["state"]]) for t in a["results"])' < "$work/tasks"

echo "3. Report with a place and a photo"
create /petitions/ "{\"nature\": \"help\", \"title\": \"路边垃圾堆积\", \"description\": \"路边堆有生活垃圾,请安排清运。\", \"lng\": $LNG, \"lat\": $LAT}" > "$work/filed"
field 'a["number"]' < "$work/filed"
attach "$(field 'a["id"]' < "$work/filed")" report | field 'a["original_name"]'

order=$(field 'next((t["id"] for t in a["results"] if t["state"] == "assigned"), "")' < "$work/tasks")
if [ -z "$order" ]; then
  echo "4. No task waits for a signature"
else
  echo "4. Take it, act, finish with evidence"
  ask "$API/orders/$order/" > "$work/order"
  case=$(field 'a["petition"]' < "$work/order")
  version=$(deed "/orders/$order/sign/" "$(field 'a["version"]' < "$work/order")" '{}' | field 'a["version"]')
  version=$(deed "/orders/$order/progress/" "$version" '{"text": "已到现场,正在清理。"}' | field 'a["version"]')
  attach "$case" after | field 'a["purpose"]'
  deed "/orders/$order/complete/" "$version" '{"result": "已清理完毕,现场恢复整洁。"}' | field 'a["state"]'

  echo "5. See the result"
  ask "$API/petitions/$case/timeline/" | field '" ".join(e["name"] for e in a["results"])'
fi

ask -X DELETE "$API/auth/token/"
echo "Signed out"
