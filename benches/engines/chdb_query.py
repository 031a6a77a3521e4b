"""Runs one SQL file on chDB and prints the rows as lines of JSON: `chdb_query.py THREADS FILE`."""

import sys

import chdb

threads, file = sys.argv[1:]
with open(file, encoding="utf-8") as sql:
    result = chdb.query(f"{sql.read()} SETTINGS max_threads = {threads}", "JSONEachRow")
sys.stdout.buffer.write(result.bytes())
