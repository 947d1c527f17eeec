#pragma once

#include <string>
#include <string_view>

/// Letters and their cases by Unicode's rules, through ICU; independent of any locale of the machine.
namespace expr {

std::string toUpper(const std::string &text);
std::string toLower(const std::string &text);
/// The first letter of each word between white space in title case.
std::string titleWords(const std::string &text);
/// The first letter that is no white space in title case.
std::string capitalizeFirst(const std::string &text);
/// A name for addresses: `Crème Brûlée!` becomes `creme-brulee`.
std::string slug(const std::string &text);
/// Character.isWhitespace.
bool isJavaSpace(char32_t code);
/// The value of a decimal digit of any script, or -1.
int digitValue(char32_t code);

} // namespace expr
