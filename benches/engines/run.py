"""Runs KQL on Lakehunt and its best hand-written counterparts on other engines, side by side.

    cargo build --release --workspace
    target/release/lakehunt-generate --rows 5000000 --files 8 --out LAKE
    python -m venv .venv && .venv/bin/pip install -r benches/engines/requirements.txt
    .venv/bin/python benches/engines/run.py LAKE

A shape is a file of benches/shapes: the KQL, and what we found fastest for each engine on the same files. A run is a whole process,
from its start to the last row of JSON on its standard output. The engines take turns, so that a busy moment of the machine hits
all of them. The rows of every engine are compared with those of Lakehunt; for the hunts also with planted.json.
"""

import argparse
import contextlib
import importlib.metadata
import importlib.util
import json
import math
import os
import re
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

ENGINES = ("lakehunt", "duckdb", "chdb", "polars", "datafusion")
# Nothing but the start of the engine: what a query on no data would cost.
START = {"kql": "print one = 1", **dict.fromkeys(("duckdb", "chdb", "datafusion"), "SELECT 1 AS one"), "polars": 'pl.DataFrame({"one": [1]}).lazy()'}


class Skipped(Exception):
    """An engine cannot run here."""


def shapes(only):
    """The shapes by name: a dictionary of their fences, and their `tolerance:`, if they have one."""
    found = {"start": START}
    for file in sorted((HERE.parent / "shapes").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        found[file.stem] = dict(re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
        found[file.stem]["tolerance"] = float(next(iter(re.findall(r"^tolerance: (.*)$", text, re.MULTILINE)), 1e-9))
    return {name: shape for name, shape in found.items() if not only or name in only}


class Engines:
    """The command lines that run a shape, by engine."""

    def __init__(self, options, work):
        self.options, self.work = options, work

    def command(self, engine, name, shape):
        """The command; nothing where the shape has no form for the engine."""
        if engine == "lakehunt":
            return self.lakehunt(shape)
        if engine not in shape:
            return None
        if importlib.util.find_spec(engine) is None:
            raise Skipped(f"the Python package {engine} is not installed")
        table = {"duckdb": "read_parquet('{}')", "chdb": "file('{}', Parquet)"}.get(engine)
        text = shape[engine].replace("{now}", self.options.now)
        for source in ("CloudAppEvents", "EmailEvents") if table else ():
            text = text.replace("{" + source + "}", table.format(f"{self.options.lake}/{source}/*.parquet"))
        file = self.work / f"{engine}-{name}"
        file.write_text(text, encoding="utf-8")
        rest = {"datafusion": [self.options.lake], "polars": [self.options.lake, self.options.now]}.get(engine, [])
        return [sys.executable, str(HERE / f"{engine}_query.py"), str(self.options.threads), str(file), *rest]

    def lakehunt(self, shape):
        program = Path(self.options.bin) / "lakehunt"
        if not program.exists():
            raise Skipped(f"{program} is not built")
        options = ["--data", self.options.lake, "--now", self.options.now, "--threads", str(self.options.threads), "--format", "jsonl"]
        if "hunt" in shape:
            rule = next((ROOT / "data" / "hunts").glob(f"{shape['hunt'].strip()}.*"))
            return [str(program), "hunt", *options, str(rule)]
        return [str(program), "query", *options, shape["kql"]]


def as_installed(program):
    """Lets the system forget a program that was just linked: it would lie in large pages, each of which counts whole into
    the memory of a process, unlike those of the other engines, which were installed and are read from disk."""
    with contextlib.suppress(FileNotFoundError), open(program, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


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
        raise Skipped(f"failed with {process.returncode}: {lines[-1] if lines else 'no message'}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def read_rows(output):
    """The rows of lines of JSON, each an object."""
    rows = [json.loads(line) for line in Path(output).read_text(encoding="utf-8").splitlines()]
    # A hunt comes as one line for each rule.
    return rows[0]["rows"] if len(rows) == 1 and "rows" in rows[0] else rows


def comparable(row, columns):
    """The values in the order of the columns: null reads as the empty string, numbers as real ones."""
    def plain(value):
        if isinstance(value, list):
            return [plain(element) for element in value]
        if value is None:
            return ""
        return float(value) if isinstance(value, (int, float)) else value

    return [plain(row[name] if isinstance(row, dict) else row[i]) for i, name in enumerate(columns)]


def same(left, right, tolerance):
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b, tolerance) for a, b in zip(left, right))
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=tolerance)
    return left == right


def check(shape, output, reference, record):
    """Compares the rows of one run with those of Lakehunt, and those of a hunt with what was planted."""
    rows = read_rows(output)
    if "hunt" in shape:
        hunt = shape["hunt"].strip()
        names = [name for name, _ in record["hunts"][hunt]["columns"]]
        rows = [[row[name] for name in names] if isinstance(row, dict) else row for row in rows]
        found = planted.differences(hunt, record["hunts"][hunt], rows)
        return f"WRONG: {found[0][:120]}" if found else f"{len(rows):,} as planted"
    expected = read_rows(reference)
    if len(rows) != len(expected):
        return f"DIFFERS: {len(rows)} rows instead of {len(expected)}"
    columns = list(expected[0]) if expected else []
    # Sorted by the texts: numbers may differ a little.
    left, right = (
        sorted((comparable(row, columns) for row in table), key=lambda r: ([v for v in r if isinstance(v, str)], repr(r)))
        for table in (rows, expected)
    )
    for a, b in zip(left, right):
        if not same(a, b, shape["tolerance"]):
            return f"DIFFERS: {str(a)[:90]} instead of {str(b)[:90]}"
    return f"{len(rows):,}"


def report(measured, checked):
    """The table of medians, and the geometric means of the ratios."""
    lines = [
        "| shape | engine | wall ms | min – max | ÷ best other | CPU ms | ÷ best other | peak MB | rows |",
        "|---|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    ratios = {"wall": {}, "CPU": {}, "memory": {}}
    for shape in dict.fromkeys(shape for shape, _ in measured):
        results = {engine: [statistics.median(m) for m in zip(*runs)] for (s, engine), runs in measured.items() if s == shape}
        others = [result for engine, result in results.items() if engine != "lakehunt"]
        best = [min(values) for values in zip(*others)] if others else [math.nan] * 3
        if "lakehunt" in results and shape != "start":
            for kind, ours, other in zip(ratios, results["lakehunt"], best):
                ratios[kind][shape] = ours / other
        for engine in sorted(results, key=lambda e: results[e][0]):
            wall, processor, memory = results[engine]
            walls = [run[0] * 1e3 for run in measured[shape, engine]]
            lines.append(
                f"| {shape} | {engine} | {wall * 1e3:,.0f} | {min(walls):,.0f} – {max(walls):,.0f} | {wall / best[0]:.2f} "
                f"| {processor * 1e3:,.0f} | {processor / best[1]:.2f} | {memory:,.0f} | {checked.get((shape, engine), '')} |"
            )
    lines.append("")
    for kind, values in ratios.items():
        if values:
            mean = math.exp(statistics.fmean(map(math.log, values.values())))
            above = [f"{shape} {ratio:.2f}" for shape, ratio in sorted(values.items(), key=lambda v: -v[1]) if ratio > 1]
            lines.append(f"Lakehunt's {kind} ÷ the best other engine's: geometric mean {mean:.2f} of {len(values)} shapes; above 1: {', '.join(above) or 'none'}.  ")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Runs queries on several engines and prints a table.")
    parser.add_argument("lake", help="a folder made by lakehunt-generate")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--engines", default=",".join(ENGINES), help="a list, separated by commas")
    parser.add_argument("--shapes", default="", help="a list, separated by commas; all without it")
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    parser.add_argument("--bin", default=f"{target}/release", help="the folder of the built programs")
    parser.add_argument("--output", help="a file for the table, besides standard output")
    options = parser.parse_args()
    options.lake = str(Path(options.lake).resolve())
    # Only the time is read now: the processes that are measured start as copies of this one, so it must stay small.
    options.now = record_now(options.lake)
    chosen = shapes([s for s in options.shapes.split(",") if s])
    names = options.engines.split(",")

    as_installed(Path(options.bin) / "lakehunt")
    measured, outputs, skipped, loads = {}, {}, {}, []
    with tempfile.TemporaryDirectory() as work:
        engines = Engines(options, Path(work))
        # The first round warms the page cache and is not counted; its rows are compared.
        for round_number in range(options.runs + 1):
            loads.append(os.getloadavg()[0])
            for name, shape in chosen.items():
                turn = round_number % len(names)
                for engine in names[turn:] + names[:turn]:
                    if (name, engine) in skipped:
                        continue
                    output = f"{work}/{name}-{engine}" if round_number == 0 else f"{work}/rows"
                    try:
                        command = engines.command(engine, name, shape)
                        if command is None:
                            continue
                        result = run(command, output, options.threads)
                    except Skipped as reason:
                        skipped[name, engine] = f"{name} on {engine}: {reason}"
                        continue
                    if round_number == 0:
                        outputs[name, engine] = output
                    else:
                        measured.setdefault((name, engine), []).append(result)
        record = planted.load(options.lake)
        checked = {}
        for (name, engine), output in outputs.items():
            if name != "start" and ("hunt" in chosen[name] or (name, "lakehunt") in outputs):
                checked[name, engine] = check(chosen[name], output, outputs.get((name, "lakehunt")), record)

    made = record["made_with"]
    text = (
        f"{made['rows']:,} rows a table, {made['files']} files each, {options.threads} threads, "
        f"medians of {options.runs} runs, load {statistics.median(loads):.1f}, {versions()}\n\n"
        + report(measured, checked)
        + "".join(f"\n\nskipped: {reason}" for reason in dict.fromkeys(skipped.values()))
        + "\n"
    )
    print(text)
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    return 1 if any(result.startswith(("WRONG", "DIFFERS")) for result in checked.values()) else 0


def record_now(lake):
    with open(Path(lake) / "planted.json", encoding="utf-8") as record:
        return next(line.split('"')[3] for line in record if line.startswith('  "now"'))


def versions():
    packages = []
    for package in ENGINES[1:]:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            packages.append(f"{package} {importlib.metadata.version(package)}")
    return ", ".join(packages)


if __name__ == "__main__":
    sys.exit(main())
