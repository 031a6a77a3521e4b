//! H3 cells: hexagons (and twelve pentagons) at sixteen resolutions.

use super::geojson::Geometry;
use super::{kernel, level, position};
use crate::functions::adapter::{ArgType, ReturnType, ScalarKernel};
use crate::functions::string::array::push_array;
use h3o::{CellIndex, LatLng, Resolution};

/// Functions of H3 cells.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 1,
        ..kernel(
            "kql_geo_point_to_h3cell",
            ReturnType::Text,
            &[ArgType::Real, ArgType::Real, ArgType::Long],
            |a| {
                let (position, resolution) = (position(a, 0)?, level(a, 2, 6, 15)?);
                a.collect(|row| {
                    let [longitude, latitude] = position(row)?;
                    let resolution = Resolution::try_from(resolution(row)?).ok()?;
                    Some(LatLng::new(latitude, longitude).ok()?.to_cell(resolution).to_string())
                })
            },
        )
    },
    kernel("kql_geo_h3cell_to_central_point", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| {
            let center = LatLng::from(cell(text.get(row))?);
            Some(Geometry::Point([center.lng(), center.lat()]).to_json())
        })
    }),
    kernel("kql_geo_h3cell_to_polygon", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| {
            let mut ring: Vec<_> =
                cell(text.get(row))?.boundary().iter().map(|corner| [corner.lng(), corner.lat()]).collect();
            ring.push(*ring.first()?);
            Some(Geometry::Polygon(vec![ring]).to_json())
        })
    }),
    kernel("kql_geo_h3cell_neighbors", ReturnType::Dynamic, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect_text(|row, out| {
            let Some(cell) = cell(text.get(row)) else { return false };
            push_array(out, rings(cell, 1).swap_remove(1).iter().map(CellIndex::to_string));
            true
        })
    }),
    kernel("kql_geo_h3cell_rings", ReturnType::Dynamic, &[ArgType::Text, ArgType::Long], |a| {
        let (text, distance) = (a.text(0)?, level(a, 1, 0, 142)?);
        a.collect_text(|row, out| {
            let (Some(cell), Some(distance)) = (cell(text.get(row)), distance(row)) else { return false };
            for (index, ring) in rings(cell, distance).iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                push_array(out, ring.iter().map(CellIndex::to_string));
            }
            out.push(']');
            true
        })
    }),
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_h3cell_children", ReturnType::Dynamic, &[ArgType::Text, ArgType::Long], |a| {
            let (text, resolution) = (a.text(0)?, level(a, 1, NEXT, 15)?);
            a.collect_text(|row, out| {
                let (Some(cell), Some(wanted)) = (cell(text.get(row)), resolution(row)) else { return false };
                let own = u8::from(cell.resolution());
                let wanted = if wanted == NEXT { own + 1 } else { wanted };
                // Kusto goes down five levels at most.
                let Ok(resolution) = Resolution::try_from(wanted) else { return false };
                if wanted < own || wanted == 0 || wanted - own > 5 {
                    return false;
                }
                push_array(out, cell.children(resolution).map(|child| child.to_string()));
                true
            })
        })
    },
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_h3cell_parent", ReturnType::Text, &[ArgType::Text, ArgType::Long], |a| {
            let (text, resolution) = (a.text(0)?, level(a, 1, NEXT, 14)?);
            a.collect(|row| {
                let (cell, wanted) = (cell(text.get(row))?, resolution(row)?);
                let wanted =
                    if wanted == NEXT { u8::from(cell.resolution()).checked_sub(1)? } else { wanted };
                Some(cell.parent(Resolution::try_from(wanted).ok()?)?.to_string())
            })
        })
    },
    kernel("kql_geo_h3cell_level", ReturnType::Int, &[ArgType::Text], |a| {
        let text = a.text(0)?;
        a.collect(|row| cell(text.get(row)).map(|cell| i32::from(u8::from(cell.resolution()))))
    }),
];

/// Stands for a resolution that was not given: the next one to the cell's own.
const NEXT: u8 = u8::MAX;

/// The cell of that token.
fn cell(token: &str) -> Option<CellIndex> {
    let hex = token.len() <= 16 && token.bytes().all(|b| b.is_ascii_hexdigit());
    CellIndex::try_from(u64::from_str_radix(token, 16).ok().filter(|_| hex)?).ok()
}

/// The cells at each distance up to `most`: first itself.
fn rings(cell: CellIndex, most: u8) -> Vec<Vec<CellIndex>> {
    let most = u32::from(most);
    let mut rings = vec![Vec::new(); most as usize + 1];
    // In order around the cell, unless a pentagon is in the way.
    let in_order: Option<Vec<_>> = cell.grid_disk_distances_fast(most).collect();
    let cells = in_order.unwrap_or_else(|| cell.grid_disk_distances_safe(most).collect());
    for (cell, distance) in cells {
        rings[distance as usize].push(cell);
    }
    rings
}
