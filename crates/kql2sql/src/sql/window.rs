//! Functions over the rows around a row.

use sqlparser::ast;

use super::build::{binary, boolean, call, cast, function, integer};
use super::expr::{Columns, Lowering, function_name, is_wrapper};
use crate::functions::{Function, Lower};
use crate::plan::{Expr, SortKey};
use crate::syntax::ast::Literal;
use crate::types::Type;

/// A window function as SQL.
#[allow(clippy::too_many_arguments, reason = "the parts of a window call, each needed")]
pub(super) fn window(
    lowering: &mut Lowering<'_>,
    entry: &'static Function,
    overload: usize,
    args: &[Expr],
    partition: &[Expr],
    order: &[SortKey],
    e: &Expr,
    columns: &dyn Columns,
) -> ast::Expr {
    let partition: Vec<ast::Expr> = partition.iter().map(|p| lowering.value(p, columns)).collect();
    // A key that is the same in all rows of a part sorts nothing.
    let mut order = lowering.sort_keys(order, columns);
    order.retain(|key| !partition.contains(&key.expr));
    let over = Over { partition, order };
    let restart = match entry.name {
        "row_number" | "row_cumsum" => args.get(1),
        _ => None,
    };
    let restarts = restart.is_some_and(|r| !matches!(r.as_literal(), Some(Literal::Bool(false))));
    match entry.name {
        "row_number" => {
            let start = match args.first().map(Expr::as_literal) {
                None => 1,
                Some(Some(Literal::Long(start))) => *start,
                Some(Some(Literal::Int(start))) => i64::from(*start),
                Some(_) => {
                    return lowering.refuse(e.span, entry.name, "its starting index must be a constant");
                }
            };
            // The engine's search for the first rows of each part panics where nothing sorts them.
            let unsorted = over.order.is_empty() && !over.partition.is_empty();
            if restarts || unsorted {
                let restart = if restarts { lowering.value(&args[1], columns) } else { boolean(false) };
                return over.udf("kql_row_number", vec![integer(start), restart]);
            }
            let number = cast(over.apply(function("ROW_NUMBER", vec![])), Type::Long);
            match start {
                1 => number,
                start => binary(number, ast::BinaryOperator::Plus, integer(start.wrapping_sub(1))),
            }
        }
        "prev" | "next" => {
            let name = if entry.name == "prev" { "LAG" } else { "LEAD" };
            let value = lowering.value(&args[0], columns);
            let mut sql = vec![value];
            match args.get(1).map(|a| a.as_literal()) {
                None => {}
                Some(Some(Literal::Long(n))) if *n > 0 => sql.push(integer(*n)),
                Some(Some(Literal::Int(n))) if *n > 0 => sql.push(integer(i64::from(*n))),
                Some(_) => {
                    return lowering.refuse(e.span, entry.name, "its offset must be a positive constant");
                }
            }
            if let Some(default) = args.get(2) {
                let ty = args[0].ty;
                if !stands_for(default, ty) {
                    let reason = format!("its default is no {ty}, which the column holds; convert it");
                    return lowering.refuse(e.span, entry.name, &reason);
                }
                let default = lowering.value(default, columns);
                sql.push(if ty == Type::String { default } else { cast(default, ty) });
            }
            let found = over.apply(function(name, sql));
            if e.ty == Type::String && args.len() < 3 { super::build::or_empty(found) } else { found }
        }
        "row_cumsum" if !restarts => {
            let value = lowering.value(&args[0], columns);
            let sum = over.apply(function("SUM", [value]));
            match e.ty {
                // An `int` wraps around; a cast would fail.
                Type::Int => call("kql_toint_long", [sum]),
                _ => sum,
            }
        }
        name if crate::functions::window::NAMES.contains(&name) => match entry.overloads[overload].lower {
            Lower::Udf(name) => {
                let args = args.iter().map(|a| lowering.value(a, columns)).collect();
                over.udf(name, args)
            }
            Lower::Needs(why) | Lower::Unsupported(why) => lowering.refuse(e.span, name, why),
            _ => lowering.refuse(e.span, name, "this form of it is not translated yet"),
        },
        // Beside each row the engine's own average will do: it adds up reals, and what whole numbers give when their sum
        // overflows is no average that a row is compared with.
        "avg" if args.len() == 1 && args[0].ty == Type::Long => {
            let value = lowering.value(&args[0], columns);
            let mean = over.apply(function("AVG", [value]));
            super::build::call("COALESCE", [mean, cast(super::build::string("NaN"), Type::Real)])
        }
        // An aggregate as a window: a summarize that was joined back to its rows.
        _ => {
            let mut sql = lowering.aggregate(entry, overload, args, &[], e, columns);
            over.apply_inside(&mut sql);
            sql
        }
    }
}

struct Over {
    partition: Vec<ast::Expr>,
    order: Vec<ast::OrderByExpr>,
}

impl Over {
    fn apply(&self, mut function: ast::Function) -> ast::Expr {
        function.over = Some(self.window(Self::frame(function_name(&function))));
        ast::Expr::Function(function)
    }

    fn window(&self, frame: Option<ast::WindowFrame>) -> ast::WindowType {
        ast::WindowType::WindowSpec(ast::WindowSpec {
            window_name: None,
            partition_by: self.partition.clone(),
            order_by: self.order.clone(),
            window_frame: frame,
        })
    }

    /// A window function of the runtime.
    fn udf(&self, name: &str, args: Vec<ast::Expr>) -> ast::Expr {
        self.apply(function(name, args))
    }

    /// A running sum needs rows, not peers: equal sort keys do not add up at once.
    fn frame(name: &str) -> Option<ast::WindowFrame> {
        (name == "SUM").then_some(ast::WindowFrame {
            units: ast::WindowFrameUnits::Rows,
            start_bound: ast::WindowFrameBound::Preceding(None),
            end_bound: Some(ast::WindowFrameBound::CurrentRow),
        })
    }

    /// Puts the window on the aggregate call within an expression (`COALESCE(STDDEV(x), 0)`).
    fn apply_inside(&self, sql: &mut ast::Expr) {
        match sql {
            ast::Expr::Function(f) if is_wrapper(f) => {
                let ast::FunctionArguments::List(list) = &mut f.args else { return };
                for arg in &mut list.args {
                    if let ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(inner)) = arg {
                        self.apply_inside(inner);
                    }
                }
            }
            ast::Expr::Function(f) => f.over = Some(self.window(None)),
            ast::Expr::BinaryOp { left, right, .. } => {
                self.apply_inside(left);
                self.apply_inside(right);
            }
            ast::Expr::Cast { expr, .. } => self.apply_inside(expr),
            _ => {}
        }
    }
}

/// Whether a default may stand where the column has no value: it is of its type, or becomes it without loss.
fn stands_for(default: &Expr, ty: Type) -> bool {
    match (ty, default.as_literal()) {
        (_, Some(Literal::Null(_))) => true,
        (Type::Int, Some(Literal::Long(n))) => i32::try_from(*n).is_ok(),
        (Type::Long, _) => matches!(default.ty, Type::Long | Type::Int),
        (Type::Real | Type::Decimal, _) => default.ty.is_number(),
        (Type::Dynamic, _) => true,
        _ => default.ty == ty,
    }
}
