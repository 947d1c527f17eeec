#include "engine/flow/text_pattern.h"

#include "engine/flow/utf8.h"

#include <algorithm>

namespace flow {

namespace {

bool isAsciiLetter(char32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

/// Letters beyond ASCII, by blocks: coarse for the symbols inside a block.
bool isLetterBeyondAscii(char32_t code)
{
    if (code < 0xC0)
        return code == 0xAA || code == 0xB5 || code == 0xBA;
    if (code == 0xD7 || code == 0xF7)
        return false;
    if (code < 0x2000)
        return !(code >= 0x300 && code <= 0x36F);
    return (code >= 0x2C00 && code < 0x2E00) || (code >= 0x3041 && code < 0xD7A4) ||
           (code >= 0xF900 && code < 0xFE00) || (code >= 0xFF21 && code < 0xFF5B) ||
           (code >= 0x20000 && code < 0x32000);
}

bool isLowerBeyondAscii(char32_t code)
{
    if (code >= 0xDF && code <= 0xFF)
        return code != 0xF7;
    if (code >= 0x100 && code < 0x180) {
        const bool oddIsLower = !(code >= 0x139 && code <= 0x148) && !(code >= 0x179 && code <= 0x17E);
        return ((code & 1) != 0) == oddIsLower;
    }
    return (code >= 0x3AC && code <= 0x3CE) || (code >= 0x430 && code <= 0x45F) ||
           (code >= 0x561 && code <= 0x587);
}

} // namespace

bool TextPattern::Class::has(char32_t code) const
{
    if (code < 128)
        return ascii[code];
    return (letters && isLetterBeyondAscii(code)) || (lowerLetters && isLowerBeyondAscii(code));
}

/// Reads a regular expression into states. Each part ends with dangling exits that `link` joins.
struct TextPattern::Reader
{
    TextPattern &pattern;
    std::string_view text;
    std::size_t at = 0;

    struct Part
    {
        int start = -1;
        std::vector<std::pair<int, bool>> exits; // state, and whether its `other` is the open end
    };

    int add(State state)
    {
        pattern.m_states.push_back(state);
        return static_cast<int>(pattern.m_states.size()) - 1;
    }

    void link(const Part &part, int target)
    {
        for (const auto &[state, other] : part.exits)
            (other ? pattern.m_states[static_cast<std::size_t>(state)].other
                   : pattern.m_states[static_cast<std::size_t>(state)].next) = target;
    }

    void addEscape(Class &set)
    {
        const char c = at < text.size() ? text[at++] : '\\';
        if (c == 'p') {
            const std::size_t close = text.find('}', at);
            const std::string_view name = text.substr(at + 1, close - at - 1);
            at = close + 1;
            for (char letter = 'a'; letter <= 'z'; ++letter) {
                set.ascii.set(static_cast<std::size_t>(letter));
                if (name == "L")
                    set.ascii.set(static_cast<std::size_t>(letter - 'a' + 'A'));
            }
            (name == "L" ? set.letters : set.lowerLetters) = true;
            return;
        }
        set.ascii.set(static_cast<std::size_t>(c) & 127U);
    }

    Class readClass()
    {
        Class set;
        while (at < text.size() && text[at] != ']') {
            const char c = text[at++];
            if (c == '\\') {
                addEscape(set);
            } else if (at + 1 < text.size() && text[at] == '-' && text[at + 1] != ']') {
                for (int code = c; code <= text[at + 1]; ++code)
                    set.ascii.set(static_cast<std::size_t>(code));
                at += 2;
            } else {
                set.ascii.set(static_cast<std::size_t>(c) & 127U);
            }
        }
        ++at;
        return set;
    }

    Part readAtom()
    {
        const char c = text[at++];
        if (c == '(') {
            Part group = readSequence();
            ++at;
            return group;
        }
        Class set;
        if (c == '[')
            set = readClass();
        else if (c == '\\')
            addEscape(set);
        else
            set.ascii.set(static_cast<std::size_t>(c) & 127U);
        pattern.m_classes.push_back(set);
        const int state = add({-1, -1, static_cast<int>(pattern.m_classes.size()) - 1});
        return {state, {{state, false}}};
    }

    Part repeat(Part part)
    {
        const char c = at < text.size() ? text[at] : '\0';
        if (c != '*' && c != '+' && c != '?')
            return part;
        ++at;
        const int split = add({part.start, -1, -1});
        if (c == '?') {
            part.exits.emplace_back(split, true);
            part.start = split;
            return part;
        }
        link(part, split);
        return {c == '*' ? split : part.start, {{split, true}}};
    }

    Part readSequence()
    {
        Part whole;
        while (at < text.size() && text[at] != ')') {
            if (text[at] == '^' || text[at] == '$') { // the whole text is matched anyway
                ++at;
                continue;
            }
            Part part = repeat(readAtom());
            if (whole.start < 0) {
                whole = std::move(part);
            } else {
                link(whole, part.start);
                whole.exits = std::move(part.exits);
            }
        }
        if (whole.start < 0) {
            const int empty = add({});
            whole = {empty, {{empty, false}}};
        }
        return whole;
    }
};

TextPattern::TextPattern(std::string_view regexp)
{
    Reader reader{*this, regexp};
    const Reader::Part whole = reader.readSequence();
    const int accept = reader.add({});
    reader.link(whole, accept);
    m_start = whole.start;
}

void TextPattern::follow(std::vector<int> &states, std::vector<std::uint32_t> &seen, std::uint32_t mark,
                         int state) const
{
    if (state < 0 || seen[static_cast<std::size_t>(state)] == mark)
        return;
    seen[static_cast<std::size_t>(state)] = mark;
    const State &node = m_states[static_cast<std::size_t>(state)];
    states.push_back(state);
    if (node.charClass < 0) {
        follow(states, seen, mark, node.next);
        follow(states, seen, mark, node.other);
    }
}

bool TextPattern::matches(std::string_view text) const
{
    std::vector<int> now;
    std::vector<int> next;
    std::vector<std::uint32_t> seen(m_states.size(), 0);
    std::uint32_t mark = 1;
    follow(now, seen, mark, m_start);
    for (std::size_t at = 0; at < text.size() && !now.empty();) {
        const char32_t code = utf8::next(text, at);
        next.clear();
        ++mark;
        for (const int state : now) {
            const State &node = m_states[static_cast<std::size_t>(state)];
            if (node.charClass >= 0 && m_classes[static_cast<std::size_t>(node.charClass)].has(code))
                follow(next, seen, mark, node.next);
        }
        std::swap(now, next);
    }
    const int accept = static_cast<int>(m_states.size()) - 1;
    return std::find(now.begin(), now.end(), accept) != now.end();
}

namespace {

/// Walks a regular expression the way java.util.regex reads it.
class RegexWalk
{
public:
    explicit RegexWalk(std::string_view text) : m_text(text) {}

    bool whole() { return alternatives(0) && m_at == m_text.size(); }

private:
    bool more() const { return m_at < m_text.size(); }
    char peek() const { return more() ? m_text[m_at] : '\0'; }
    bool starts(std::string_view with) const { return m_text.substr(m_at).starts_with(with); }

    bool alternatives(int depth)
    {
        constexpr int kMaxDepth = 200;
        if (depth > kMaxDepth)
            return false;
        bool repeatable = false;
        while (more() && peek() != ')') {
            const char c = m_text[m_at++];
            switch (c) {
            case '|':
            case '^': repeatable = false; break;
            case '*':
            case '+':
            case '?':
                if (!repeatable)
                    return false;
                if (peek() == '?' || peek() == '+')
                    ++m_at;
                repeatable = false;
                break;
            case '{':
                if (!repeatable || !bounds())
                    return false;
                repeatable = false;
                break;
            case '[':
                if (!charClass(depth))
                    return false;
                repeatable = true;
                break;
            case '(':
                if (!group(depth))
                    return false;
                repeatable = true;
                break;
            case '\\':
                if (!escape())
                    return false;
                repeatable = true;
                break;
            default: repeatable = true;
            }
        }
        return true;
    }

    bool bounds()
    {
        const std::size_t close = m_text.find('}', m_at);
        if (close == m_text.npos)
            return false;
        const std::string_view body = m_text.substr(m_at, close - m_at);
        const std::size_t comma = std::min(body.find(','), body.size());
        const std::string_view low = body.substr(0, comma);
        const std::string_view high = comma < body.size() ? body.substr(comma + 1) : std::string_view();
        constexpr std::size_t kMaxDigits = 9;
        const auto number = [](std::string_view digits) {
            return digits.size() <= kMaxDigits && digits.find_first_not_of("0123456789") == digits.npos;
        };
        if (low.empty() || !number(low) || !number(high))
            return false;
        if (!high.empty() && std::stoi(std::string(high)) < std::stoi(std::string(low)))
            return false;
        m_at = close + 1;
        if (peek() == '?' || peek() == '+')
            ++m_at;
        return true;
    }

    bool group(int depth)
    {
        if (starts("?<=") || starts("?<!")) {
            m_at += 3;
        } else if (starts("?<")) {
            m_at += 2;
            const std::size_t close = m_text.find('>', m_at);
            const std::string_view name = m_text.substr(m_at, close - m_at);
            if (close == m_text.npos || !isAsciiLetter(static_cast<unsigned char>(name.empty() ? '0' : name[0])))
                return false;
            m_names.push_back(name);
            m_at = close + 1;
        } else if (starts("?:") || starts("?=") || starts("?!") || starts("?>")) {
            m_at += 2;
        } else if (starts("?")) {
            const std::size_t end = m_text.find_first_not_of("idmsuxU-", m_at + 1);
            if (end == m_text.npos || (m_text[end] != ')' && m_text[end] != ':'))
                return false;
            m_at = end + 1;
            if (m_text[end] == ')')
                return true;
        }
        if (!alternatives(depth + 1) || peek() != ')')
            return false;
        ++m_at;
        return true;
    }

    bool escape()
    {
        if (!more())
            return false;
        const char c = m_text[m_at++];
        if (c == 'Q') {
            const std::size_t end = m_text.find("\\E", m_at);
            m_at = end == m_text.npos ? m_text.size() : end + 2;
            return true;
        }
        if (c == 'p' || c == 'P')
            return property();
        if (c == 'k') {
            const std::size_t close = m_text.find('>', m_at);
            if (peek() != '<' || close == m_text.npos)
                return false;
            const std::string_view name = m_text.substr(m_at + 1, close - m_at - 1);
            m_at = close + 1;
            return std::find(m_names.begin(), m_names.end(), name) != m_names.end();
        }
        return !isAsciiLetter(static_cast<unsigned char>(c)) ||
               std::string_view("tnrfaedDsSwWbBAGzZhHvVRXxucNE").find(c) != std::string_view::npos;
    }

    bool property()
    {
        constexpr std::string_view kOne = "LMNPSZC";
        if (peek() != '{')
            return more() && kOne.find(m_text[m_at++]) != kOne.npos;
        const std::size_t close = m_text.find('}', m_at);
        if (close == m_text.npos)
            return false;
        std::string_view name = m_text.substr(m_at + 1, close - m_at - 1);
        m_at = close + 1;
        constexpr std::string_view kKnown =
            " L Lu Ll Lt Lm Lo LC LD L1 M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc "
            "Cf Cs Co Cn all ASCII Alnum Alpha Blank Cntrl Digit Graph Lower Print Punct Space Upper XDigit "
            "javaLowerCase javaUpperCase javaWhitespace javaMirrored javaLetter javaDigit javaLetterOrDigit ";
        if (name.starts_with("Is") || name.starts_with("In") || name.find('=') != name.npos)
            return name.size() > 2;
        return !name.empty() && kKnown.find(" " + std::string(name) + " ") != kKnown.npos;
    }

    bool charClass(int depth)
    {
        if (peek() == '^')
            ++m_at;
        bool first = true;
        int previous = -1; // the last single character, which may begin a range
        while (more()) {
            const char c = m_text[m_at++];
            if (c == ']' && !first)
                return true;
            first = false;
            if (c == '[') {
                if (depth > 50 || !charClass(depth + 1))
                    return false;
                previous = -1;
            } else if (c == '\\') {
                if (!escape())
                    return false;
                previous = -1;
            } else if (c == '-' && previous >= 0 && more() && peek() != ']' && peek() != '[' && peek() != '\\') {
                if (static_cast<unsigned char>(m_text[m_at++]) < previous)
                    return false;
                previous = -1;
            } else {
                previous = static_cast<unsigned char>(c);
            }
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<std::string_view> m_names;
};

} // namespace

bool looksLikeRegex(std::string_view text)
{
    return RegexWalk(text).whole();
}

} // namespace flow
