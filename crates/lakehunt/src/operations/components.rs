//! `graph-mark-components`: the number of the component that each node belongs to.
//!
//! <https://learn.microsoft.com/kusto/query/graph-mark-components-operator>

use super::{Job, Worker};
use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch, StringViewArray};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Makes the worker: its first input are the two ends of the edges, its second the nodes, all as texts.
pub(super) fn start(job: &Job) -> Result<Box<dyn Worker>> {
    Ok(Box::new(Components {
        strong: job.task.flag("strong"),
        output: Arc::clone(&job.output),
        nodes: BTreeMap::new(),
        edges: Vec::new(),
        size: 0,
        ended: false,
    }))
}

struct Components {
    strong: bool,
    output: SchemaRef,
    /// The nodes by their texts, numbered as they come.
    nodes: BTreeMap<String, usize>,
    edges: Vec<(usize, usize)>,
    size: usize,
    ended: bool,
}

impl Components {
    fn node(&mut self, text: &str) -> usize {
        if let Some(number) = self.nodes.get(text) {
            return *number;
        }
        let number = self.nodes.len();
        self.size += text.len() + 64;
        self.nodes.insert(text.to_owned(), number);
        number
    }
}

impl Worker for Components {
    fn push(&mut self, input: usize, batch: RecordBatch) -> Result<Option<RecordBatch>> {
        let text = |column: &StringViewArray, row: usize| match column.is_null(row) {
            true => String::new(),
            false => column.value(row).to_owned(),
        };
        // Behind them may stand columns that the order of the rows needs.
        let columns = batch.columns().iter().take(if input == 0 { 2 } else { 1 });
        let columns: Vec<&StringViewArray> = columns.map(|c| c.as_string_view()).collect();
        for row in 0..batch.num_rows() {
            let ends: Vec<usize> = columns.iter().map(|c| self.node(&text(c, row))).collect();
            if let (0, [from, to]) = (input, ends.as_slice()) {
                self.edges.push((*from, *to));
            }
        }
        Ok(None)
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        let count = self.nodes.len();
        let found = if self.strong { strong(count, &self.edges) } else { weak(count, &self.edges) };
        // The numbers rise with the least node of each component, so that they are the same in every run.
        let mut numbers = BTreeMap::new();
        let marks: Vec<i64> = self
            .nodes
            .values()
            .map(|node| {
                let next = numbers.len() as i64;
                *numbers.entry(found[*node]).or_insert(next)
            })
            .collect();
        let keys = StringViewArray::from_iter_values(self.nodes.keys());
        let columns = vec![Arc::new(keys) as _, Arc::new(Int64Array::from(marks)) as _];
        Ok(Some(RecordBatch::try_new(Arc::clone(&self.output), columns)?))
    }

    fn size(&self) -> usize {
        self.size + self.edges.capacity() * size_of::<(usize, usize)>()
    }
}

/// For each node one of its component, the same for all of them; the direction of the edges does not count.
fn weak(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..count).collect();
    fn root(parents: &mut [usize], mut node: usize) -> usize {
        while parents[node] != node {
            parents[node] = parents[parents[node]];
            node = parents[node];
        }
        node
    }
    for (a, b) in edges {
        let (a, b) = (root(&mut parents, *a), root(&mut parents, *b));
        parents[a.max(b)] = a.min(b);
    }
    (0..count).map(|node| root(&mut parents, node)).collect()
}

/// The same for nodes that reach each other in the direction of the edges (Tarjan's algorithm, without recursion).
fn strong(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (from, to) in edges {
        next[*from].push(*to);
    }
    let (mut index, mut low) = (vec![NONE; count], vec![0; count]);
    let mut component = vec![NONE; count];
    let (mut open, mut indices) = (Vec::new(), 0);
    for start in 0..count {
        if index[start] != NONE {
            continue;
        }
        // The way down: each node with the next of its edges to follow.
        let mut way = vec![(start, 0)];
        while let Some((node, edge)) = way.last_mut() {
            let node = *node;
            if *edge == 0 {
                index[node] = indices;
                low[node] = indices;
                indices += 1;
                open.push(node);
            }
            match next[node].get(*edge).copied() {
                Some(to) => {
                    *edge += 1;
                    if index[to] == NONE {
                        way.push((to, 0));
                    } else if component[to] == NONE {
                        low[node] = low[node].min(index[to]);
                    }
                }
                None => {
                    way.pop();
                    if let Some((above, _)) = way.last() {
                        low[*above] = low[*above].min(low[node]);
                    }
                    if low[node] == index[node] {
                        while let Some(member) = open.pop() {
                            component[member] = node;
                            if member == node {
                                break;
                            }
                        }
                    }
                }
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_count_for_strong_components_only() {
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 5), (5, 5)];
        let weak = weak(7, &edges);
        assert!(weak[..4].iter().all(|c| *c == weak[0]));
        assert!(weak[4] == weak[5] && weak[5] != weak[6] && weak[4] != weak[0]);
        let strong = strong(7, &edges);
        assert!(strong[0] == strong[1] && strong[1] == strong[2] && strong[3] != strong[0]);
        assert!(strong[4] != strong[5] && strong[6] != strong[5]);
    }
}
