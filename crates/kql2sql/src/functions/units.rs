//! Units of measurement.

use super::*;
use crate::types::Type;

/// From one of the units to another, by the runtime's function.
macro_rules! convert {
    ($units:ident, $udf:literal) => {
        overload(
            &[
                param("value", ParamKind::Types(&[Type::Real])),
                param("from", ParamKind::Types(&[Type::String])).values($units),
                param("to", ParamKind::Types(&[Type::String])).values($units),
            ],
            Returns::Type(Type::Real),
            Lower::Udf($udf),
        )
    };
}

/// Units of measurement.
pub static FUNCTIONS: &[Function] = &[
    Function {
        name: "convert_angle",
        doc: "An angle converted from one unit to another.",
        page: "convert-angle-function",
        overloads: &[convert!(ANGLE, "kql_convert_angle")],
        examples: &[example("print convert_angle(180.0, 'Degree', 'Revolution')", "[0.5]")],
        ..Function::BASE
    },
    Function {
        name: "convert_energy",
        doc: "An energy converted from one unit to another.",
        page: "convert-energy-function",
        overloads: &[convert!(ENERGY, "kql_convert_energy")],
        examples: &[example("print convert_energy(1.0, 'KilowattHour', 'Kilojoule')", "[3600.0]")],
        ..Function::BASE
    },
    Function {
        name: "convert_force",
        doc: "A force converted from one unit to another.",
        page: "convert-force-function",
        overloads: &[convert!(FORCE, "kql_convert_force")],
        examples: &[example("print convert_force(1.0, 'Kilonewton', 'Newton')", "[1000.0]")],
        ..Function::BASE
    },
    Function {
        name: "convert_length",
        doc: "A length converted from one unit to another.",
        page: "convert-length-function",
        overloads: &[convert!(LENGTH, "kql_convert_length")],
        examples: &[example("print convert_length(1.0, 'Mile', 'Meter')", "[1609.34]")],
        ..Function::BASE
    },
    Function {
        name: "convert_mass",
        doc: "A mass converted from one unit to another.",
        page: "convert-mass-function",
        overloads: &[convert!(MASS, "kql_convert_mass")],
        examples: &[example("print convert_mass(1.0, 'Tonne', 'Kilogram')", "[1000.0]")],
        ..Function::BASE
    },
    Function {
        name: "convert_speed",
        doc: "A speed converted from one unit to another.",
        page: "convert-speed-function",
        overloads: &[convert!(SPEED, "kql_convert_speed")],
        examples: &[example("print convert_speed(36.0, 'KilometerPerHour', 'MeterPerSecond')", "[10.0]")],
        ..Function::BASE
    },
    Function {
        name: "convert_temperature",
        doc: "A temperature converted from one unit to another.",
        page: "convert-temperature-function",
        overloads: &[convert!(TEMPERATURE, "kql_convert_temperature")],
        examples: &[example("print convert_temperature(0.0, 'DegreeCelsius', 'Kelvin')", "[273.15]")],
        ..Function::BASE
    },
    Function {
        name: "convert_volume",
        doc: "A volume converted from one unit to another.",
        page: "convert-volume-function",
        overloads: &[convert!(VOLUME, "kql_convert_volume")],
        examples: &[example("print convert_volume(1.0, 'CubicMeter', 'Liter')", "[1000.0]")],
        ..Function::BASE
    },
];

#[rustfmt::skip]
const ANGLE: &[&str] = &[
    "Arcminute", "Arcsecond", "Centiradian", "Deciradian", "Degree", "Gradian", "Microdegree", "Microradian",
    "Millidegree", "Milliradian", "Nanodegree", "Nanoradian", "NatoMil", "Radian", "Revolution", "Tilt",
];

#[rustfmt::skip]
const ENERGY: &[&str] = &[
    "BritishThermalUnit", "Calorie", "DecathermEc", "DecathermImperial", "DecathermUs", "ElectronVolt", "Erg",
    "FootPound", "GigabritishThermalUnit", "GigaelectronVolt", "Gigajoule", "GigawattDay", "GigawattHour",
    "HorsepowerHour", "Joule", "KilobritishThermalUnit", "Kilocalorie", "KiloelectronVolt", "Kilojoule",
    "KilowattDay", "KilowattHour", "MegabritishThermalUnit", "Megacalorie", "MegaelectronVolt", "Megajoule",
    "MegawattDay", "MegawattHour", "Millijoule", "TeraelectronVolt", "TerawattDay", "TerawattHour", "ThermEc",
    "ThermImperial", "ThermUs", "WattDay", "WattHour",
];

#[rustfmt::skip]
const FORCE: &[&str] = &[
    "Decanewton", "Dyn", "KilogramForce", "Kilonewton", "KiloPond", "KilopoundForce", "Meganewton",
    "Micronewton", "Millinewton", "Newton", "OunceForce", "Poundal", "PoundForce", "ShortTonForce",
    "TonneForce",
];

#[rustfmt::skip]
const LENGTH: &[&str] = &[
    "Angstrom", "AstronomicalUnit", "Centimeter", "Chain", "DataMile", "Decameter", "Decimeter", "DtpPica",
    "DtpPoint", "Fathom", "Foot", "Hand", "Hectometer", "Inch", "KilolightYear", "Kilometer", "Kiloparsec",
    "LightYear", "MegalightYear", "Megaparsec", "Meter", "Microinch", "Micrometer", "Mil", "Mile",
    "Millimeter", "Nanometer", "NauticalMile", "Parsec", "PrinterPica", "PrinterPoint", "Shackle",
    "SolarRadius", "Twip", "UsSurveyFoot", "Yard",
];

#[rustfmt::skip]
const MASS: &[&str] = &[
    "Centigram", "Decagram", "Decigram", "EarthMass", "Grain", "Gram", "Hectogram", "Kilogram", "Kilopound",
    "Kilotonne", "LongHundredweight", "LongTon", "Megapound", "Megatonne", "Microgram", "Milligram",
    "Nanogram", "Ounce", "Pound", "ShortHundredweight", "ShortTon", "Slug", "SolarMass", "Stone", "Tonne",
];

#[rustfmt::skip]
const SPEED: &[&str] = &[
    "CentimeterPerHour", "CentimeterPerMinute", "CentimeterPerSecond", "DecimeterPerMinute",
    "DecimeterPerSecond", "FootPerHour", "FootPerMinute", "FootPerSecond", "InchPerHour", "InchPerMinute",
    "InchPerSecond", "KilometerPerHour", "KilometerPerMinute", "KilometerPerSecond", "Knot", "MeterPerHour",
    "MeterPerMinute", "MeterPerSecond", "MicrometerPerMinute", "MicrometerPerSecond", "MilePerHour",
    "MillimeterPerHour", "MillimeterPerMinute", "MillimeterPerSecond", "NanometerPerMinute",
    "NanometerPerSecond", "UsSurveyFootPerHour", "UsSurveyFootPerMinute", "UsSurveyFootPerSecond",
    "YardPerHour", "YardPerMinute", "YardPerSecond",
];

#[rustfmt::skip]
const TEMPERATURE: &[&str] = &[
    "DegreeCelsius", "DegreeDelisle", "DegreeFahrenheit", "DegreeNewton", "DegreeRankine", "DegreeReaumur",
    "DegreeRoemer", "Kelvin", "MillidegreeCelsius", "SolarTemperature",
];

#[rustfmt::skip]
const VOLUME: &[&str] = &[
    "AcreFoot", "AuTablespoon", "BoardFoot", "Centiliter", "CubicCentimeter", "CubicDecimeter", "CubicFoot",
    "CubicHectometer", "CubicInch", "CubicKilometer", "CubicMeter", "CubicMicrometer", "CubicMile",
    "CubicMillimeter", "CubicYard", "Decaliter", "DecausGallon", "Deciliter", "DeciusGallon",
    "HectocubicFoot", "HectocubicMeter", "Hectoliter", "HectousGallon", "ImperialBeerBarrel",
    "ImperialGallon", "ImperialOunce", "ImperialPint", "KilocubicFoot", "KilocubicMeter",
    "KiloimperialGallon", "Kiloliter", "KilousGallon", "Liter", "MegacubicFoot", "MegaimperialGallon",
    "Megaliter", "MegausGallon", "MetricCup", "MetricTeaspoon", "Microliter", "Milliliter", "OilBarrel",
    "UkTablespoon", "UsBeerBarrel", "UsCustomaryCup", "UsGallon", "UsLegalCup", "UsOunce", "UsPint",
    "UsQuart", "UsTablespoon", "UsTeaspoon",
];
