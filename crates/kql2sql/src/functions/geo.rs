//! Geography.

use super::*;
use crate::types::Type;

/// Geography.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "geo_from_wkt",
        doc: "",
        page: "geo-from-wkt-function",
        overloads: &[overload(&[param("wkt", ParamKind::StringOrArray)], Returns::Type(Type::Dynamic), TODO)],
        ..Function::BASE
    },
    Function {
        name: "geo_angle",
        doc: "",
        page: "geo-angle-function",
        overloads: &[overload(
            &[
                param("p1_longitude", ParamKind::Number),
                param("p1_latitude", ParamKind::Number),
                param("p2_longitude", ParamKind::Number),
                param("p2_latitude", ParamKind::Number),
                param("p3_longitude", ParamKind::Number),
                param("p3_latitude", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_azimuth",
        doc: "",
        page: "geo-azimuth-function",
        overloads: &[overload(
            &[
                param("p1_longitude", ParamKind::Number),
                param("p1_latitude", ParamKind::Number),
                param("p2_longitude", ParamKind::Number),
                param("p2_latitude", ParamKind::Number),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_closest_point_on_line",
        doc: "",
        page: "geo-closest-point-on-line-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("lineString", ParamKind::DynamicBag),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_closest_point_on_polygon",
        doc: "",
        page: "geo-closest-point-on-polygon-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("polygon", ParamKind::DynamicBag),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_distance_2points",
        doc: "",
        page: "geo-distance-2points-function",
        overloads: &[overload(
            &[
                param("p1_longitude", ParamKind::Number),
                param("p1_latitude", ParamKind::Number),
                param("p2_longitude", ParamKind::Number),
                param("p2_latitude", ParamKind::Number),
                param("use_spheroid", ParamKind::NumberOrBool).optional(),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_distance_point_to_line",
        doc: "",
        page: "geo-distance-point-to-line-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("lineString", ParamKind::DynamicBag),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_distance_point_to_polygon",
        doc: "",
        page: "geo-distance-point-to-polygon-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("polygon", ParamKind::DynamicBag),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_in_circle",
        doc: "",
        page: "geo-point-in-circle-function",
        overloads: &[overload(
            &[
                param("p_longitude", ParamKind::Number),
                param("p_latitude", ParamKind::Number),
                param("pc_longitude", ParamKind::Number),
                param("pc_latitude", ParamKind::Number),
                param("c_radius", ParamKind::Number),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_in_polygon",
        doc: "",
        page: "geo-point-in-polygon-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("polygon", ParamKind::DynamicBag),
            ],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersects_2lines",
        doc: "",
        page: "geo-intersects-2lines-function",
        overloads: &[overload(
            &[param("lineString1", ParamKind::DynamicBag), param("lineString2", ParamKind::DynamicBag)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersects_line_with_polygon",
        doc: "",
        page: "geo-intersects-line-with-polygon-function",
        overloads: &[overload(
            &[param("lineString", ParamKind::DynamicBag), param("polygon", ParamKind::DynamicBag)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersects_2polygons",
        doc: "",
        page: "geo-intersects-2polygons-function",
        overloads: &[overload(
            &[param("polygon1", ParamKind::DynamicBag), param("polygon2", ParamKind::DynamicBag)],
            Returns::Type(Type::Bool),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersection_2lines",
        doc: "",
        page: "geo-intersection-2lines-function",
        overloads: &[overload(
            &[param("lineString1", ParamKind::DynamicBag), param("lineString2", ParamKind::DynamicBag)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersection_line_with_polygon",
        doc: "",
        page: "geo-intersection-line-with-polygon-function",
        overloads: &[overload(
            &[param("lineString", ParamKind::DynamicBag), param("polygon", ParamKind::DynamicBag)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_intersection_2polygons",
        doc: "",
        page: "geo-intersection-2polygons-function",
        overloads: &[overload(
            &[param("polygon1", ParamKind::DynamicBag), param("polygon2", ParamKind::DynamicBag)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_union_polygons_array",
        doc: "",
        page: "geo-union-polygons-array-function",
        overloads: &[overload(
            &[param("polygons", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_simplify_polygons_array",
        doc: "",
        page: "geo-simplify-polygons-array-function",
        overloads: &[overload(
            &[param("polygons", ParamKind::DynamicArray), param("tolerance", ParamKind::Number).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_union_lines_array",
        doc: "",
        page: "geo-union-lines-array-function",
        overloads: &[overload(
            &[param("lineStrings", ParamKind::DynamicArray)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_to_h3cells",
        doc: "",
        page: "geo-polygon-to-h3cells-function",
        overloads: &[overload(
            &[
                param("polygon", ParamKind::DynamicBag),
                param("resolution", ParamKind::Number).optional(),
                param("radius", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_to_s2cells",
        doc: "",
        page: "geo-polygon-to-s2cells-function",
        overloads: &[overload(
            &[
                param("polygon", ParamKind::DynamicBag),
                param("level", ParamKind::Number).optional(),
                param("radius", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_densify",
        doc: "",
        page: "geo-polygon-densify-function",
        overloads: &[overload(
            &[
                param("polygon", ParamKind::DynamicBag),
                param("tolerance", ParamKind::Number).optional(),
                param("preserve_crossing", ParamKind::NumberOrBool).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_area",
        doc: "",
        page: "geo-polygon-area-function",
        overloads: &[overload(&[param("polygon", ParamKind::DynamicBag)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_buffer",
        doc: "",
        page: "geo-polygon-buffer-function",
        overloads: &[overload(
            &[
                param("polygon", ParamKind::DynamicBag),
                param("radius", ParamKind::Number),
                param("tolerance", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_centroid",
        doc: "",
        page: "geo-polygon-centroid-function",
        overloads: &[overload(
            &[param("polygon", ParamKind::DynamicBag)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_perimeter",
        doc: "",
        page: "geo-polygon-perimeter-function",
        overloads: &[overload(&[param("polygon", ParamKind::DynamicBag)], Returns::Type(Type::Real), TODO)],
        ..Function::BASE
    },
    Function {
        name: "geo_polygon_simplify",
        doc: "",
        page: "geo-polygon-simplify-function",
        overloads: &[overload(
            &[param("polygon", ParamKind::DynamicBag), param("tolerance", ParamKind::Number).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_length",
        doc: "",
        page: "geo-line-length-function",
        overloads: &[overload(
            &[param("lineString", ParamKind::DynamicBag)],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_buffer",
        doc: "",
        page: "geo-line-buffer-function",
        overloads: &[overload(
            &[
                param("lineString", ParamKind::DynamicBag),
                param("radius", ParamKind::Number),
                param("tolerance", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_centroid",
        doc: "",
        page: "geo-line-centroid-function",
        overloads: &[overload(
            &[param("lineString", ParamKind::DynamicBag)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_densify",
        doc: "",
        page: "geo-line-densify-function",
        overloads: &[overload(
            &[
                param("lineString", ParamKind::DynamicBag),
                param("tolerance", ParamKind::Number).optional(),
                param("preserve_crossing", ParamKind::NumberOrBool).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_simplify",
        doc: "",
        page: "geo-line-simplify-function",
        overloads: &[overload(
            &[param("lineString", ParamKind::DynamicBag), param("tolerance", ParamKind::Number).optional()],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_locate_point",
        doc: "",
        page: "geo-line-locate-point-function",
        overloads: &[overload(
            &[
                param("lineString", ParamKind::DynamicBag),
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("use_spheroid", ParamKind::NumberOrBool).optional(),
            ],
            Returns::Type(Type::Real),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_interpolate_point",
        doc: "",
        page: "geo-line-interpolate-point-function",
        overloads: &[overload(
            &[param("lineString", ParamKind::DynamicBag), param("fraction", ParamKind::Number)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_line_to_s2cells",
        doc: "",
        page: "geo-line-to-s2cells-function",
        overloads: &[overload(
            &[
                param("lineString", ParamKind::DynamicBag),
                param("level", ParamKind::Number).optional(),
                param("radius", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_to_geohash",
        doc: "",
        page: "geo-point-to-geohash-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("accuracy", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_geohash_to_central_point",
        doc: "",
        page: "geo-geohash-to-central-point-function",
        overloads: &[overload(
            &[param("geohash", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_geohash_to_polygon",
        doc: "",
        page: "geo-geohash-to-polygon-function",
        overloads: &[overload(
            &[param("geohash", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_geohash_neighbors",
        doc: "",
        page: "geo-geohash-neighbors-function",
        overloads: &[overload(
            &[param("geohash", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_buffer",
        doc: "",
        page: "geo-point-buffer-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("radius", ParamKind::Number),
                param("tolerance", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_to_s2cell",
        doc: "",
        page: "geo-point-to-s2cell-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("level", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_s2cell_to_central_point",
        doc: "",
        page: "geo-s2cell-to-central-point-function",
        overloads: &[overload(
            &[param("s2cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_s2cell_to_polygon",
        doc: "",
        page: "geo-s2cell-to-polygon-function",
        overloads: &[overload(
            &[param("s2cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_s2cell_neighbors",
        doc: "",
        page: "geo-s2cell-neighbors-function",
        overloads: &[overload(
            &[param("s2cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_point_to_h3cell",
        doc: "",
        page: "geo-point-to-h3cell-function",
        overloads: &[overload(
            &[
                param("longitude", ParamKind::Number),
                param("latitude", ParamKind::Number),
                param("resolution", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_to_central_point",
        doc: "",
        page: "geo-h3cell-to-central-point-function",
        overloads: &[overload(
            &[param("h3cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_to_polygon",
        doc: "",
        page: "geo-h3cell-to-polygon-function",
        overloads: &[overload(
            &[param("h3cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_neighbors",
        doc: "",
        page: "geo-h3cell-neighbors-function",
        overloads: &[overload(
            &[param("h3cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_children",
        doc: "",
        page: "geo-h3cell-children-function",
        overloads: &[overload(
            &[
                param("h3cell", ParamKind::Types(&[Type::String])),
                param("resolution", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_parent",
        doc: "",
        page: "geo-h3cell-parent-function",
        overloads: &[overload(
            &[
                param("h3cell", ParamKind::Types(&[Type::String])),
                param("resolution", ParamKind::Number).optional(),
            ],
            Returns::Type(Type::String),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_rings",
        doc: "",
        page: "geo-h3cell-rings-function",
        overloads: &[overload(
            &[param("h3cell", ParamKind::Types(&[Type::String])), param("distance", ParamKind::Number)],
            Returns::Type(Type::Dynamic),
            TODO,
        )],
        ..Function::BASE
    },
    Function {
        name: "geo_h3cell_level",
        doc: "",
        page: "geo-h3cell-level-function",
        overloads: &[overload(
            &[param("h3cell", ParamKind::Types(&[Type::String]))],
            Returns::Type(Type::Int),
            TODO,
        )],
        ..Function::BASE
    },
];
