#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Marks a text for translation without Qt; the desktop passes it through Tr::tr().
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#endif

namespace app {

/// What a person reads about an error: one sentence of cause, one of what to do next. English source
/// texts with %1, %2 … for the error's args and %w for its `where`.
struct Sentence
{
    const char *cause;
    const char *action; ///< empty when nothing can be done
};

/// A source or translated text with its places filled in.
std::string fill(std::string_view text, const std::vector<std::string> &args, std::string_view where);

/// Cause and action in English, on one line: what the command line prints.
std::string plainText(const Sentence &sentence, const std::vector<std::string> &args, std::string_view where);

} // namespace app
