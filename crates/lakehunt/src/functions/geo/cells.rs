//! S2 cells: the faces of a cube around the Earth, quartered up to thirty times.

use super::geojson::Geometry;
use super::{kernel, level, point, position};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use crate::functions::string::array::push_array;
use s2rst::s2::{Cell, CellId, CellVertex, Level};

/// Functions of S2 cells.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 1,
        ..kernel(
            "kql_geo_point_to_s2cell",
            ReturnType::Text,
            &[ArgType::Real, ArgType::Real, ArgType::Long],
            |a| {
                let (position, level) = (position(a, 0)?, level(a, 2, 11, 30)?);
                a.collect(|row| {
                    let (position, level) = (position(row)?, Level::try_new(level(row)?)?);
                    let leaf = CellId::from_point(&point::on_sphere(position));
                    Some(leaf.parent_at_level(level).to_token())
                })
            },
        )
    },
    kernel("kql_geo_s2cell_to_central_point", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| Some(Geometry::Point(point::on_map(cell(text.get(row))?.to_point())).to_json()))
    }),
    kernel("kql_geo_s2cell_to_polygon", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| {
            use CellVertex::*;
            let cell = Cell::from(cell(text.get(row))?);
            let corners = [LowerLeft, LowerRight, UpperRight, UpperLeft, LowerLeft];
            let ring = corners.map(|corner| point::on_map(cell.vertex(corner)));
            Some(Geometry::Polygon(vec![ring.to_vec()]).to_json())
        })
    }),
    kernel("kql_geo_s2cell_neighbors", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect_text(|row, out| {
            let Some(cell) = cell(text.get(row)) else { return false };
            let Some(around) = cell.all_neighbors(cell.level()) else { return false };
            push_array(out, around.into_iter().map(CellId::to_token));
            true
        })
    }),
];

/// The cell of that token.
fn cell(token: &str) -> Option<CellId> {
    Some(CellId::from_token(token)).filter(|cell| cell.is_valid())
}
