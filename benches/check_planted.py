"""Checks a lake's planted.json with another engine: DuckDB runs the hunts, translated to SQL by hand.

    python -m venv .venv && .venv/bin/pip install -r benches/engines/requirements.txt
    .venv/bin/python benches/check_planted.py data/lake
    .venv/bin/python benches/check_planted.py --record data/variants/planted-us.json data/variants/us data/variants/us_naive

So the expected rows that the tests and benchmarks rely on have two sources that share no code: the generator's record of
what it wrote, and what DuckDB reads from the files.
"""

import argparse
import sys
from pathlib import Path

import duckdb

import planted

SQL = Path(__file__).parent / "sql" / "duckdb"


def main():
    parser = argparse.ArgumentParser(description="Checks planted.json with DuckDB.")
    parser.add_argument("lakes", nargs="+", help="folders with a folder for each table")
    parser.add_argument("--record", help="the record, if it is not in the lake or beside it")
    arguments = parser.parse_args()
    failed = False
    for lake in arguments.lakes:
        record = planted.load(lake, arguments.record)
        connection = duckdb.connect()
        for hunt in planted.HUNTS:
            sql = (SQL / f"{hunt}.sql").read_text(encoding="utf-8")
            for table in ("CloudAppEvents", "EmailEvents"):
                # Lakes of other writers have other units of time, and no time zone: it is UTC.
                source = f"(SELECT * REPLACE (CAST(Timestamp AS TIMESTAMPTZ_NS) AS Timestamp) FROM read_parquet('{lake}/{table}/*.parquet'))"
                sql = sql.replace("{" + table + "}", source)
            rows = connection.execute(sql.replace("{now}", record["now"])).fetchall()
            differences = planted.differences(hunt, record["hunts"][hunt], rows)
            failed |= bool(differences)
            print(f"{lake}: {hunt}: {len(rows)} rows, {'as planted' if not differences else f'{len(differences)} differences'}")
            for difference in differences[:10]:
                print(f"    {difference}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
