"""Runs one SQL file on DuckDB and prints the rows as lines of JSON: `duckdb_query.py THREADS FILE`."""

import sys

import duckdb

threads, file = sys.argv[1:]
connection = duckdb.connect(config={"threads": int(threads), "preserve_insertion_order": False})
with open(file, encoding="utf-8") as sql:
    connection.execute(f"COPY ({sql.read()}) TO '/dev/stdout' (FORMAT json)")
