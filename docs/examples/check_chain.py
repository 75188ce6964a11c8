#!/usr/bin/env python3
"""Checks the proof of a case's log that was downloaded from its page: python3 check_chain.py FILE

Needs nothing but Python, and nothing of the system that made the file.
"""

import hashlib
import json
import sys

proof = json.load(open(sys.argv[1], encoding="utf-8"))
previous = ""
for number, event in enumerate(proof["events"], start=1):
    assert event["seq"] == number, f"event {number} is missing"
    assert event["prev"] == previous, f"event {number} does not follow the one before"
    if event["text"] is not None:  # left out for some readers; the chain of hashes is checked all the same
        hashed = bytes.fromhex(previous) + f"{proof['case']}:{number}:{event['text']}".encode()
        assert hashlib.sha256(hashed).hexdigest() == event["hash"], f"event {number} was changed"
    previous = event["hash"]
assert previous == proof["head"], "the end of the chain is another one"
assert len(proof["events"]) == proof["length"], "events are missing"
print(f"{proof['length']} events, head {previous[:16]}…: the chain is whole")
