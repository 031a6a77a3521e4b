//! Stored functions and watchlists from files.

use std::fs;
use std::path::Path;

use crate::support::{lakehunt, query};

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).expect("it can be written");
    path.display().to_string()
}

const SCRIPT: &str = "\
.create-or-alter function with (docstring = 'doubles', folder = 'x') Twice(n:long, times:long = 2) {
    n * times
}

.create-or-alter function Numbers(upto:long = 3) {
    range x from 1 to upto step 1
    | extend y = Twice(x)
}
";

#[test]
fn a_script_of_functions() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = write(folder.path(), "functions.kql", SCRIPT);
    let run = |kql| lakehunt(&["query", "--functions", &script, "--format", "csv", kql]);
    // As a table, as a call, with a named argument, and with a table in front.
    assert_eq!(run("Numbers | summarize sum(y)").code(0).out, "sum_y\n12\n");
    assert_eq!(run("Numbers(4) | count").code(0).out, "Count\n4\n");
    assert_eq!(run("print Twice(5, times = 3)").code(0).out, "print_0\n15\n");
    assert_eq!(run("Numbers() | join kind=inner Numbers(2) on x | count").code(0).out, "Count\n2\n");
}

#[test]
fn parsers_in_yaml() {
    let folder = tempfile::tempdir().expect("a folder");
    let yaml = "ParserName: vimLogons\nEquivalentBuiltInParser: _Im_Logons\nParserParams:\n  - Name: user\n    Type: string\n    \
                Default: '*'\n  - Name: disabled\n    Type: bool\n    Default: False\nParserQuery: |\n  \
                datatable(User:string)['ada', 'bob']\n  | where not(disabled) and (user == '*' or User == user)\n";
    write(folder.path(), "vim.yaml", yaml);
    write(folder.path(), "Own.kql", "let few = 1;\nvimLogons() | take few");
    let path = folder.path().display().to_string();
    let run = |kql| lakehunt(&["query", "--functions", &path, "--format", "csv", kql]);
    assert_eq!(run("_Im_Logons | count").code(0).out, "Count\n2\n");
    assert_eq!(run("vimLogons(user = 'bob')").code(0).out, "User\nbob\n");
    assert_eq!(run("_Im_Logons(disabled = true) | count").code(0).out, "Count\n0\n");
    assert_eq!(run("Own | count").code(0).out, "Count\n1\n");
}

#[test]
fn an_error_in_a_function_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = write(
        folder.path(),
        "wrong.kql",
        ".create-or-alter function Wrong() {\n  EmailEvents\n  | where Nothing == 1\n}\n\n.create function Again() { Again | take 1 }\n",
    );
    query("Wrong | count", &["--functions", &script]).code(1).says(&["Wrong", "wrong.kql:3", "'Nothing'"]);
    query("Again | count", &["--functions", &script]).code(1).says(&["Again", "call itself"]);
    let broken = write(folder.path(), "broken.kql", "\n.create function Broken( {");
    query("print 1", &["--functions", &broken]).code(1).says(&["broken.kql", "line 2"]);
    let empty = write(folder.path(), "empty.kql", "// nothing\n");
    query("print 1", &["--functions", &empty]).code(1).says(&["empty.kql", "no function"]);
    lakehunt(&["check", "--functions", &script, "print Wrongg()"]).code(1);
}

#[test]
fn watchlists() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = write(folder.path(), "vip.csv", "Mail,Name\nada@x.org,Ada\nbob@x.org,\"Bob, B.\"\n");
    let vip = format!("VIP={list}");
    let by_name = format!("VIP={list}#Name");
    let folder = folder.path().display().to_string();
    let run = |list: &str, kql| lakehunt(&["query", "--watchlist", list, "--format", "csv", kql]);
    assert_eq!(
        run(&vip, "_GetWatchlist('VIP') | project SearchKey, Name | sort by Name asc").code(0).out,
        "SearchKey,Name\nada@x.org,Ada\nbob@x.org,\"Bob, B.\"\n"
    );
    assert_eq!(
        run(&by_name, "print k = 'Ada' | join kind=inner _GetWatchlist('VIP') on $left.k == $right.SearchKey | project Mail")
            .code(0)
            .out,
        "Mail\nada@x.org\n"
    );
    assert_eq!(
        run(&folder, "let l = _GetWatchlist('vip') | project Name; print x = 'Ada' | where x in (l) | count")
            .code(0)
            .out,
        "Count\n1\n"
    );
    run(&vip, "_GetWatchlist('VIPs') | count").code(1).says(&["KS204", "VIPs", "VIP"]);
    run("VIP=no/such.csv", "print 1").code(1).says(&["no/such.csv"]);
}
