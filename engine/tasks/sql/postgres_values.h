#pragma once

#include "engine/expr/time_zone.h"
#include "engine/flow/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tasks {

/// What is known of a type of a PostgreSQL database.
struct PostgresType
{
    std::uint32_t oid = 0;
    std::string name;          ///< as in pg_type: `int4`, `_text`, `hstore`
    bool isEnum = false;
    std::uint32_t element = 0; ///< of an array: its elements' type, else 0
    char delimiter = ',';      ///< between the elements
};

/// The types every database has by fixed numbers, those of single values; nothing for others.
const PostgresType *postgresBuiltIn(std::uint32_t oid);

/// A cell of a row from the text the server sends. `element` is the type of an array's elements. Throws TaskFailure for a type that has
/// no value here, in the words of the real engine.
flow::Value postgresCell(const PostgresType &type, const PostgresType *element, std::string_view text,
                         const expr::TimeZone &zone, std::string_view column);

/// A value to be bound: the number of its type (0: the server finds out) and its text; no text for NULL.
struct PostgresParameter
{
    std::uint32_t oid = 0;
    std::optional<std::string> text;
    static PostgresParameter of(const flow::Value &value);
};

/// The text of a value for a place of a prepared statement, `index` from 1; nothing for NULL. Throws TaskFailure
/// when the place's type takes no such value.
std::optional<std::string> postgresPlaced(const PostgresType &type, const flow::Value &value, int index);

} // namespace tasks
