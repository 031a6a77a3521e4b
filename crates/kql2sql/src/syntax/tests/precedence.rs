//! Which operand belongs to which operator.

use super::{grouped, printed};

#[test]
fn operators_bind_as_in_kusto() {
    for (source, expected) in [
        ("a or b and c", "[a or [b and c]]"),
        ("a and b or c and d", "[[a and b] or [c and d]]"),
        ("a or b or c", "[[a or b] or c]"),
        ("a + b * c - d", "[[a + [b * c]] - d]"),
        ("a / b % c", "[[a / b] % c]"),
        ("a == b + 1 and c < d", "[[a == [b + 1]] and [c < d]]"),
        ("a < b == c", "[[a < b] == c]"),
        ("a <> b", "[a != b]"),
        ("-a * b", "[[-a] * b]"),
        ("-a.b[0]", "[-a.b[0]]"),
        ("a - -1", "[a - [-1]]"),
        // Text operators bind more tightly than arithmetic.
        ("a + b has c", "[a + [b has c]]"),
        ("a =~ b == c", "[[a =~ b] == c]"),
        ("s !contains_cs 'x' or s notcontains 'y'", "[[s !contains_cs 'x'] or [s !contains 'y']]"),
        ("s matches regex 'x' and b", "[[s matches regex 'x'] and b]"),
        ("* has 'x'", "[* has 'x']"),
        ("* == 'x'", "[* == 'x']"),
        ("a in (1, 2) and b !in~ ('x')", "[[a in (1, 2)] and [b !in~ ('x')]]"),
        ("s has_any (a, b)", "[s has_any (a, b)]"),
        ("x between (1 .. 2 + 3) and y", "[[x between (1 .. [2 + 3])] and y]"),
        ("x !between (a .. b)", "[x !between (a .. b)]"),
        ("(a or b) and c", "[([a or b]) and c]"),
        ("f(a, x = b + 1, *)", "f(a, x=[b + 1], *)"),
        ("a.b.['c d'][0].e", "a.b.c d[0].e"),
        ("['a b'] + [\"c\"]", "[a b + c]"),
        ("cluster('c').database('d').T", "cluster('c').database('d').T"),
        ("(x, y) = f()", "x,y=f()"),
        ("by = 1", "by=1"),
        ("count + take + kind", "[[count + take] + kind]"),
        ("$left.a == $right.b", "[$left.a == $right.b]"),
    ] {
        assert_eq!(grouped(&printed(source)), expected, "{source}");
    }
}

#[test]
fn long_chains_become_balanced_trees() {
    let chain: Vec<String> = (0..101).map(|i| format!("c{i}")).collect();
    let tree = grouped(&printed(&chain.join(" or ")));
    let depth = tree.chars().take_while(|c| *c == '[').count();
    assert!(depth <= 8, "{depth}");
    let names: Vec<_> = tree.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with('c')).collect();
    assert_eq!(names, chain);
}
