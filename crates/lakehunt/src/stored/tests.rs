use super::*;

fn names(functions: &[Found]) -> Vec<&str> {
    functions.iter().map(|f| f.name.as_str()).collect()
}

#[test]
fn a_script_may_hold_several_functions() {
    let text = "// two\n.create-or-alter function with (docstring = \"a) b\", folder = 'x')\nOne(a:long, b:string = '}') {\n  \
                print a // }\n}\n\n.create function ifnotexists ['Two'] () { T | take 1 }\n.show tables\n";
    let found = script::functions(text).unwrap();
    assert_eq!(names(&found), ["One", "Two"]);
    assert!(found[0].text.starts_with("(a:long") && found[0].text.ends_with("// }\n}"), "{}", found[0].text);
    assert_eq!((found[0].line, found[1].line), (3, 7));
    assert_eq!(found[1].text, "() { T | take 1 }");
}

#[test]
fn what_is_wrong_with_a_script_is_told_with_its_line() {
    let (line, message) = script::functions(".create function F(a:long)\n  T | take 1").err().unwrap();
    assert_eq!(line, 2);
    assert!(message.contains("'{'") && message.contains("'T'"), "{message}");
    assert_eq!(script::functions("\n.alter function F() { T").err().unwrap().0, 2);
}

#[test]
fn the_parser_of_a_solution() {
    let text = "id: 1\nFunction:\n  Title: x\nFunctionName: Apache\nFunctionAlias: Apache\nFunctionQuery: |\n  T\n  | take 1\n";
    let found = yaml::functions(text).unwrap();
    assert_eq!(names(&found), ["Apache"]);
    assert_eq!((found[0].text.as_str(), found[0].line), ("() {\nT\n| take 1\n\n}", 6));
}

#[test]
fn an_asim_parser_has_parameters_and_two_names() {
    let text = "ParserName: vimDns\nEquivalentBuiltInParser: _Im_Dns\nParserParams:\n  - Name: starttime\n    Type: datetime\n    \
                Default: datetime(null)\n  - Name: domain\n    Type: string\n    Default: '*'\n  - Name: disabled\n    Type: bool\n    \
                Default: False\nParserQuery: |\n  T | where not(disabled)\n";
    let found = yaml::functions(text).unwrap();
    assert_eq!(names(&found), ["_Im_Dns", "vimDns"]);
    let declared = "(starttime:datetime=datetime(null), domain:string='*', disabled:bool=false) {";
    assert!(found[0].text.starts_with(declared), "{}", found[0].text);
    assert_eq!(found[0].line, 13);
}

#[test]
fn other_yaml_holds_no_function() {
    assert!(yaml::functions("name: rule\nquery: T\n").unwrap().is_empty());
    assert!(yaml::functions("a: [").is_err());
}
