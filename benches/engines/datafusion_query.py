"""Runs one SQL file on plain DataFusion and prints the rows as lines of JSON: `datafusion_query.py THREADS FILE LAKE`.

The statements end with a semicolon and a line break; the last one is the query.
"""

import json
import sys

from datafusion import SessionConfig, SessionContext

threads, file, lake = sys.argv[1:]
config = SessionConfig().with_target_partitions(int(threads)).set("datafusion.sql_parser.enable_ident_normalization", "false")
context = SessionContext(config)
for table in ("CloudAppEvents", "EmailEvents"):
    # In quotes, or the name would be put into lower case.
    context.register_parquet(f'"{table}"', f"{lake}/{table}/")
with open(file, encoding="utf-8") as sql:
    *settings, query = [s for s in sql.read().split(";\n") if s.strip()]
for statement in settings:
    context.sql(statement).collect()
for batch in context.sql(query).execute_stream():
    for row in batch.to_pyarrow().to_pylist():
        print(json.dumps(row))
