//! `evaluate`: Runs a plugin.

use crate::bind::Binder;
use crate::bind::table::refused_as;
use crate::operators::OperatorKind;
use crate::operators::externaldata::declared;
use crate::plan::{PlanColumn, Rel};
use crate::plugins;
use crate::syntax::ast::{ColumnDecl, Expr};
use crate::syntax::ast::{ExprKind, Operator};
use crate::syntax::parser::{List, Parser};
use crate::syntax::token::TokenKind;
use crate::types::Type;

/// Runs a plugin.
#[derive(Debug, Clone)]
pub struct Evaluate {
    /// The plugin call.
    pub call: Expr,
    /// `: (a:string, *)`, the declared result columns; the flag tells whether `*` was there.
    pub schema: Option<(Vec<ColumnDecl>, bool)>,
}

impl Evaluate {
    /// `evaluate plugin(argument, …) : (name:type, …)`
    pub(crate) fn parse(p: &mut Parser) -> OperatorKind {
        let start = p.start();
        let call = if p.at_call() {
            p.call(None, start)
        } else {
            if p.peek().is_name() {
                p.bump();
                p.expect(TokenKind::OpenParen);
            } else {
                p.missing("The call of a plugin");
            }
            p.error_expression()
        };
        let schema = p.eat(TokenKind::Colon).then(|| Self::schema(p));
        OperatorKind::Evaluate(Evaluate { call, schema })
    }

    /// `(*, name:type, …)`
    fn schema(p: &mut Parser) -> (Vec<ColumnDecl>, bool) {
        if !p.expect(TokenKind::OpenParen) {
            return (Vec::new(), false);
        }
        p.eat(TokenKind::Comma);
        let star = p.eat(TokenKind::Star);
        p.eat(TokenKind::Comma);
        let columns =
            p.comma_list(List::ANY.with_trailing_comma(), Parser::column_decl, Parser::missing_column_decl);
        p.expect_close(TokenKind::CloseParen);
        (columns, star)
    }
}

impl Evaluate {
    /// The name of the plugin.
    pub(crate) fn plugin(&self) -> Option<&str> {
        match &self.call.kind {
            ExprKind::Call { name, .. } => Some(&name.text),
            _ => None,
        }
    }

    pub(crate) fn bind(&self, binder: &mut Binder, input: Option<Rel>, _: &Operator) -> Rel {
        let ExprKind::Call { name, args, .. } = &self.call.kind else {
            return crate::bind::table::unknown_table();
        };
        if let Some(plugin) = plugins::find(&name.text) {
            let input = input.unwrap_or_else(crate::bind::table::unknown_table);
            let call = plugins::Call { name, args, schema: self.schema.as_ref(), input };
            return (plugin.bind)(binder, call);
        }
        let known = self.plugin_columns(binder, input.as_ref(), &name.text, args);
        let columns = match &self.schema {
            Some((schema, star)) => {
                let schema = declared(binder, schema);
                let mut columns = if *star { known.unwrap_or_default() } else { Vec::new() };
                columns.retain(|c| !schema.iter().any(|s| s.name == c.name));
                columns.extend(schema);
                columns
            }
            None => match known {
                Some(columns) => columns,
                None => {
                    binder.open = true;
                    Vec::new()
                }
            },
        };
        refused_as(&name.text, name.span, columns, "this plugin is not translated")
    }

    /// The columns of a plugin's result as far as the query tells; `None` for a plugin that is not known.
    fn plugin_columns(
        &self,
        binder: &mut Binder,
        input: Option<&Rel>,
        plugin: &str,
        args: &[Expr],
    ) -> Option<Vec<PlanColumn>> {
        let visible: Vec<PlanColumn> = input.map(|i| i.visible().cloned().collect()).unwrap_or_default();
        let column_named = |e: &Expr| match &e.kind {
            ExprKind::Name { name, .. } => Some(name.clone()),
            _ => None,
        };
        let table = |binder: &mut Binder, i: usize| -> Vec<PlanColumn> {
            args.get(i).map(|e| binder.table(e).visible().cloned().collect()).unwrap_or_default()
        };
        let fixed = |columns: &[(&str, Type)]| -> Vec<PlanColumn> {
            columns.iter().map(|(n, t)| PlanColumn::new(*n, *t, true)).collect()
        };
        Some(match plugin {
            "basket" | "autocluster" => {
                let mut columns =
                    fixed(&[("SegmentId", Type::Long), ("Count", Type::Long), ("Percent", Type::Real)]);
                columns.extend(visible);
                columns
            }
            "ipv4_lookup" | "ipv6_lookup" => {
                let mut columns = visible;
                let keys: Vec<String> = args.iter().skip(3).filter_map(column_named).collect();
                for mut column in table(binder, 0) {
                    if keys.contains(&column.name) {
                        continue;
                    }
                    let base = column.name.clone();
                    let mut n = 1;
                    while columns.iter().any(|c| c.name == column.name) {
                        column.name = format!("{base}{n}");
                        n += 1;
                    }
                    columns.push(column);
                }
                columns
            }
            "activity_counts_metrics" | "sliding_window_counts" => {
                let first_dimension = if plugin == "activity_counts_metrics" { 5 } else { 6 };
                let names = args.get(1).into_iter().chain(args.iter().skip(first_dimension));
                let mut columns: Vec<PlanColumn> = names
                    .filter_map(column_named)
                    .filter_map(|n| visible.iter().find(|c| c.name == n).cloned())
                    .collect();
                columns.extend(if plugin == "activity_counts_metrics" {
                    fixed(&[
                        ("count", Type::Long),
                        ("dcount", Type::Long),
                        ("new_dcount", Type::Long),
                        ("aggregated_dcount", Type::Long),
                    ])
                } else {
                    fixed(&[("Count", Type::Long), ("Dcount", Type::Long)])
                });
                columns
            }
            _ => return None,
        })
    }
}
