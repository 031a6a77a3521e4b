//! Kusto's aggregates that DataFusion does not have, or not with Kusto's results.
//!
//! Each is a [`GroupState`](super::adapter::GroupState): flat vectors for all groups, no allocation a group
//! where that can be avoided, partial results that merge, and an honest count of its memory.

mod arg;
mod avg;
mod bag;
mod best;
mod dcount;
pub mod digest;
pub mod distinct;
mod grouped;
mod hashes;
mod hyperloglog;
mod json;
mod list;
mod members;
mod minmax;
mod ordered;
pub mod percentile;
mod rows;
mod runs;
mod schema;
mod set;
pub mod sketch;

use super::adapter::AggregateKernel;

/// The aggregates.
pub static AGGREGATES: &[AggregateKernel] = &[
    arg::ARG_MAX,
    arg::ARG_MIN,
    arg::TAKE_ANY,
    avg::AVG_DATETIME,
    avg::AVG_TIMESPAN,
    bag::MAKE_BAG,
    dcount::DCOUNT,
    dcount::HLL,
    list::MAKE_LIST,
    list::MAKE_LIST_DYNAMIC,
    list::MAKE_LIST_WITH_NULLS,
    minmax::MAX,
    minmax::MIN,
    percentile::PERCENTILE,
    percentile::PERCENTILES,
    percentile::PERCENTILESW,
    percentile::PERCENTILEW,
    percentile::TDIGEST,
    percentile::TDIGESTW,
    schema::BUILDSCHEMA,
    set::MAKE_SET,
    set::MAKE_SET_DYNAMIC,
    sketch::MERGES[0],
    sketch::MERGES[1],
];
