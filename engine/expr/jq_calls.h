#pragma once

extern "C" {
#include <jv.h>
}

namespace expr {

/// What the programs of jq ask this side for, because libjq 1.6 gives it otherwise than the real engine, leaks
/// or does not end. `request` is a list whose first item names the function:
///   ["match", text, pattern, flags, test]   all matches {offset, length, string, captures}; with `test` true or false
///   ["pieces", text, pattern, flags]        text, captures by name, text, …: what `sub` puts together again
///   ["indices", text, needle]               where the needle stands, in UTF-16 units
/// An answer is invalid with a message where there is none. Takes the request over. Any thread.
jv answerJq(jv request);

} // namespace expr
