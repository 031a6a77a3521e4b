//! How fast other crates take one or three members out of documents, to be read beside `extract` of `kernels`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiter::Jiter;
use sonic_rs::{PointerTree, get, get_many};
use std::hint::black_box;

/// The documents in the file that the environment variable `DOCUMENTS` names: rows of one column as lines of JSON.
fn documents() -> Vec<String> {
    let file = std::env::var("DOCUMENTS").expect("DOCUMENTS names a file, as in the README");
    let text = std::fs::read_to_string(file).expect("a file of UTF-8");
    let document = |row: &str| row.strip_prefix("{\"RawEventData\":")?.strip_suffix('}').map(str::to_owned);
    text.lines().filter_map(document).take(4_096).collect()
}

/// Members by a walk over the document until all are found, as datafusion-functions-json does for one.
fn walk<'a>(document: &'a str, names: &[&str], found: &mut [Option<&'a str>]) -> Option<()> {
    let mut jiter = Jiter::new(document.as_bytes());
    let mut left = names.len();
    let mut name = jiter.next_object().ok()?;
    while left > 0 {
        let wanted = name.and_then(|name| names.iter().position(|n| *n == name));
        name?;
        let start = jiter.current_index();
        jiter.next_skip().ok()?;
        if let Some(wanted) = wanted {
            found[wanted] = document.get(start..jiter.current_index());
            left -= 1;
        }
        name = jiter.next_key().ok()?;
    }
    Some(())
}

fn extract(criterion: &mut Criterion) {
    let documents = documents();
    let mut group = criterion.benchmark_group("extract");
    group.throughput(Throughput::Bytes(documents.iter().map(|d| d.len() as u64).sum()));
    for names in [&["ClientAppId"][..], &["ClientAppId", "AppId", "OperationCount"]] {
        group.bench_function(format!("jiter/{}", names.len()), |b| {
            let mut found = vec![None; names.len()];
            b.iter(|| {
                for document in &documents {
                    black_box(walk(document, names, &mut found));
                    black_box(&found);
                }
            });
        });
        let mut tree = PointerTree::new();
        names.iter().for_each(|name| tree.add_path(&[*name]));
        group.bench_function(format!("sonic-rs/{}", names.len()), |b| {
            b.iter(|| {
                for document in &documents {
                    match names {
                        [name] => drop(black_box(get(document.as_str(), &[*name]))),
                        _ => drop(black_box(get_many(document.as_str(), &tree))),
                    }
                }
            });
        });
    }
}

criterion_group!(benches, extract);
criterion_main!(benches);
