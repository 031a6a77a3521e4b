//! Units of measurement.

mod tables;

use super::adapter::{ArgType, Args, ReturnType, ScalarKernel};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

/// The conversion between the units of a table.
macro_rules! convert {
    ($name:literal, $units:expr) => {
        ScalarKernel {
            name: $name,
            args: &[ArgType::Real, ArgType::Text, ArgType::Text],
            returns: ReturnType::Real,
            eval: |a| convert_all(a, $units),
            ..ScalarKernel::BASE
        }
    };
}

/// The functions of this family.
pub static SCALARS: &[ScalarKernel] = &[
    convert!("kql_convert_angle", tables::ANGLE),
    convert!("kql_convert_energy", tables::ENERGY),
    convert!("kql_convert_force", tables::FORCE),
    convert!("kql_convert_length", tables::LENGTH),
    convert!("kql_convert_mass", tables::MASS),
    convert!("kql_convert_speed", tables::SPEED),
    convert!("kql_convert_temperature", tables::TEMPERATURE),
    convert!("kql_convert_volume", tables::VOLUME),
];

/// A unit of measurement.
#[derive(Debug)]
struct Unit {
    name: &'static str,
    scale: Scale,
}

/// How a value in a unit relates to one in base units.
#[derive(Debug, Clone, Copy)]
enum Scale {
    /// The base is the value times this.
    Times(f64),
    /// The base is the value divided by this.
    Per(f64),
    /// The base is the value times the first plus the second.
    Affine(f64, f64),
    /// The value is the sine of an angle in degrees.
    Tilt,
}

const fn times(name: &'static str, factor: f64) -> Unit {
    Unit { name, scale: Scale::Times(factor) }
}

const fn per(name: &'static str, divisor: f64) -> Unit {
    Unit { name, scale: Scale::Per(divisor) }
}

const fn affine(name: &'static str, factor: f64, offset: f64) -> Unit {
    Unit { name, scale: Scale::Affine(factor, offset) }
}

impl Scale {
    fn to_base(self, value: f64) -> f64 {
        match self {
            Scale::Times(factor) => value * factor,
            Scale::Per(divisor) => value / divisor,
            Scale::Affine(factor, offset) => value * factor + offset,
            Scale::Tilt => value.asin().to_degrees(),
        }
    }

    fn of_base(self, base: f64) -> f64 {
        match self {
            Scale::Times(factor) => base / factor,
            Scale::Per(divisor) => base * divisor,
            Scale::Affine(factor, offset) => (base - offset) / factor,
            Scale::Tilt => base.to_radians().sin(),
        }
    }
}

/// The unit of that name, in any case.
fn find(units: &'static [Unit], name: &str) -> Option<&'static Unit> {
    units.iter().find(|unit| unit.name.eq_ignore_ascii_case(name))
}

/// A value, the unit that it is in and the one that it should be in; null where there is no such unit.
fn convert_all(a: &Args<'_>, units: &'static [Unit]) -> Result<ArrayRef> {
    let (value, from, to) = (a.real(0)?, a.text(1)?, a.text(2)?);
    let fixed_from = from.constant().map(|name| find(units, name));
    let fixed_to = to.constant().map(|name| find(units, name));
    a.collect(|row| {
        let from = fixed_from.unwrap_or_else(|| find(units, from.get(row)))?;
        let to = fixed_to.unwrap_or_else(|| find(units, to.get(row)))?;
        Some(convert(value.get(row)?, from, to))
    })
}

fn convert(value: f64, from: &Unit, to: &Unit) -> f64 {
    // The same unit must give the same digits.
    if from.name == to.name { value } else { to.scale.of_base(from.scale.to_base(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_as_documented() {
        for (units, value, from, to, expected) in [
            (tables::ANGLE, 1.2, "Degree", "Arcminute", 72.0),
            (tables::ENERGY, 1.2, "Joule", "BritishThermalUnit", 0.00113738054437598),
            (tables::FORCE, 1.2, "Newton", "Decanewton", 0.12),
            (tables::LENGTH, 1.2, "Meter", "Foot", 3.93700787401575),
            (tables::MASS, 1.2, "Kilogram", "Pound", 2.64554714621853),
            (tables::SPEED, 1.2, "MeterPerSecond", "CentimeterPerHour", 432000.0),
            (tables::TEMPERATURE, 1.2, "Kelvin", "DegreeCelsius", -271.95),
            (tables::VOLUME, 1.2, "CubicMeter", "AcreFoot", 0.0009728568),
        ] {
            let unit = |name| find(units, name).expect(name);
            let actual = convert(value, unit(from), unit(to));
            assert!((actual - expected).abs() < 1e-14 * expected.abs().max(1.0), "{from} {to}: {actual}");
        }
        assert!(find(tables::ANGLE, "degree").is_some());
        assert!(find(tables::ANGLE, "Furlong").is_none());
    }

    const ALL: &[(&str, &[Unit])] = &[
        ("convert_angle", tables::ANGLE),
        ("convert_energy", tables::ENERGY),
        ("convert_force", tables::FORCE),
        ("convert_length", tables::LENGTH),
        ("convert_mass", tables::MASS),
        ("convert_speed", tables::SPEED),
        ("convert_temperature", tables::TEMPERATURE),
        ("convert_volume", tables::VOLUME),
    ];

    #[test]
    fn the_units_are_those_of_the_registry() {
        for (name, units) in ALL {
            let entry = kql2sql::functions::find(kql2sql::functions::SCALARS, name).expect(name);
            let params = entry.overloads[0].params;
            let names: Vec<&str> = units.iter().map(|unit| unit.name).collect();
            assert_eq!((params[1].values, params[2].values), (&names[..], &names[..]), "{name}");
        }
    }

    #[test]
    fn every_unit_converts_back() {
        for unit in ALL.iter().flat_map(|(_, units)| *units) {
            let back = unit.scale.of_base(unit.scale.to_base(0.5));
            assert!((back - 0.5).abs() < 1e-9, "{}: {back}", unit.name);
        }
        let kelvin = |name| find(tables::TEMPERATURE, name).expect(name).scale.to_base(0.0);
        // Where the scales begin: ice melts at 0 °C, 32 °F is that too, Rømer's zero lies 14.2857 °C below.
        assert!((kelvin("DegreeFahrenheit") + 32.0 * 5.0 / 9.0 - 273.15).abs() < 1e-9);
        assert!((kelvin("DegreeRoemer") - (273.15 - 7.5 * 40.0 / 21.0)).abs() < 1e-9);
    }
}
