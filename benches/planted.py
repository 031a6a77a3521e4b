"""The rows that the hunts must return, as the generator recorded them, and the comparison with what an engine returned."""

import json
import math
from pathlib import Path

HUNTS = ("mail-item-access-by-graph-api", "email-remediation-actions-via-explorer", "user-submissions-intra-org-senders")


def load(lake, record=None):
    """Reads the record of a lake: the file `record`, or planted.json in the lake or beside it."""
    places = [Path(record)] if record else [Path(lake) / "planted.json", Path(lake).parent / "planted.json"]
    found = next((place for place in places if place.exists()), places[0])
    return json.loads(found.read_text(encoding="utf-8"))


def differences(hunt, expected, rows):
    """Compares the rows of a hunt with the expected ones. Returns a description of each difference.

    The order of rows is compared by the column that the hunt sorts by; ties, and the elements of lists, may come in any order.
    """
    rows = [list(map(_plain, row)) for row in rows]
    expected = [list(map(_plain, row)) for row in expected["rows"]]
    found = []
    sorted_by = {HUNTS[0]: 0, HUNTS[1]: 1, HUNTS[2]: 1}[hunt]
    keys = [(row[sorted_by] is not None, row[sorted_by]) for row in rows]
    if any(before < after for before, after in zip(keys, keys[1:])):
        found.append(f"rows are not in the descending order of column {sorted_by}")
    if len(rows) != len(expected):
        found.append(f"{len(rows)} rows instead of {len(expected)}")
    identity = 2 if hunt == HUNTS[0] else 1
    rows, expected = ({tuple(row[:identity]): row for row in table} for table in (rows, expected))
    for key in sorted(rows.keys() - expected.keys(), key=repr):
        found.append(f"unexpected: {rows[key]}")
    for key in sorted(expected.keys() - rows.keys()):
        found.append(f"missing: {expected[key]}")
    for key in sorted(expected.keys() & rows.keys()):
        if not _same(rows[key], expected[key]):
            found.append(f"{rows[key]} instead of {expected[key]}")
    return found


def _plain(value):
    return sorted(value, key=repr) if isinstance(value, (list, tuple)) else value


def _same(left, right):
    if isinstance(left, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, float) or isinstance(right, float):
        return left is not None and math.isclose(left, right, rel_tol=1e-9)
    return left == right
