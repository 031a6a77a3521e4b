"""Runs the three hunts on Lakehunt and on other engines, side by side, and prints a table in Markdown.

    cargo build --release --workspace
    target/release/lakehunt-generate --rows 5000000 --files 8 --out LAKE
    python -m venv .venv && .venv/bin/pip install -r benches/engines/requirements.txt
    .venv/bin/python benches/engines/run.py LAKE

Lakehunt runs the KQL of data/hunts as it stands; DuckDB, chDB and DataFusion run the best SQL that we could write for each by
hand (benches/sql). A run is a whole process, from its start to the last row of JSON on its standard output. The engines take turns, so
that a busy moment of the machine hits all of them. Every output of every run is compared with planted.json.
"""

import argparse
import contextlib
import importlib.metadata
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
import planted  # noqa: E402  (the module lies one folder up)

# Nothing but the start of the engine: what a hunt on no data would cost.
START = "start"



class Skipped(Exception):
    """An engine cannot run here."""


class Engines:
    """The command lines that run a hunt, one method for each engine."""

    def __init__(self, options, work):
        self.options, self.work = options, work

    def lakehunt(self, hunt):
        options = ["--data", self.options.lake, "--now", self.options.now, "--threads", str(self.options.threads)]
        if hunt == START:
            return [self.binary("lakehunt"), "query", *options, "--format", "json", "print one = 1"]
        rule = next((ROOT / "data" / "hunts").glob(f"{hunt}.*"))
        return [self.binary("lakehunt"), "hunt", *options, "--format", "jsonl", str(rule)]

    def datafusion(self, hunt):
        return [*self.script("datafusion", self.sql("datafusion", hunt)), str(self.options.lake)]

    def duckdb(self, hunt):
        return self.script("duckdb", self.sql("duckdb", hunt, lambda files: f"read_parquet('{files}')"))

    def chdb(self, hunt):
        return self.script("chdb", self.sql("chdb", hunt, lambda files: f"file('{files}', Parquet)"))

    def script(self, module, sql):
        if importlib.util.find_spec(module) is None:
            raise Skipped(f"the Python package {module} is not installed")
        return [sys.executable, str(HERE / f"{module}_query.py"), str(self.options.threads), sql]

    def binary(self, name):
        path = Path(self.options.bin) / name
        if not path.exists():
            raise Skipped(f"{path} is not built")
        return str(path)

    def sql(self, engine, hunt, table=None):
        """Writes the SQL of a hunt to a file, with the lake and the time filled in."""
        text = "SELECT 1 AS one"
        if hunt != START:
            text = (HERE.parent / "sql" / engine / f"{hunt}.sql").read_text(encoding="utf-8")
            for name in ("CloudAppEvents", "EmailEvents") if table else ():
                text = text.replace("{" + name + "}", table(f"{self.options.lake}/{name}/*.parquet"))
        file = self.work / f"{engine}-{hunt}.sql"
        file.write_text(text.replace("{now}", self.options.now), encoding="utf-8")
        return str(file)


ENGINES = ("lakehunt", "datafusion", "duckdb", "chdb")


def run(command, output, threads):
    """Runs a process to its end; returns wall and processor seconds and the peak of its memory in MB."""
    processors = sorted(os.sched_getaffinity(0))[:threads]
    with open(output, "wb") as stdout, open(f"{output}.err", "wb") as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=stdout, stderr=stderr, preexec_fn=lambda: os.sched_setaffinity(0, processors)
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        lines = Path(f"{output}.err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise Skipped(f"`{' '.join(command)}` failed with {process.returncode}: {lines[-1] if lines else 'no message'}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def read_rows(output, columns):
    """Rows of a JSON array or of lines of JSON; a row is an object or a list."""
    text = Path(output).read_text(encoding="utf-8").strip()
    rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    if len(rows) == 1 and isinstance(rows[0], dict) and "rows" in rows[0]:
        rows = rows[0]["rows"]
    return [[row[name] for name, _ in columns] if isinstance(row, dict) else row for row in rows]


def check(hunt, outputs, record):
    """Compares the outputs of all runs with what was planted."""
    for output in outputs:
        found = planted.differences(hunt, record["hunts"][hunt], read_rows(output, record["hunts"][hunt]["columns"]))
        if found:
            return f"WRONG: {len(found)} differences, such as {found[0][:200]}"
    return "as planted"


def report(measured, wrong, options):
    """The table of medians."""
    lines = [
        "| hunt | engine | wall ms | min – max | × fastest | CPU ms | peak MB | rows |",
        "|---|---|---:|---:|---:|---:|---:|---|",
    ]
    for hunt in (START, *planted.HUNTS):
        results = {engine: runs for (name, engine), runs in measured.items() if name == hunt}
        medians = {engine: statistics.median(wall for wall, _, _ in runs) for engine, runs in results.items()}
        for engine in sorted(medians, key=medians.get):
            walls, processor, memory = zip(*results[engine])
            lines.append(
                f"| {hunt} | {engine} | {medians[engine] * 1e3:,.0f} | {min(walls) * 1e3:,.0f} – {max(walls) * 1e3:,.0f} "
                f"| {medians[engine] / min(medians.values()):.2f} | {statistics.median(processor) * 1e3:,.0f} "
                f"| {statistics.median(memory):,.0f} | {wrong.get((hunt, engine), '')} |"
            )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Runs the hunts on several engines and prints a table.")
    parser.add_argument("lake", help="a folder made by lakehunt-generate")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--engines", default=",".join(ENGINES), help="a list, separated by commas")
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    parser.add_argument("--bin", default=f"{target}/release", help="the folder of the built programs")
    parser.add_argument("--output", help="a file for the table, besides standard output")
    options = parser.parse_args()
    options.lake = str(Path(options.lake).resolve())
    # Only the time is read now: the processes that are measured start as copies of this one, so it must stay small.
    options.now = record_now(options.lake)

    measured, outputs, skipped, loads = {}, {}, {}, []
    with tempfile.TemporaryDirectory() as work:
        engines = Engines(options, Path(work))
        names = options.engines.split(",")
        # The first round warms the page cache and is not counted.
        for round_number in range(-1, options.runs):
            loads.append(os.getloadavg()[0])
            for hunt in (START, *planted.HUNTS):
                turn = round_number % len(names)
                for engine in names[turn:] + names[:turn]:
                    if (hunt, engine) in skipped:
                        continue
                    output = f"{work}/{hunt}-{engine}-{round_number}"
                    try:
                        result = run(getattr(engines, engine)(hunt), output, options.threads)
                    except Skipped as reason:
                        skipped[hunt, engine] = f"{engine}: {reason}"
                        continue
                    if round_number >= 0:
                        measured.setdefault((hunt, engine), []).append(result)
                        outputs.setdefault((hunt, engine), []).append(output)
        record = planted.load(options.lake)
        wrong = {key: check(key[0], files, record) for key, files in outputs.items() if key[0] != START}

    made = record["made_with"]
    text = (
        f"{made['rows']:,} rows a table, {made['files']} files each, {options.threads} threads, "
        f"medians of {options.runs} runs, load {statistics.median(loads):.1f}, {versions()}\n\n"
        + report(measured, wrong, options)
        + "".join(f"\n\nskipped: {reason}" for reason in dict.fromkeys(skipped.values()))
        + "\n"
    )
    print(text)
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    return 1 if any(result.startswith("WRONG") for result in wrong.values()) else 0


def record_now(lake):
    with open(Path(lake) / "planted.json", encoding="utf-8") as record:
        return next(line.split('"')[3] for line in record if line.startswith('  "now"'))


def versions():
    packages = []
    for package in ("duckdb", "chdb"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            packages.append(f"{package} {importlib.metadata.version(package)}")
    return ", ".join(packages)


if __name__ == "__main__":
    sys.exit(main())
