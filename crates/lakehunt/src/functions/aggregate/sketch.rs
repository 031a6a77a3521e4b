//! Sketches as dynamic values, and the aggregates that merge them.

use super::digest::Digest;
use super::distinct::Hll;
use crate::functions::adapter::{AggregateKernel, ArgType, GroupState, Input, ReturnType};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringViewArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use std::fmt::Debug;
use std::sync::Arc;

/// `kql_hll_merge(sketch)`, `kql_tdigest_merge(sketch)`: what is no sketch does not count; null where there is none.
pub const MERGES: [AggregateKernel; 2] = [merge::<Hll>(), merge::<Digest>()];

const fn merge<S: Sketch>() -> AggregateKernel {
    AggregateKernel {
        name: S::MERGE,
        args: &[ArgType::Text],
        optional: 0,
        variadic: None,
        returns: ReturnType::Dynamic,
        ordered: false,
        saved: |_| vec![DataType::Utf8View],
        state: |_| Ok(Box::new(Merged::<S> { sketches: vec![] })),
    }
}

/// What is known of many values, in a form of bounded size that can be stored.
pub trait Sketch: Sized + Clone + Debug + Send + Sync + 'static {
    /// The name of the aggregate that merges such sketches.
    const MERGE: &str;

    /// Reads what [`Sketch::to_json`] wrote; none if it is something else.
    fn parse(json: &str) -> Option<Self>;

    /// As a dynamic value. Its form is ours: Kusto does not document its own.
    fn to_json(&self) -> String;

    /// Takes another one in.
    fn merge(&mut self, other: Self);

    /// The bytes that it holds on the heap.
    fn heap(&self) -> usize;
}

/// The sketches of all groups; none before the first.
#[derive(Debug)]
struct Merged<S> {
    sketches: Vec<Option<S>>,
}

impl<S: Sketch> GroupState for Merged<S> {
    fn grow(&mut self, groups: usize) {
        self.sketches.resize_with(groups, || None);
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let texts = input.columns[0].as_string_view();
        input.for_each(|row, group| {
            let sketch = if texts.is_null(row) { None } else { S::parse(texts.value(row)) };
            match (&mut self.sketches[group], sketch) {
                (Some(mine), Some(other)) => mine.merge(other),
                (none @ None, sketch) => *none = sketch,
                (Some(_), None) => {}
            }
        });
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        self.update(input)
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.finish(groups)?])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        let json = self.sketches[..groups].iter().map(|sketch| sketch.as_ref().map(S::to_json));
        Ok(Arc::new(json.collect::<StringViewArray>()))
    }

    fn forget(&mut self, groups: usize) {
        self.sketches.drain(..groups);
    }

    fn heap(&self) -> usize {
        let sketches: usize = self.sketches.iter().flatten().map(S::heap).sum();
        sketches + self.sketches.capacity() * size_of::<Option<S>>()
    }
}
