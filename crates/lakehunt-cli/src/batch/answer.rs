//! The lines of a batch: what is asked and what is answered.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::Lost;
use crate::diagnostics::{code, plain};
use crate::output::Rows;

/// A line of the input.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// Whatever names the query.
    #[serde(default)]
    pub id: Value,
    pub query: String,
}

/// Why a line cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The identifier, where the line has one that can be told.
    id: Value,
    message: String,
}

impl Request {
    /// The request on a line, or why it cannot be read.
    pub fn parse(line: &str) -> Result<Request, Unreadable> {
        // An array would be taken for the fields in their order.
        if line.trim_start().starts_with('{')
            && let Ok(request) = serde_json::from_str(line)
        {
            return Ok(request);
        }
        let (id, reason) = match serde_json::from_str(line) {
            Ok(Value::Object(mut fields)) => {
                let reason = match fields.get("query") {
                    None => "it has no \"query\"",
                    Some(Value::String(_)) => "it has a field twice",
                    Some(_) => "its \"query\" is no text",
                };
                (fields.remove("id").unwrap_or_default(), reason.to_owned())
            }
            Ok(_) => (Value::Null, "it is no object".to_owned()),
            Err(error) => {
                let error = error.to_string();
                (
                    Value::Null,
                    format!("it is no JSON: {}", error.replace(" at line 1 column ", " at column ")),
                )
            }
        };
        Err(Unreadable { id, ..Unreadable::new(&reason) })
    }
}

impl Unreadable {
    /// A line of which nothing can be told but what is wrong with it.
    pub fn new(reason: &str) -> Unreadable {
        let message = format!("this line cannot be read, {reason}: expected {{\"id\": …, \"query\": \"…\"}}");
        Unreadable { id: Value::Null, message }
    }
}

/// A line of the output.
#[derive(Debug, Default)]
pub struct Answer {
    pub id: Value,
    /// The number of the input line, where it could not be read.
    pub line: Option<u64>,
    /// The results; more than one where the query has several statements or forks.
    pub results: Vec<Rows>,
    pub diagnostics: Vec<Value>,
    pub elapsed: Duration,
}

impl Answer {
    /// The answer to a line that cannot be read.
    pub fn unreadable(number: u64, why: Unreadable) -> Answer {
        Answer {
            id: why.id,
            line: Some(number),
            diagnostics: vec![plain(code::LINE, &why.message)],
            ..Answer::default()
        }
    }

    /// The answer to a query that took its worker down.
    pub fn lost(request: &Request, lost: &Lost, elapsed: Duration) -> Answer {
        let diagnostic = match lost {
            Lost::Timeout(limit) => plain(
                code::TIMEOUT,
                &format!(
                    "the query took longer than the allowed {} s and did not stop by itself",
                    limit.as_secs_f64()
                ),
            ),
            Lost::Ended(status) => {
                let how = status.map_or_else(String::new, |status| format!(" ({status})"));
                plain(
                    code::LOST,
                    &format!("the query ended its process{how}: a defect of Lakehunt, or no memory left"),
                )
            }
        };
        Answer { id: request.id.clone(), diagnostics: vec![diagnostic], elapsed, ..Answer::default() }
    }

    /// As JSON, without the line end. Further results stand under `more`.
    pub fn to_line(&self) -> String {
        let mut line = format!("{{\"id\":{}", self.id);
        if let Some(number) = self.line {
            line.push_str(&format!(",\"line\":{number}"));
        }
        line.push(',');
        Rows::push_all(&self.results, &mut line);
        line.push_str(&format!(
            ",\"diagnostics\":{},\"elapsed_ms\":{:.3}}}",
            Value::Array(self.diagnostics.clone()),
            self.elapsed.as_secs_f64() * 1000.0
        ));
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kql2sql::{Column, Type};

    #[test]
    fn an_answer_has_its_fields_in_order_and_rows_only_if_the_query_ran() {
        let mut answer = Answer {
            id: "a\"b".into(),
            results: vec![Rows { columns: vec![Column::new("x", Type::Long)], rows: Some("[1],[2]".into()) }],
            elapsed: Duration::from_micros(1500),
            ..Answer::default()
        };
        assert_eq!(
            answer.to_line(),
            r#"{"id":"a\"b","columns":[["x","long"]],"rows":[[1],[2]],"diagnostics":[],"elapsed_ms":1.500}"#
        );
        answer.results.push(Rows { columns: vec![], rows: Some(String::new()) });
        let value: Value = serde_json::from_str(&answer.to_line()).unwrap();
        assert_eq!(value["more"], serde_json::json!([{"columns": [], "rows": []}]));
        answer.results.clear();
        let value: Value = serde_json::from_str(&answer.to_line()).unwrap();
        assert_eq!(value["columns"], serde_json::json!([]));
        assert!(value.get("rows").is_none());
    }

    #[test]
    fn an_identifier_may_be_any_json() {
        assert_eq!(
            Request::parse(r#"{"query":"T","id":[1.50,null],"more":1}"#).unwrap().id.to_string(),
            "[1.50,null]"
        );
        assert_eq!(Request::parse(r#"{"query":"T"}"#).unwrap().id, Value::Null);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_answered_with_its_number() {
        let answer = |line: &str| -> (Value, String) {
            let why = Request::parse(line).unwrap_err();
            let mut value: Value = serde_json::from_str(&Answer::unreadable(7, why).to_line()).unwrap();
            assert_eq!(value["line"], 7);
            let message = value["diagnostics"][0]["message"].as_str().unwrap_or_default().to_owned();
            (value["id"].take(), message)
        };
        for (line, id, reason) in [
            ("{\"id\":1}", Value::from(1), "it has no \"query\""),
            ("{\"id\":\"a\",\"query\":5}", Value::from("a"), "its \"query\" is no text"),
            ("{\"id\":1,\"query\":\"T\",\"query\":\"U\"}", Value::from(1), "it has a field twice"),
            ("[\"a\",\"T\"]", Value::Null, "it is no object"),
            ("{\"id\":", Value::Null, "it is no JSON: EOF while parsing a value at column 6"),
        ] {
            let (found, message) = answer(line);
            assert_eq!(found, id, "{line}");
            assert!(message.starts_with(&format!("this line cannot be read, {reason}: ")), "{message}");
        }
    }
}
