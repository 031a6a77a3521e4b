"""Runs one Polars expression and prints the rows as lines of JSON: `polars_query.py THREADS FILE LAKE NOW`.

The expression sees the tables as lazy frames, and `now`.
"""

import os
import sys

threads, file, lake, now = sys.argv[1:]
os.environ["POLARS_MAX_THREADS"] = threads

from datetime import datetime, timedelta, timezone  # noqa: E402

import polars as pl  # noqa: E402

names = {table: pl.scan_parquet(f"{lake}/{table}/*.parquet") for table in ("CloudAppEvents", "EmailEvents")}
names |= {"pl": pl, "timedelta": timedelta, "now": datetime.fromisoformat(now[:19]).replace(tzinfo=timezone.utc)}
with open(file, encoding="utf-8") as query:
    frame = eval(query.read(), names)
# No file of its own: the rows go to standard output as they are.
frame.collect(engine="streaming").write_ndjson(sys.stdout.buffer)
