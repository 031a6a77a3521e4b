//! Texts that are whole and right.

use super::parsed;

#[test]
fn statements() {
    for source in [
        "",
        " // only a comment",
        "T",
        "T;",
        "let x = 1; let y = x + 1d; print x, y",
        "let T = Events | where a == 1; T | count",
        "let T = materialize(Events | take 5); union T, T",
        "let f = (x:long, T:(a:string, b:long), U:(*), s:string = 'd') { T | where b > x }; f(1, T, U)",
        "let f = () { let y = 1; y }; print f()",
        "let v = view () { Events }; v",
        "set notruncation; set maxmemory = 5; T",
        "declare query_parameters(a:string = 'x', b:datetime); T",
        "declare pattern app = (a:string)[s:string] { ('x').['y'] = { let z = 1; T | take z }; }; app('x').y",
        "alias database db = cluster('c').database('d'); T",
        "restrict access to (T, U*, database('d').*); T",
        "let a = toscalar(T | count);\r\n// comment\r\nT // comment\n| take a",
    ] {
        parsed(source);
    }
}

#[test]
fn sources() {
    for source in [
        "['my table'] | count",
        "(T | where a) | count",
        "cluster('c').database('d').T | count",
        "database('d').['my table'] | count",
        "table('T') | count",
        "f(1) | count",
        "print 1",
        "range x from 1 to 5 step 1 | count",
        "datatable (a:string, ['b c']:long) ['x', 1, 'y', -2,] | count",
        "externaldata (a:string) [@'https://x/y.csv' h@'?sig', 'z'] with (format='csv', ignoreFirstRecord=true)",
        "union withsource=src isfuzzy=true T*, (U | take 1), database('d').V, f()",
        "search in (T, U*) 'x' or a:term",
        "search kind=case_sensitive 'x' and col:term",
        "find withsource=s in (T, U) where a == 1 project a, b:long, pack(*)",
        "find 'x' project-smart",
        "T datascope=hotcache | count",
    ] {
        parsed(source);
    }
}

#[test]
fn operators() {
    for operator in [
        "as hint.materialized=true x",
        "consume",
        "count as n",
        "distinct a, b",
        "distinct *",
        "evaluate hint.distribution=single bag_unpack(d, 'p_') : (*, a:long, b:string)",
        "extend a, b = 1, (c, d) = f(), by = 2",
        "facet by a, b with (take 5 | count)",
        "fork (take 1) x = (count | as y)",
        "getschema kind=csl",
        "make-graph a --> b with nodes on id",
        "graph-match (a)-[e*1..3]->(b) where a.x == 1 project a.x, e.y",
        "invoke f(1, 'x')",
        "join (U) on a",
        "join kind=leftouter hint.strategy=shuffle hint.num_partitions=5 (U | take 1) on a, $left.b == $right.c",
        "lookup kind=inner U on a",
        "make-series n = count() default=0, avg(x) on t from ago(1d) to now() step 1h by a, b",
        "make-series count() on t in range(ago(1d), now(), 1h)",
        "mv-apply a to typeof(long), b = c on (summarize sum(a) | where sum_a > 1)",
        "mv-apply with_itemindex=i a limit 5 on (take 1)",
        "mv-expand bagexpansion=array with_itemindex=i a to typeof(string), b limit 10",
        "mvexpand a",
        "parse kind=regex flags=Ui s with * 'a' b:long 'c' d 'e' 'f' * ",
        "parse-where s with 'a' b",
        "parse-kv s as (a:long, ['b c']:string) with (pair_delimiter=',', kv_delimiter='=')",
        "partition hint.strategy=native by a (top 1 by b | extend c = 1)",
        "partition by a { T | where b == 1 }",
        "project",
        "project a, b = c",
        "project-away a, b*, *c, ['d e']",
        "project-keep a*",
        "project-rename b = a",
        "project-reorder c, a* asc, d* granny-desc",
        "project-by-names 'a', x, dynamic(['b'])",
        "reduce by a with threshold=0.2, characters='-'",
        "render timechart",
        "render timechart with (title='x', ycolumns=a, b, kind=stacked, ymin=0)",
        "render piechart title='x' kind=stacked",
        "sample 5",
        "sample-distinct 5 of a",
        "scan with_match_id=m declare (x:long = 0) with (step s1 output=all: a == 1 => x = s1.x + 1; step s2: true;)",
        "scan order by t asc partition by a declare (n:long) with (step s optional: true;)",
        "serialize",
        "serialize n = row_number()",
        "sort by a, b asc nulls first, c desc",
        "order by a",
        "summarize",
        "summarize count(), n = sum(x) by a, bin(t, 1h)",
        "summarize by a",
        "summarize hint.shufflekey=a count() by a",
        "take 5",
        "limit 5",
        "top 5 by a asc nulls last",
        "top-hitters 5 of a by b",
        "top-nested 2 of a with others='rest' by count(), top-nested of b by max(c) desc",
        "union kind=inner U",
        "where a == 1",
        "filter a",
        "where a in (T | project b)",
        "where a in (f())",
        "extend a = extract(@'\\d+', 0, b, typeof(long)), c = d.kind.e['f'][0]",
        "where a !in~ ('x', y)",
        "where isnotempty(toscalar(U | count))",
    ] {
        parsed(&format!("T | {operator}"));
        parsed(&format!("let x = T | {operator}; x | {operator} | count"));
    }
}

#[test]
fn trees_tell_where_things_stand() {
    let source = "T | where  a == 'ä' | count";
    let script = parsed(source);
    let crate::syntax::ast::StatementKind::Query(query) = &script.statements[0].kind else { panic!() };
    let crate::syntax::ast::ExprKind::Pipe(pipe) = &query.kind else { panic!() };
    let texts: Vec<_> = pipe.operators.iter().map(|o| o.span.text(source)).collect();
    assert_eq!(texts, ["where  a == 'ä'", "count"]);
    assert_eq!(pipe.operators[1].keyword.text(source), "count");
}
