#include "engine/expr/characters.h"

#include <unicode/uchar.h>

namespace expr {

bool isNameStart(char32_t code)
{
    if (code < 0x80)
        return code == '_' || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    return u_isalpha(static_cast<UChar32>(code));
}

bool isNamePart(char32_t code)
{
    if (code < 0x80)
        return isNameStart(code) || (code >= '0' && code <= '9');
    return u_isalpha(static_cast<UChar32>(code)) || u_isdigit(static_cast<UChar32>(code));
}

} // namespace expr
