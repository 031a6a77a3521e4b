//! How long the translation of a hunt takes: `cargo bench -p lakehunt-benches --bench translate`.
//!
//! `parse` is a part of `check`, and `check` of `translate`; so binding alone takes `check` less `parse`, and rewriting
//! and lowering take `translate` less `check`.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use kql2sql::{Column, Diagnostic, MemoryCatalog, Options, Table, Type};

/// The hunts of `data/hunts`, with the lines around their query.
const HUNTS: [(&str, &str, &str); 3] = [
    ("mail-item-access-by-graph-api.md", "```kusto\n", "```"),
    ("email-remediation-actions-via-explorer.txt", "query: |\n", "version:"),
    ("user-submissions-intra-org-senders.txt", "query: |\n", "version:"),
];

/// 2026-11-01T00:00:00Z, the time for which the sample is made.
const NOW: i64 = 639_290_880_000_000_000;

fn hunts(criterion: &mut Criterion) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let catalog = catalog(&data.join("schemas.json"));
    let options = Options { now: Some(NOW), ..Options::default() };
    for (file, before, after) in HUNTS {
        let document =
            fs::read_to_string(data.join("hunts").join(file)).expect("the hunts are part of the repository");
        let kql =
            document.split_once(before).and_then(|(_, rest)| rest.split_once(after)).expect("a query").0;
        let errors: Vec<_> = kql2sql::translate(kql, &catalog, &options)
            .diagnostics
            .into_iter()
            .filter(Diagnostic::is_error)
            .collect();
        assert!(errors.is_empty(), "{file}: {errors:?}");

        let mut group = criterion.benchmark_group(file);
        group.bench_function("parse", |bench| bench.iter(|| kql2sql::syntax::parse(black_box(kql))));
        group.bench_function("check", |bench| {
            bench.iter(|| kql2sql::check(black_box(kql), &catalog, &options))
        });
        group.bench_function("translate", |bench| {
            bench.iter(|| kql2sql::translate(black_box(kql), &catalog, &options));
        });
        let translation = kql2sql::translate(kql, &catalog, &options);
        group.bench_function("print", |bench| bench.iter(|| black_box(&translation.results[0]).text()));
        group.finish();
    }
}

fn catalog(schemas: &Path) -> MemoryCatalog {
    let schemas = fs::read_to_string(schemas).expect("the schemas are part of the repository");
    let schemas: serde_json::Value = serde_json::from_str(&schemas).expect("the schemas are JSON");
    let mut catalog = MemoryCatalog::new();
    for (name, columns) in schemas.as_object().into_iter().flatten() {
        let columns = columns.as_object().into_iter().flatten().map(|(column, kusto)| {
            let kusto = kusto.as_str().and_then(Type::parse);
            Column::new(column, kusto.unwrap_or_else(|| panic!("{name}.{column} has no Kusto type")))
        });
        catalog.insert(Table { name: name.clone(), columns: columns.collect() });
    }
    catalog
}

criterion_group!(benches, hunts);
criterion_main!(benches);
