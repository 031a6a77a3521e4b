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

impl Request {
    /// The request on a line, or why it cannot be read.
    pub fn parse(line: &str) -> Result<Request, String> {
        serde_json::from_str(line).map_err(|error| {
            format!("this line cannot be read: expected {{\"id\": …, \"query\": \"…\"}}: {error}")
        })
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
    pub fn unreadable(number: u64, message: &str) -> Answer {
        Answer { line: Some(number), diagnostics: vec![plain(code::LINE, message)], ..Answer::default() }
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
        let message = Request::parse("{\"id\":1}").unwrap_err();
        let value: Value = serde_json::from_str(&Answer::unreadable(7, &message).to_line()).unwrap();
        assert_eq!((&value["line"], &value["id"]), (&Value::from(7), &Value::Null));
        assert!(value["diagnostics"][0]["message"].as_str().unwrap().contains("query"), "{value}");
    }
}
