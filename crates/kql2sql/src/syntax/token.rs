//! What the text is cut into.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use crate::span::Span;

/// One piece of the text. All tokens together, in order, are the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Which.
    pub kind: TokenKind,
    /// Where.
    pub span: Span,
}

/// What a token is to somebody who colours the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// Blanks and line ends.
    Whitespace,
    /// `// …`
    Comment,
    /// A name.
    Identifier,
    /// A word with a meaning in the grammar.
    Keyword,
    /// The name of a type.
    Type,
    /// A string.
    String,
    /// A number.
    Number,
    /// `1h`, `datetime(…)`, `guid(…)` and other literals that are no numbers and no strings.
    Literal,
    /// `+`, `==`, `has`, `and` …
    Operator,
    /// Brackets, `|`, `,`, `;` …
    Punctuation,
    /// A character that has no meaning in KQL.
    Error,
}

/// How a word of the grammar may be used as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AsName {
    /// Everywhere.
    Always,
    /// Where a name is declared (`extend by = 1`), but not where it is used.
    Declared,
    /// Only in brackets: `['time']`.
    Bracketed,
}

/// Declares [`TokenKind`] and the tables of words and signs from one list.
macro_rules! token_kinds {
    (
        classes { $( $(#[$doc:meta])* $class_kind:ident $class:ident, )* }
        signs { $( $sign:ident $sign_text:literal $sign_class:ident, )* }
        words { $( $word:ident $word_text:literal $word_class:ident $as_name:ident, )* }
    ) => {
        /// The kind of a token.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "signs and words are named after their text")]
        pub enum TokenKind {
            $( $(#[$doc])* $class_kind, )*
            $( $sign, )*
            $( $word, )*
        }

        impl TokenKind {
            /// What it is to somebody who colours the text.
            pub fn class(self) -> TokenClass {
                match self {
                    $( TokenKind::$class_kind => TokenClass::$class, )*
                    $( TokenKind::$sign => TokenClass::$sign_class, )*
                    $( TokenKind::$word => TokenClass::$word_class, )*
                }
            }

            /// The text of a sign or a word of the grammar; "" for all other kinds.
            pub fn text(self) -> &'static str {
                match self {
                    $( TokenKind::$class_kind => "", )*
                    $( TokenKind::$sign => $sign_text, )*
                    $( TokenKind::$word => $word_text, )*
                }
            }

            /// How a word of the grammar may be used as a name; `None` for what is no word of the grammar.
            fn as_name(self) -> Option<AsName> {
                match self {
                    $( TokenKind::$word => Some(AsName::$as_name), )*
                    _ => None,
                }
            }
        }

        /// The words of the grammar.
        const WORDS: &[(&str, TokenKind)] = &[$( ($word_text, TokenKind::$word), )*];
    };
}

token_kinds! {
    classes {
        /// Blanks and line ends.
        Whitespace Whitespace,
        /// `// …` up to the end of the line.
        Comment Comment,
        /// `#…` up to the end of the line.
        Directive Comment,
        /// A name that is no word of the grammar.
        Identifier Identifier,
        /// A string with its quotes and prefixes.
        String String,
        /// `5`, `0x1f`
        Long Number,
        /// `1.5`, `1e5`
        Real Number,
        /// `1.5h`
        Timespan Literal,
        /// `true`, `false` in their spellings
        Bool Literal,
        /// `datetime(…)`, `long(…)` and the other types in front of a parenthesis.
        TypedLiteral Literal,
        /// A guid without `guid(…)` around it.
        RawGuid Literal,
        /// A text operator: `has`, `!contains_cs`, `matches regex` …
        StringOperator Operator,
        /// `in~`, `!in`, `!in~`, `has_any`, `has_all`
        SetOperator Operator,
        /// A word that Kusto keeps for itself.
        Reserved Keyword,
        /// A word that Kusto keeps for itself, but that may be declared as a name.
        ReservedName Keyword,
        /// A character that has no meaning in KQL.
        Error Error,
        /// The end of the text.
        End Whitespace,
    }
    signs {
        OpenParen "(" Punctuation,
        CloseParen ")" Punctuation,
        OpenBracket "[" Punctuation,
        CloseBracket "]" Punctuation,
        OpenBrace "{" Punctuation,
        CloseBrace "}" Punctuation,
        Bar "|" Punctuation,
        LessBar "<|" Punctuation,
        Plus "+" Operator,
        Minus "-" Operator,
        Star "*" Operator,
        Slash "/" Operator,
        Percent "%" Operator,
        Dot "." Punctuation,
        DotDot ".." Punctuation,
        Bang "!" Punctuation,
        Less "<" Operator,
        LessEqual "<=" Operator,
        Greater ">" Operator,
        GreaterEqual ">=" Operator,
        Equal "=" Punctuation,
        EqualEqual "==" Operator,
        BangEqual "!=" Operator,
        LessGreater "<>" Operator,
        EqualTilde "=~" Operator,
        BangTilde "!~" Operator,
        Colon ":" Punctuation,
        Semicolon ";" Punctuation,
        Comma "," Punctuation,
        At "@" Punctuation,
        Question "?" Punctuation,
        FatArrow "=>" Punctuation,
    }
    words {
        Access "access" Keyword Always,
        Alias "alias" Keyword Always,
        And "and" Operator Bracketed,
        As "as" Keyword Declared,
        Asc "asc" Keyword Bracketed,
        AssertSchema "assert-schema" Keyword Bracketed,
        Between "between" Operator Bracketed,
        NotBetween "!between" Operator Bracketed,
        Bin "bin" Identifier Always,
        BestEffort "best_effort" Keyword Always,
        By "by" Keyword Declared,
        Consume "consume" Keyword Always,
        Count "count" Keyword Always,
        Database "database" Identifier Always,
        DataScope "datascope" Keyword Bracketed,
        DataTable "datatable" Keyword Declared,
        Declare "declare" Keyword Always,
        Default "default" Keyword Always,
        Desc "desc" Keyword Bracketed,
        Distinct "distinct" Keyword Always,
        Edges "edges" Keyword Always,
        EntityGroup "entity_group" Keyword Always,
        Evaluate "evaluate" Keyword Always,
        ExecuteAndCache "__executeAndCache" Keyword Bracketed,
        Extend "extend" Keyword Always,
        ExternalData "externaldata" Keyword Declared,
        ExternalData2 "external_data" Keyword Bracketed,
        Facet "facet" Keyword Always,
        Filter "filter" Keyword Always,
        Find "find" Keyword Declared,
        First "first" Keyword Bracketed,
        Fork "fork" Keyword Always,
        From "from" Keyword Always,
        GetSchema "getschema" Keyword Always,
        GrannyAsc "granny-asc" Keyword Bracketed,
        GrannyDesc "granny-desc" Keyword Bracketed,
        GraphMarkComponents "graph-mark-components" Keyword Bracketed,
        GraphMatch "graph-match" Keyword Bracketed,
        GraphShortestPaths "graph-shortest-paths" Keyword Bracketed,
        GraphToTable "graph-to-table" Keyword Bracketed,
        GraphWhereEdges "graph-where-edges" Keyword Bracketed,
        GraphWhereNodes "graph-where-nodes" Keyword Bracketed,
        Id "id" Identifier Always,
        In "in" Operator Declared,
        InlineExternalTable "inline_external_table" Keyword Always,
        Invoke "invoke" Keyword Declared,
        Join "join" Keyword Always,
        Kind "kind" Keyword Bracketed,
        Last "last" Keyword Bracketed,
        Let "let" Keyword Always,
        Limit "limit" Keyword Always,
        Lookup "lookup" Keyword Always,
        MacroExpand "macro-expand" Keyword Bracketed,
        MakeGraph "make-graph" Keyword Bracketed,
        MakeSeries "make-series" Keyword Bracketed,
        Materialize "materialize" Keyword Declared,
        MaterializedViewCombine "materialized-view-combine" Keyword Bracketed,
        MvDashApply "mv-apply" Keyword Bracketed,
        MvApply "mvapply" Keyword Always,
        MvDashExpand "mv-expand" Keyword Bracketed,
        MvExpand "mvexpand" Keyword Always,
        Null "null" Literal Always,
        Nulls "nulls" Keyword Always,
        Of "of" Keyword Declared,
        On "on" Keyword Always,
        Optional "optional" Keyword Always,
        Or "or" Operator Bracketed,
        Order "order" Keyword Always,
        Others "others" Keyword Bracketed,
        Output "output" Keyword Always,
        Pack "pack" Identifier Always,
        Parse "parse" Keyword Always,
        ParseKv "parse-kv" Keyword Bracketed,
        ParseWhere "parse-where" Keyword Bracketed,
        Partition "partition" Keyword Always,
        PartitionBy "__partitionby" Keyword Always,
        PartitionedBy "partitioned-by" Keyword Bracketed,
        Pattern "pattern" Keyword Always,
        Print "print" Keyword Declared,
        Project "project" Keyword Bracketed,
        ProjectAway "project-away" Keyword Bracketed,
        ProjectAwayFind "__projectAway" Keyword Bracketed,
        ProjectByNames "project-by-names" Keyword Bracketed,
        ProjectKeep "project-keep" Keyword Bracketed,
        ProjectRename "project-rename" Keyword Bracketed,
        ProjectReorder "project-reorder" Keyword Bracketed,
        ProjectSmart "project-smart" Keyword Bracketed,
        QueryParameters "query_parameters" Keyword Always,
        Range "range" Keyword Always,
        Reduce "reduce" Keyword Always,
        Render "render" Keyword Always,
        Restrict "restrict" Keyword Always,
        Sample "sample" Keyword Declared,
        SampleDistinct "sample-distinct" Keyword Declared,
        Scan "scan" Keyword Always,
        Search "search" Keyword Declared,
        Serialize "serialize" Keyword Always,
        Set "set" Keyword Declared,
        Sort "sort" Keyword Always,
        Step "step" Keyword Always,
        Summarize "summarize" Keyword Always,
        Take "take" Keyword Always,
        To "to" Keyword Declared,
        Top "top" Keyword Always,
        TopHitters "top-hitters" Keyword Declared,
        TopNested "top-nested" Keyword Declared,
        ToScalar "toscalar" Keyword Declared,
        ToTable "totable" Keyword Declared,
        TypeOf "typeof" Keyword Always,
        Union "union" Keyword Bracketed,
        View "view" Keyword Always,
        Where "where" Keyword Declared,
        With "with" Keyword Always,
        WithNodeId "with_node_id" Keyword Always,
        WithSource2 "with_source" Keyword Bracketed,
        WithSource "withsource" Keyword Bracketed,

        BoolType "bool" Type Always,
        BooleanType "boolean" Type Bracketed,
        ByteType "byte" Type Bracketed,
        CharType "char" Type Bracketed,
        DateType "date" Type Bracketed,
        DateTimeType "datetime" Type Bracketed,
        DecimalType "decimal" Type Bracketed,
        DoubleType "double" Type Bracketed,
        DynamicType "dynamic" Type Bracketed,
        FloatType "float" Type Bracketed,
        GuidType "guid" Type Always,
        IntType "int" Type Bracketed,
        Int16Type "int16" Type Bracketed,
        Int32Type "int32" Type Bracketed,
        Int64Type "int64" Type Bracketed,
        Int8Type "int8" Type Bracketed,
        LongType "long" Type Bracketed,
        RealType "real" Type Bracketed,
        StringType "string" Type Bracketed,
        TimeType "time" Type Bracketed,
        TimespanType "timespan" Type Bracketed,
        UIntType "uint" Type Bracketed,
        UInt16Type "uint16" Type Bracketed,
        UInt32Type "uint32" Type Bracketed,
        UInt64Type "uint64" Type Bracketed,
        UInt8Type "uint8" Type Bracketed,
        ULongType "ulong" Type Bracketed,
        UniqueIdType "uniqueid" Type Bracketed,
        UuidType "uuid" Type Always,
    }
}

/// Words that Kusto's lexer keeps for itself although the query language gives them no place of their own.
/// They need brackets where they are meant as names.
const RESERVED: &[&str] = &[
    "3Dchart",
    "__crossCluster",
    "__crossDB",
    "__contextual_datatable",
    "__id",
    "__isFuzzy",
    "__noWithSource",
    "__packedColumn",
    "__sourceColumnIndex",
    "anomalychart",
    "areachart",
    "bagexpansion",
    "barchart",
    "cachingpolicy",
    "callout",
    "cancel",
    "card",
    "columnchart",
    "cycles",
    "dataexport",
    "decodeblocks",
    "encodingpolicy",
    "expandoutput",
    "extent_tags_retention",
    "flags",
    "force_remote",
    "harddelete",
    "hardretention",
    "hotcache",
    "isfuzzy",
    "journal",
    "ladderchart",
    "linechart",
    "missing",
    "nooptimization",
    "pathformat",
    "piechart",
    "pivotchart",
    "queries",
    "query_results",
    "relaxed",
    "restricted_view_access",
    "row_level_security",
    "rowstore",
    "rowstore_references",
    "rowstore_sealinfo",
    "rowstorepolicy",
    "rowstores",
    "scatterchart",
    "seal",
    "seals",
    "shards",
    "simple",
    "softdelete",
    "softretention",
    "stackedareachart",
    "statistics",
    "storedqueryresultcontainers",
    "tablepurge",
    "timechart",
    "timeline",
    "timepivot",
    "treemap",
    "unrestrictedviewers",
    "views",
    "with_itemindex",
    "with_match_id",
    "with_step_name",
    "writeaheadlog",
];

/// The same, for words that may be declared as names without brackets.
const RESERVED_NAMES: &[&str] =
    &["accumulate", "earliest", "latest", "mdm", "sql", "title", "verbose", "viewers"];

/// The text operators.
const STRING_OPERATORS: &[&str] = &[
    "has",
    "!has",
    "has_cs",
    "!has_cs",
    "hasprefix",
    "!hasprefix",
    "hasprefix_cs",
    "!hasprefix_cs",
    "hassuffix",
    "!hassuffix",
    "hassuffix_cs",
    "!hassuffix_cs",
    "contains",
    "!contains",
    "contains_cs",
    "!contains_cs",
    "startswith",
    "!startswith",
    "startswith_cs",
    "!startswith_cs",
    "endswith",
    "!endswith",
    "endswith_cs",
    "!endswith_cs",
    "matches regex",
    "like",
    "notlike",
    "likecs",
    "notlikecs",
];

/// Other spellings of text operators.
const STRING_OPERATOR_SPELLINGS: &[(&str, &str)] =
    &[("notcontains", "!contains"), ("containscs", "contains_cs"), ("notcontainscs", "!contains_cs")];

/// The spellings of the truth values.
const BOOLS: &[&str] = &["true", "True", "TRUE", "false", "False", "FALSE"];

/// The operators that take a list.
const SET_OPERATORS: &[&str] = &["in", "!in", "in~", "!in~", "has_any", "has_all"];

/// All words that are no names, each with its kind and the text that stands for all spellings of it.
static KINDS: LazyLock<HashMap<&'static str, (TokenKind, &'static str), RandomState>> = LazyLock::new(|| {
    let of_kind = |kind| move |word: &&'static str| (*word, (kind, *word));
    let spellings = STRING_OPERATOR_SPELLINGS.iter();
    let kinds = STRING_OPERATORS.iter().map(of_kind(TokenKind::StringOperator));
    kinds
        .chain(spellings.map(|(spelling, word)| (*spelling, (TokenKind::StringOperator, *word))))
        .chain(SET_OPERATORS.iter().map(of_kind(TokenKind::SetOperator)))
        .chain(BOOLS.iter().map(of_kind(TokenKind::Bool)))
        .chain(RESERVED.iter().map(of_kind(TokenKind::Reserved)))
        .chain(RESERVED_NAMES.iter().map(of_kind(TokenKind::ReservedName)))
        // A word of the grammar is that before all else: `in` is an operator that takes a list, too.
        .chain(WORDS.iter().map(|(word, kind)| (*word, (*kind, *word))))
        .collect()
});

/// The canonical text of a text operator.
pub(crate) fn string_operator(text: &str) -> Option<&'static str> {
    KINDS.get(text).filter(|(kind, _)| *kind == TokenKind::StringOperator).map(|(_, word)| *word)
}

/// The canonical text of an operator that takes a list.
pub(crate) fn set_operator(text: &str) -> Option<&'static str> {
    let takes_list = |kind| matches!(kind, TokenKind::SetOperator | TokenKind::In);
    KINDS.get(text).filter(|(kind, _)| takes_list(*kind)).map(|(_, word)| *word)
}

impl TokenKind {
    /// The kind of a word: a word of the grammar, a reserved word, a text operator, a truth value or a name.
    pub(crate) fn of_word(text: &str) -> TokenKind {
        KINDS.get(text).map_or(TokenKind::Identifier, |(kind, _)| *kind)
    }

    /// The word of the grammar with that text.
    pub fn from_word(text: &str) -> Option<TokenKind> {
        Some(TokenKind::of_word(text)).filter(|kind| kind.as_name().is_some())
    }

    /// Blanks, line ends and comments.
    pub fn is_trivia(self) -> bool {
        matches!(self, TokenKind::Whitespace | TokenKind::Comment)
    }

    /// A word with a meaning to Kusto, so that it is not simply a name.
    pub fn is_word(self) -> bool {
        self.as_name().is_some()
            || matches!(
                self,
                TokenKind::StringOperator
                    | TokenKind::SetOperator
                    | TokenKind::Reserved
                    | TokenKind::ReservedName
            )
    }

    /// Whether it can be a name wherever a name can be used.
    pub fn is_name(self) -> bool {
        self == TokenKind::Identifier || self.as_name() == Some(AsName::Always)
    }

    /// Whether it can be a name where one is declared. `text` is that of the token.
    pub(crate) fn is_declared_name(self, text: &str) -> bool {
        self.is_name()
            || self.as_name() == Some(AsName::Declared)
            || self == TokenKind::ReservedName
            || (self == TokenKind::StringOperator && matches!(text, "has" | "contains"))
    }

    /// A type that a column or a parameter can be declared with.
    pub fn is_column_type(self) -> bool {
        use TokenKind::*;
        matches!(
            self,
            BoolType
                | BooleanType
                | DateType
                | DateTimeType
                | DecimalType
                | DoubleType
                | DynamicType
                | GuidType
                | IntType
                | Int64Type
                | Int8Type
                | LongType
                | RealType
                | StringType
                | TimeType
                | TimespanType
                | UniqueIdType
        )
    }

    /// The type whose literals are written `type(…)`.
    pub(crate) fn literal_type(self) -> Option<crate::types::Type> {
        use crate::types::Type;
        Some(match self {
            TokenKind::LongType | TokenKind::Int64Type => Type::Long,
            TokenKind::IntType | TokenKind::Int32Type => Type::Int,
            TokenKind::RealType | TokenKind::DoubleType => Type::Real,
            TokenKind::DecimalType => Type::Decimal,
            TokenKind::BoolType => Type::Bool,
            TokenKind::DateTimeType | TokenKind::DateType => Type::DateTime,
            TokenKind::TimeType | TokenKind::TimespanType => Type::Timespan,
            TokenKind::GuidType => Type::Guid,
            _ => return None,
        })
    }
}
