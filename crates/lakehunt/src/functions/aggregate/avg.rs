//! `avg` of datetimes and timespans, for which DataFusion has none that is exact.
//!
//! <https://learn.microsoft.com/kusto/query/avg-aggregation-function>

use crate::functions::adapter::{AggregateKernel, ArgType, GroupState, Input, ReturnType};
use crate::functions::time::{nanos_from_ticks, ticks_from_nanos};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, Decimal128Array, Int64Array, TimestampNanosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Int64Type, TimestampNanosecondType};
use datafusion::common::Result;
use std::sync::Arc;

/// `kql_avg_datetime(datetime)`: null where there is none.
pub const AVG_DATETIME: AggregateKernel = AggregateKernel {
    name: "kql_avg_datetime",
    args: &[ArgType::DateTime],
    optional: 0,
    variadic: None,
    returns: ReturnType::DateTime,
    ordered: false,
    saved: |_| vec![SUM, DataType::Int64],
    state: |_| Ok(Box::new(Averages { sums: vec![], of: Of::DateTimes })),
};

/// `kql_avg_timespan(timespan)`: null where there is none; cut to whole ticks.
pub const AVG_TIMESPAN: AggregateKernel = AggregateKernel {
    name: "kql_avg_timespan",
    args: &[ArgType::Long],
    returns: ReturnType::Long,
    state: |_| Ok(Box::new(Averages { sums: vec![], of: Of::Timespans })),
    ..AVG_DATETIME
};

/// What is averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    DateTimes,
    Timespans,
}

/// How a sum is saved: 10³⁸ holds the greatest `datetime` in ticks 10¹⁹ times.
const SUM: DataType = DataType::Decimal128(38, 0);

/// The sums, in ticks, and the counts of all groups.
#[derive(Debug)]
struct Averages {
    sums: Vec<(i128, i64)>,
    of: Of,
}

impl GroupState for Averages {
    fn grow(&mut self, groups: usize) {
        self.sums.resize(groups, (0, 0));
    }

    fn update(&mut self, input: &Input<'_>) -> Result<()> {
        let (column, ticks): (Int64Array, fn(i64) -> i64) = match self.of {
            Of::DateTimes => {
                let nanos = input.columns[0].as_primitive::<TimestampNanosecondType>();
                (nanos.reinterpret_cast(), ticks_from_nanos)
            }
            Of::Timespans => (input.columns[0].as_primitive::<Int64Type>().clone(), |ticks| ticks),
        };
        input.for_each(|row, group| {
            if column.is_valid(row) {
                let (sum, count) = &mut self.sums[group];
                *sum += i128::from(ticks(column.value(row)));
                *count += 1;
            }
        });
        Ok(())
    }

    fn merge(&mut self, input: &Input<'_>) -> Result<()> {
        let sums = input.columns[0].as_primitive::<Decimal128Type>();
        let counts = input.columns[1].as_primitive::<Int64Type>();
        input.for_each(|row, group| {
            if sums.is_valid(row) {
                self.sums[group].0 += sums.value(row);
                self.sums[group].1 += counts.value(row);
            }
        });
        Ok(())
    }

    fn save(&mut self, groups: usize) -> Result<Vec<ArrayRef>> {
        let sums = self.sums[..groups].iter().map(|s| s.0).collect::<Vec<_>>();
        let counts = self.sums[..groups].iter().map(|s| s.1).collect::<Vec<_>>();
        let sums = Decimal128Array::from(sums).with_precision_and_scale(38, 0)?;
        Ok(vec![Arc::new(sums), Arc::new(Int64Array::from(counts))])
    }

    fn finish(&mut self, groups: usize) -> Result<ArrayRef> {
        // No average leaves the range of its values.
        let averages =
            self.sums[..groups].iter().map(|&(sum, n)| (n > 0).then(|| (sum / i128::from(n)) as i64));
        Ok(match self.of {
            Of::DateTimes => {
                Arc::new(averages.map(|a| a.map(nanos_from_ticks)).collect::<TimestampNanosecondArray>())
            }
            Of::Timespans => Arc::new(averages.collect::<Int64Array>()),
        })
    }

    fn forget(&mut self, groups: usize) {
        self.sums.drain(..groups);
    }

    fn heap(&self) -> usize {
        self.sums.capacity() * size_of::<(i128, i64)>()
    }
}
