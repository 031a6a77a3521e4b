//! Everything within a distance of a shape.

use super::geojson::Geometry;
use super::point::{angle, on_sphere};
use super::shape::{LINES, POLYGONS, Shared, geometry_of};
use super::{kernel, position};
use crate::functions::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::common::Result;
use s2rst::s2::buffer_operation::{BufferOptions, S2BufferOperation};
use s2rst::s2::builder::polygon_layer::S2PolygonLayer;
use std::cell::RefCell;
use std::rc::Rc;

/// Functions that widen shapes.
pub static SCALARS: &[ScalarKernel] = &[
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_point_buffer", ReturnType::Dynamic, &[ArgType::Real; 4], |a| {
            let (position, options) = (position(a, 0)?, options(a, 2)?);
            a.collect(|row| {
                let point = on_sphere(position(row)?);
                Some(buffer(options(row)?, |buffer| buffer.add_point(point))?.to_json())
            })
        })
    },
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_line_buffer", ReturnType::Dynamic, SHAPE, |a| {
            let (mut lines, options) = (LINES.prepare(a.text(0)?), options(a, 1)?);
            a.collect(|row| {
                let lines = lines.get(row).as_ref()?;
                let buffer = buffer(options(row)?, |buffer| {
                    for line in lines {
                        buffer.add_polyline(line.vertices_vec());
                    }
                });
                Some(buffer?.to_json())
            })
        })
    },
    ScalarKernel {
        optional: 1,
        ..kernel("kql_geo_polygon_buffer", ReturnType::Dynamic, SHAPE, |a| {
            let (mut polygons, options) = (POLYGONS.prepare(a.text(0)?), options(a, 1)?);
            a.collect(|row| {
                let polygon = polygons.get(row).as_ref()?;
                Some(buffer(options(row)?, |buffer| buffer.add_shape(polygon))?.to_json())
            })
        })
    },
];

const SHAPE: &[ArgType] = &[ArgType::Text, ArgType::Real, ArgType::Real];

/// By how much the result may differ from the radius where nothing else is said, in meters.
const TOLERANCE: f64 = 10.0;

/// The least tolerance, as a part of the radius.
const FINEST: f64 = 1e-6;

/// The radius in meters at `index` and the tolerance behind it; none if one is not valid.
fn options<'a>(args: &Args<'a>, index: usize) -> Result<impl Fn(usize) -> Option<BufferOptions> + use<'a>> {
    let radius = args.real(index)?;
    let tolerance = if index + 1 < args.len() { Some(args.real(index + 1)?) } else { None };
    Ok(move |row| {
        let radius = radius.get(row).filter(|meters| meters.is_finite() && *meters > 0.0)?;
        let tolerance = match &tolerance {
            Some(tolerance) => tolerance.get(row)?,
            None => TOLERANCE,
        };
        let fraction = Some(tolerance / radius).filter(|fraction| *fraction >= FINEST)?;
        let mut options = BufferOptions::new(angle(radius));
        options.set_error_fraction(fraction.min(LARGEST));
        Some(options)
    })
}

/// The largest tolerance, as a part of the radius: just below it.
const LARGEST: f64 = 0.999_999;

fn buffer(options: BufferOptions, add: impl FnOnce(&mut S2BufferOperation)) -> Option<Geometry> {
    let layer = Rc::new(RefCell::new(S2PolygonLayer::new()));
    let mut operation = S2BufferOperation::new(Box::new(Shared(Rc::clone(&layer))), options);
    add(&mut operation);
    operation.build().ok()?;
    let polygon = layer.borrow_mut().take_output()?;
    geometry_of(&polygon)
}
