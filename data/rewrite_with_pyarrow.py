"""Rewrites the sample lake with another writer, in the forms that other people's lakes come in.

    python -m venv .venv && .venv/bin/pip install pyarrow==26.0.1
    .venv/bin/python data/rewrite_with_pyarrow.py

Each variant holds every row that a hunt looks at and one in sixteen of the others, so data/planted.json is what the hunts must
return on it, too. The variants in microseconds lose the last digit of a time, which the second hunt shows: their record is
data/variants/planted-us.json.
"""

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

DATA = Path(__file__).parent
TABLES = ("CloudAppEvents", "EmailEvents")


def retyped(table, timestamp=None, text=None):
    """The table with other types for its times or texts."""
    fields = []
    for field in table.schema:
        if timestamp and pa.types.is_timestamp(field.type):
            field = field.with_type(timestamp)
        if text and pa.types.is_string(field.type):
            field = field.with_type(text)
        fields.append(field)
    return table.cast(pa.schema(fields), safe=False)


# What each variant changes, and how it is written. Codecs and versions of pages differ on purpose.
VARIANTS = {
    "us": (dict(timestamp=pa.timestamp("us", "UTC")), dict(compression="snappy")),
    "us_naive": (dict(timestamp=pa.timestamp("us")), dict(compression="zstd", data_page_version="2.0")),
    "ns_naive": (dict(timestamp=pa.timestamp("ns")), dict(compression="brotli")),
    "dictionary": (dict(text=pa.dictionary(pa.int32(), pa.string())), dict(compression="zstd")),
    "large_string": (dict(text=pa.large_string()), dict(compression="zstd", use_dictionary=False)),
}


def looked_at(activities, mail):
    """The rows that a hunt looks at, and some of the others."""
    activity = pc.is_in(activities["ActionType"], pa.array(["MailItemsAccessed", "UserSubmission"]))
    submissions = activities.filter(pc.equal(activities["ActionType"], "UserSubmission"))
    submitted = pa.array([json.loads(raw)["ObjectId"] for raw in submissions["RawEventData"].to_pylist()])
    ordinary = pa.array(["Delivered", "Blocked", "Quarantined", "Junked", "Moved to inbox"])
    delivery = pc.or_(pc.is_in(mail["NetworkMessageId"], submitted), pc.invert(pc.is_in(mail["LatestDeliveryAction"], ordinary)))
    for table, wanted in ((activities, activity), (mail, delivery)):
        some = pc.equal(pc.bit_wise_and(pa.array(range(len(table))), 15), 0)
        yield table.filter(pc.or_(wanted, some))


def main():
    tables = dict(zip(TABLES, looked_at(*(pq.read_table(DATA / "lake" / table) for table in TABLES))))
    for variant, (types, written) in VARIANTS.items():
        for name, table in tables.items():
            folder = DATA / "variants" / variant / name
            folder.mkdir(parents=True, exist_ok=True)
            pq.write_table(retyped(table, **types), folder / "part-0.parquet", row_group_size=500, **written)
    planted = (DATA / "planted.json").read_text(encoding="utf-8")
    without_last_digit = re.sub(r"(\\\\\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})\dZ\\\\", r"\g<1>0Z\\\\", planted)
    (DATA / "variants" / "planted-us.json").write_text(without_last_digit, encoding="utf-8")


if __name__ == "__main__":
    main()
