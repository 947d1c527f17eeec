#pragma once

#include "base/result.h"

#include <cstddef>

namespace expr {

/// What kind of failure ended a rendering, as the real engine tells them apart.
enum class ErrorKind {
    Syntax,           ///< the template can't be read
    MissingAttribute, ///< a name is not there: `name` says which
    Evaluation,       ///< a filter, function or operator refused; `cause` may name what it met
    RenderLimit,      ///< recursive rendering found no end
    Java,             ///< an argument of a kind that the code does not guard against; `cause` names the exception
};

/// Why a template gave no result. `message` is the text the real engine gives, word for word where
/// it is the language's own. Values of secrets are never in it.
struct Error
{
    ErrorKind kind = ErrorKind::Evaluation;
    std::string message;
    std::string cause; ///< Java's simple class name (`ClassCastException`), `syntax` or `missing-attribute`
                       ///< of an inner rendering; empty when there is none
    std::string name;  ///< of MissingAttribute
    /// Where in the template's text: bytes, and 1-based line and column (of characters).
    std::size_t begin = 0, end = 0;
    int line = 0, column = 0; ///< 0 when the place is unknown

    /// `syntax`, `missing-attribute`, `evaluation`, `evaluation:X`, `render-limit`, `java:X`.
    std::string kindText() const;
};

template <typename T = void>
using Result = base::Result<T, Error>;

} // namespace expr
