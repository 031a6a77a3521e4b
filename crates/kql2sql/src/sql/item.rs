//! The output columns of a SELECT.

use std::rc::Rc;

use sqlparser::ast;

use super::build::{column, ident};
use crate::plan::ColumnName;

/// An output column.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) name: ColumnName,
    value: Value,
    /// Whether it may be NULL though it is a string.
    pub(super) nullable: bool,
}

/// What an output column shows. Most columns are handed on from stage to stage: their SQL is written where it is needed.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// The column of that name of what stands in FROM.
    Column(ColumnName),
    /// Anything else. The stages through which it is handed on share it.
    Sql(Rc<ast::Expr>),
}

impl Item {
    /// A column that shows `sql`.
    pub(super) fn new(name: ColumnName, sql: ast::Expr, nullable: bool) -> Item {
        let value = match sql {
            ast::Expr::Identifier(id) if id.value == name => Value::Column(name.clone()),
            ast::Expr::Identifier(id) => Value::Column(id.value.into()),
            sql => Value::Sql(Rc::new(sql)),
        };
        Item { name, value, nullable }
    }

    /// A column of what stands in FROM, under its own name.
    pub(super) fn column(name: ColumnName, nullable: bool) -> Item {
        Item { value: Value::Column(name.clone()), name, nullable }
    }

    /// The same column under another name.
    pub(super) fn renamed(&self, name: ColumnName) -> Item {
        Item { name, value: self.value.clone(), nullable: self.nullable }
    }

    /// Its SQL.
    pub(super) fn sql(&self) -> ast::Expr {
        match &self.value {
            Value::Column(name) => column(name),
            Value::Sql(sql) => (**sql).clone(),
        }
    }

    /// Whether that is its SQL.
    pub(super) fn is(&self, sql: &ast::Expr) -> bool {
        match (&self.value, sql) {
            (Value::Column(name), ast::Expr::Identifier(id)) => *name == id.value,
            (Value::Column(_), _) => false,
            (Value::Sql(own), sql) => **own == *sql,
        }
    }

    /// Whether it is a column of what stands in FROM, under its own name.
    pub(super) fn is_unchanged(&self) -> bool {
        matches!(&self.value, Value::Column(name) if *name == self.name)
    }

    /// Whether it may be written several times: a column or a constant.
    pub(super) fn is_trivial(&self) -> bool {
        match &self.value {
            Value::Column(_) => true,
            Value::Sql(sql) => matches!(
                **sql,
                ast::Expr::CompoundIdentifier(_) | ast::Expr::Value(_) | ast::Expr::TypedString(_)
            ),
        }
    }

    /// As it stands behind SELECT.
    pub(super) fn into_select(self) -> ast::SelectItem {
        match self.value {
            Value::Column(name) if name == self.name => ast::SelectItem::UnnamedExpr(column(&name)),
            Value::Column(name) => {
                ast::SelectItem::ExprWithAlias { expr: column(&name), alias: ident(&self.name) }
            }
            Value::Sql(expr) => {
                ast::SelectItem::ExprWithAlias { expr: Rc::unwrap_or_clone(expr), alias: ident(&self.name) }
            }
        }
    }
}

impl PartialEq for Item {
    /// Whether they show the same under the same name.
    fn eq(&self, other: &Item) -> bool {
        self.name == other.name && self.value == other.value
    }
}
