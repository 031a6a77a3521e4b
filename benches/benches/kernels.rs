//! How fast documents are read: `cargo bench -p lakehunt-benches --bench kernels`.
//!
//! `extract` takes one or three members out of documents as they stand in RawEventData, `has` looks for a term in them; beside each,
//! what a program without these kernels would do.

use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path as FilePath;
use std::sync::Arc;

use arrow::array::{AsArray, StringViewArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::ColumnarValue;
use lakehunt::dynamic::extract::Paths;
use lakehunt::dynamic::path::Path;
use lakehunt::functions::SCALARS;
use lakehunt::functions::adapter::Args;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;

const DOCUMENTS: usize = 4_096;

/// Documents of the sample lake.
fn raw_events() -> Vec<String> {
    let table = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../data/lake/CloudAppEvents");
    let mut documents = Vec::new();
    for entry in fs::read_dir(table).expect("the sample lake is part of the repository") {
        let file =
            File::open(entry.expect("a folder that can be read").path()).expect("a file that can be read");
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(file).and_then(|r| r.build()).expect("a Parquet file");
        for batch in reader {
            let batch = batch.expect("a sound file");
            let column = batch.column_by_name("RawEventData").expect("CloudAppEvents has RawEventData");
            let texts = cast(column, &DataType::Utf8View).expect("it is text");
            documents.extend(texts.as_string_view().iter().flatten().map(str::to_owned));
        }
    }
    documents.truncate(DOCUMENTS);
    documents
}

fn extract(criterion: &mut Criterion) {
    let documents = raw_events();
    let mut group = criterion.benchmark_group("extract");
    group.throughput(Throughput::Bytes(documents.iter().map(|d| d.len() as u64).sum()));
    for names in [&["ClientAppId"][..], &["ClientAppId", "AppId", "OperationCount"]] {
        let paths: Vec<_> = names.iter().map(|name| Path::from_json(&format!("[\"{name}\"]"))).collect();
        let paths = Paths::new(paths.iter().map(Option::as_ref));
        group.bench_function(format!("lakehunt/{}", names.len()), |b| {
            let mut found = vec![None; names.len()];
            b.iter(|| {
                for document in &documents {
                    paths.find(document, &mut found);
                    black_box(&found);
                }
            });
        });
        group.bench_function(format!("serde_json/{}", names.len()), |b| {
            b.iter(|| {
                for document in &documents {
                    let tree: Value = serde_json::from_str(document).expect("the generator writes JSON");
                    for name in names {
                        black_box(&tree[*name]);
                    }
                }
            });
        });
    }
}

fn has(criterion: &mut Criterion) {
    let documents = raw_events();
    let bytes = documents.iter().map(|d| d.len() as u64).sum();
    let column = ColumnarValue::Array(Arc::new(StringViewArray::from_iter_values(&documents)));
    let mut group = criterion.benchmark_group("has");
    group.throughput(Throughput::Bytes(bytes));
    for (label, kernel, needle) in [
        ("1", "kql_has", "1003df573f919382"),
        ("5", "kql_has_any", r#"["1003df573f919382","1003fed57b75ef59","1003fa7eb37f11be","mimikatz","üb"]"#),
    ] {
        let text =
            SCALARS.iter().copied().flatten().find(|k| k.name == kernel).expect("the kernel has this name");
        let values = [column.clone(), ColumnarValue::Scalar(ScalarValue::Utf8View(Some(needle.to_owned())))];
        for kernel in [Some(text), text.of_document].into_iter().flatten() {
            group.bench_function(format!("{}/{label}", kernel.name), |b| {
                b.iter(|| (kernel.eval)(&Args::new(&values, documents.len(), &DataType::Boolean)));
            });
        }
    }
    let regex =
        regex::Regex::new("(?i)(?:^|[^0-9A-Za-z])1003df573f919382(?:$|[^0-9A-Za-z])").expect("a regex");
    group.bench_function("regex/1", |b| b.iter(|| documents.iter().filter(|d| regex.is_match(d)).count()));
}

criterion_group!(benches, extract, has);
criterion_main!(benches);
