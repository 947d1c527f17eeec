#pragma once

#include "engine/flow/value.h"

#include <string>
#include <string_view>

namespace expr {

/// Values as Ion text, the format of rows in storage files: `{id:1,name:"x",when:2024-03-09T16:07:08.500Z}`.
/// Linear; nested at most 1000 deep.
struct IonParse
{
    flow::Value value;
    bool ok = false;
    bool empty = false;      ///< there was no value any more; `ok` too
    std::string error;       ///< in the words of the real engine's reader
    std::size_t offset = 0;  ///< of the error, or where reading ended: the next value begins behind it
};
/// The first value of a text behind `from`. What is written there as null is Null. Times are an Instant, at midnight UTC a
/// LocalDate, with an offset a ZonedDateTime; annotated texts (`LocalTime::"10:00"`) the kind they name.
IonParse parseIon(std::string_view text, std::size_t from = 0);

std::string toIon(const flow::Value &value);

} // namespace expr
