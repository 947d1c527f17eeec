#include "git/core/pattern.h"

#include <cassert>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace git {

Pattern::Pattern(std::string_view regexp, Case sensitivity)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(regexp.data()), regexp.size(),
                                     sensitivity == Case::Insensitive ? PCRE2_CASELESS : 0, &error, &offset, nullptr);
    assert(code);
    m_code = std::shared_ptr<const void>(code, [](void *compiled) { pcre2_code_free(static_cast<pcre2_code *>(compiled)); });
}

std::optional<Pattern::Match> Pattern::find(std::string_view text, std::size_t from) const
{
    const auto *code = static_cast<const pcre2_code *>(m_code.get());
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
        pcre2_match_data_create_from_pattern(code, nullptr), pcre2_match_data_free);
    const int count = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, 0, data.get(), nullptr);
    if (count < 0)
        return std::nullopt;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data.get());
    const int group = count > 1 ? 2 : 0;
    return Match{at[0], text.substr(at[group], at[group + 1] - at[group])};
}

} // namespace git
