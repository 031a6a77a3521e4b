//! URLs and their queries.

use crate::functions::string::array::{push_key, push_member};

/// Writes the parts of an absolute URL, `scheme://user:password@host:port/path?query#fragment`, as a JSON
/// object. Nothing is decoded, and each part that is not there is "": all of them without a `://`.
///
/// It is as plain as Kusto's: a user without a password stays part of the host, and the port begins after
/// the last colon even of an IPv6 address
/// (<https://github.com/microsoft/Kusto-Query-Language/issues/112>).
pub fn parse_url(url: &str, out: &mut String) {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let user = authority.rsplit_once('@').and_then(|(user, address)| Some((user.split_once(':')?, address)));
    let ((username, password), address) = user.unwrap_or((("", ""), authority));
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));

    out.push('{');
    push_member(out, "Scheme", scheme);
    push_member(out, "Host", host);
    push_member(out, "Port", port);
    push_member(out, "Path", path);
    push_member(out, "Username", username);
    push_member(out, "Password", password);
    push_key(out, "Query Parameters");
    push_parameters(query, out);
    push_member(out, "Fragment", fragment);
    out.push('}');
}

/// Writes the parameters of the query of a URL as a JSON object with one member, `Query Parameters`.
pub fn parse_urlquery(query: &str, out: &mut String) {
    out.push('{');
    push_key(out, "Query Parameters");
    push_parameters(query.strip_prefix('?').unwrap_or(query), out);
    out.push('}');
}

/// What has no `=` is no parameter; of two with the same name the last one counts.
fn push_parameters(query: &str, out: &mut String) {
    let mut parameters: Vec<(&str, &str)> = Vec::new();
    for (name, value) in query.split('&').filter_map(|parameter| parameter.split_once('=')) {
        match parameters.iter_mut().find(|(known, _)| *known == name) {
            Some(known) => known.1 = value,
            None => parameters.push((name, value)),
        }
    }
    out.push('{');
    for (name, value) in parameters {
        push_member(out, name, value);
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> [String; 8] {
        let mut json = String::new();
        parse_url(url, &mut json);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        ["Scheme", "Host", "Port", "Path", "Username", "Password", "Query Parameters", "Fragment"]
            .map(|part| value[part].as_str().map_or_else(|| value[part].to_string(), str::to_owned))
    }

    #[test]
    fn parts_of_urls() {
        assert_eq!(
            parts("https://ann:secret@contoso.com:8080/a/b?x=1&y=%20&x=3&z#top"),
            ["https", "contoso.com", "8080", "/a/b", "ann", "secret", r#"{"x":"3","y":"%20"}"#, "top"]
        );
        assert_eq!(parts("https://contoso.com"), ["https", "contoso.com", "", "", "", "", "{}", ""]);
        assert_eq!(parts("ftp://ann@contoso.com/"), ["ftp", "ann@contoso.com", "", "/", "", "", "{}", ""]);
        assert_eq!(parts("mailto:ann@contoso.com"), ["", "", "", "", "", "", "{}", ""]);
        assert_eq!(parts("x://h?u=a://b/c"), ["x", "h", "", "", "", "", r#"{"u":"a://b/c"}"#, ""]);
    }
}
