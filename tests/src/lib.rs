#[cfg(test)]
mod dynamic_properties;
