#include "engine/expr/error.h"

namespace expr {

std::string Error::kindText() const
{
    switch (kind) {
    case ErrorKind::Syntax: return "syntax";
    case ErrorKind::MissingAttribute: return "missing-attribute";
    case ErrorKind::Evaluation: return cause.empty() ? "evaluation" : "evaluation:" + cause;
    case ErrorKind::RenderLimit: return "render-limit";
    case ErrorKind::Java: return "java:" + cause;
    }
    return {};
}

} // namespace expr
