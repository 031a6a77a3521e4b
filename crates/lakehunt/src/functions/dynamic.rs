//! Dynamic values: arrays, bags, sets and JSON. The JSON text itself is read and written by [`crate::dynamic`].

pub mod access;
pub mod arrays;
pub mod bags;
pub mod compare;
pub mod convert;
pub mod expand;
pub mod sets;
mod sorting;
mod views;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::adapter::{Args, ScalarKernel};
    use datafusion::arrow::datatypes::DataType;
    use datafusion::common::ScalarValue;
    use datafusion::logical_expr::ColumnarValue;

    const FAMILIES: &[&[ScalarKernel]] =
        &[access::SCALARS, arrays::SCALARS, bags::SCALARS, compare::SCALARS, convert::SCALARS, sets::SCALARS];

    /// An argument: text (JSON, mostly), a number or a bool.
    trait Value {
        fn value(&self) -> ScalarValue;
    }

    impl Value for &str {
        fn value(&self) -> ScalarValue {
            ScalarValue::Utf8View(Some((*self).into()))
        }
    }

    impl Value for i64 {
        fn value(&self) -> ScalarValue {
            ScalarValue::Int64(Some(*self))
        }
    }

    impl Value for bool {
        fn value(&self) -> ScalarValue {
            ScalarValue::Boolean(Some(*self))
        }
    }

    impl Value for () {
        fn value(&self) -> ScalarValue {
            ScalarValue::Utf8View(None)
        }
    }

    /// What the function gives for constants, as text; `NULL` for null.
    fn call(name: &str, args: &[&dyn Value]) -> String {
        let kernel =
            FAMILIES.iter().copied().flatten().find(|k| k.name == name).expect("a function of that name");
        let values: Vec<_> = args.iter().map(|a| ColumnarValue::Scalar(a.value())).collect();
        let result = (kernel.eval)(&Args::new(&values, 1, &DataType::Null)).expect("a result");
        ScalarValue::try_from_array(&result, 0).expect("one value").to_string()
    }

    macro_rules! gives {
        ($name:literal($($arg:expr),*) = $expected:expr) => {
            assert_eq!(call($name, &[$(&$arg),*]), $expected, "{}", stringify!($name($($arg),*)))
        };
    }

    #[test]
    fn arrays_are_taken_apart() {
        gives!("kql_array_slice"("[1,2,3,4,5,6]", 2i64, -2i64) = "[3,4,5]");
        gives!("kql_array_slice"("[1,2,3,4,5,6]", 0i64, 100i64) = "[1,2,3,4,5,6]");
        gives!("kql_array_slice"("[1,2]", 1i64, 0i64) = "[]");
        gives!("kql_array_slice"("[]", 0i64, -1i64) = "[]");
        gives!("kql_array_slice"("{}", 0i64, -1i64) = "NULL");
        gives!("kql_array_slice"("[1,2]", i64::MIN, i64::MAX) = "[1,2]");
        gives!("kql_array_split"("[1,2,3,4,5]", "[1,3]") = "[[1],[2,3],[4,5]]");
        gives!("kql_array_split"("[1,2,3,4,5]", "2") = "[[1,2],[3,4,5]]");
        gives!("kql_array_split"("[1,2]", "[9,-9]") = "[[1,2],[],[]]");
        gives!("kql_array_rotate_left"("[1,2,3,4,5]", -2i64) = "[4,5,1,2,3]");
        gives!("kql_array_rotate_right"("[1,2,3,4,5]", -2i64) = "[3,4,5,1,2]");
        gives!("kql_array_rotate_right"("[1,2,3]", i64::MIN) = "[3,1,2]");
        gives!("kql_array_shift_left"("[1,2,3,4,5]", -2i64, "-1") = "[-1,-1,1,2,3]");
        gives!("kql_array_shift_right"("[10,20,30]", 1i64) = "[null,10,20]");
        gives!("kql_array_shift_right"("[1]", i64::MIN) = "[null]");
        gives!("kql_array_index_of"("[\"a\",\"b\",\"a\"]", "\"a\"", -1i64) = "2");
        gives!("kql_array_index_of"("[5,15]", "15.0") = "1");
        gives!("kql_array_index_of"("[5]", "5", 0i64, -2i64) = "NULL");
        gives!("kql_array_sum"("[1.5, 2.5, 3.5]") = "7.5");
        gives!("kql_array_sum"("[]") = "NULL");
    }

    #[test]
    fn arrays_are_put_together() {
        gives!("kql_array_concat"("[1,2]", ()) = "[1,2]");
        gives!("kql_array_concat"((), "{}") = "NULL");
        gives!("kql_zip"("[\"A\",1,1.5]", "[{},\"B\"]") = "[[\"A\",{}],[1,\"B\"],[1.5,null]]");
        gives!(
            "kql_array_iff"("[\"some\",\"2022-01-01T00:00:00.0000000Z\",null]", "1", "0") =
                "[null,null,null]"
        );
        gives!("kql_array_iff"("[true,true,true]", "[1,2]", "[3,4]") = "[1,2,null]");
        gives!("kql_array_iff"("[1,0,50]", "\"yes\"", "\"no\"") = "[\"yes\",\"no\",\"yes\"]");
        gives!("kql_repeat"("1", 3i64) = "[1,1,1]");
        gives!("kql_repeat"("1", -1i64) = "NULL");
        gives!("kql_range_long"(1i64, 8i64, 3i64) = "[1,4,7]");
        gives!("kql_range_long"(i64::MAX - 1, i64::MAX, 1i64) = "[9223372036854775806,9223372036854775807]");
        gives!("kql_range_long"(2i64, 1i64, 1i64) = "[]");
        gives!("kql_range_long"(1i64, 2i64, 0i64) = "NULL");
        gives!("kql_pack_array"((), "\"a\"", "{\"b\": 1}") = "[null,\"a\",{\"b\":1}]");
    }

    #[test]
    fn arrays_are_sorted() {
        let colours = "[null,\"blue\",\"yellow\",\"green\",null]";
        gives!("kql_array_sort_asc"(true, colours) = "[\"blue\",\"green\",\"yellow\",null,null]");
        gives!("kql_array_sort_asc"(false, colours) = "[null,null,\"blue\",\"green\",\"yellow\"]");
        gives!("kql_array_sort_desc"(true, colours) = "[\"yellow\",\"green\",\"blue\",null,null]");
        gives!("kql_array_sort_desc"(false, colours) = "[null,null,\"yellow\",\"green\",\"blue\"]");
        gives!(
            "kql_array_sort_asc"(true, "[1,3,4,5,2]", "[\"a\",\"b\",\"c\",\"d\",\"e\"]", "[1]") =
                "[[1,2,3,4,5],[\"a\",\"e\",\"b\",\"c\",\"d\"],null]"
        );
        gives!("kql_array_sort_asc"(true, "[true,\"b\",10,9.5]") = "[9.5,10,\"b\",true]");
        gives!("kql_array_sort_asc"(true, "{}") = "NULL");
    }

    #[test]
    fn sets() {
        gives!("kql_set_union"("[1,2,1,4]", "[1,2]", "[8]") = "[1,2,4,8]");
        gives!("kql_set_union"("[1,\"1\",1.0,[1],[ 1 ]]", "[]") = "[1,\"1\",[1]]");
        gives!("kql_set_intersect"("[1,2,3]", "[4,5]") = "[]");
        gives!("kql_set_difference"("[null,1,null,2,null]", "[null]") = "[1,2]");
        gives!("kql_set_has_element"("[1,2,3]", "\"2\"") = "false");
        gives!("kql_set_has_element"("[1,2,3]", "2") = "true");
        gives!("kql_jaccard_index"("[1,2,3,4]", "[3,4,5,6]") = "0.3333333333333333");
        gives!("kql_set_equals"("[1,2,2]", "[2,1]") = "true");
    }

    #[test]
    fn bags() {
        gives!(
            "kql_bag_merge"("{\"A1\":12,\"B1\":2}", (), "{\"A2\":81,\"A1\":1}") =
                "{\"A1\":12,\"B1\":2,\"A2\":81}"
        );
        gives!("kql_bag_keys"("[]") = "NULL");
        gives!("kql_bag_keys"("{}") = "[]");
        gives!("kql_bag_keys"("{\"a\":1,\"a\":2,\"\\u0062\":3}") = "[\"a\",\"b\"]");
        gives!("kql_bag_has_key"("{\"key2\":{\"prop1\":null}}", "$.key2.prop1") = "true");
        gives!("kql_bag_has_key"("{\"$.a\":1}", "$.a") = "false");
        gives!(
            "kql_bag_remove_keys"(
                "{\"key1\":123,\"key2\":{\"prop1\":\"abc\",\"prop2\":\"xyz\"},\"key3\":[100]}",
                "[\"$.key2.prop1\",\"key3\"]"
            ) = "{\"key1\":123,\"key2\":{\"prop2\":\"xyz\"}}"
        );
        gives!(
            "kql_bag_set_key"("{\"key1\":123}", "$.key2.prop1", "\"abc\"") =
                "{\"key1\":123,\"key2\":{\"prop1\":\"abc\"}}"
        );
        gives!("kql_bag_set_key"("{\"key1\":123}", "$.key1.x", "1") = "NULL");
        gives!("kql_bag_set_key"("[]", "a", "1") = "NULL");
        gives!("kql_bag_zip"("[\"a\",8,\"b\"]", "[1,\"2\",2.5]") = "{\"a\":1,\"b\":2.5}");
        gives!("kql_bag_zip"("[\"a\",8,\"b\"]", "1") = "{\"a\":null,\"b\":null}");
        gives!("kql_bag_zip"("\"a\"", "[1]") = "NULL");
        gives!("kql_bag_pack"("a", "1", "b\"", ()) = "{\"a\":1,\"b\\\"\":null}");
        gives!("kql_bag_not_empty"("{\"a\":null,\"b\":\"\",\"c\":0}") = "{\"c\":0}");
        gives!(
            "kql_dynamic_to_json"("{\"Y\":{},\"X\":{\"c\":1,\"a\":[{\"z\":0,\"b\":0}]}}") =
                "{\"X\":{\"a\":[{\"b\":0,\"z\":0}],\"c\":1},\"Y\":{}}"
        );
        gives!(
            "kql_treepath"("{\"prop1\":[1,2,3,4], \"prop2\":\"value2\"}") =
                "[\"['prop1']\",\"['prop1'][0]\",\"['prop2']\"]"
        );
        gives!(
            "kql_treepath"("{\"l\":[100,\"abcde\",{\"x\":\"y\"}]}") =
                "[\"['l']\",\"['l'][0]\",\"['l'][0]['x']\"]"
        );
    }

    #[test]
    fn members_and_conversions() {
        gives!("kql_dynamic_get"("{\"a\":[1,{\"b\": [ 2 ]}]}", "[\"a\",-1,\"b\"]") = "[2]");
        gives!("kql_dynamic_get"("{\"a\":null}", "[\"a\"]") = "NULL");
        gives!("kql_dynamic_get"((), "[0]") = "NULL");
        gives!("kql_extract_json"("$.name", "{\"name\": \"Jo\\u0068n\"}") = "John");
        gives!("kql_extract_json_dynamic"("$.a[0]", "{\"a\": [{\"b\": 1}]}") = "{\"b\":1}");
        gives!("kql_extract_json_dynamic"("$.a", "{\"a\": 1") = "NULL");
        gives!("kql_isempty_dynamic"("\"\"") = "true");
        gives!("kql_isempty_dynamic"("[]") = "false");
        gives!("kql_array_length"("[null,[1,2],\"]\"]") = "3");
        gives!("kql_array_length"("{}") = "NULL");
        gives!("kql_dynamic_equals"((), "1") = "false");
        gives!("kql_dynamic_not_equals"((), "1") = "true");
        gives!("kql_dynamic_equals"((), "null") = "NULL");
        gives!("kql_dynamic_greater"("\"10\"", "9") = "true");
        gives!("kql_dynamic_less"((), "9") = "NULL");
        gives!("kql_dynamic_in"("2.0", "[1,2]") = "true");
        gives!("kql_dynamic_in"("\"A\"", "[\"a\"]") = "false");
        gives!("kql_dynamic_in_ci"("\"É\"", "[\"é\"]") = "true");
    }
}
