#include "app/cli/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cli {

namespace {

constexpr std::size_t kAround = 3;

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

struct Step
{
    char kind; // ' ', '-', '+'
    std::string_view line;
};

/// The shortest way from one list of lines to the other (Myers), between what is equal at both ends.
std::vector<Step> steps(const std::vector<std::string_view> &a, const std::vector<std::string_view> &b)
{
    std::size_t front = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front])
        ++front;
    std::size_t back = 0;
    while (back < a.size() - front && back < b.size() - front &&
           a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;
    const auto n = static_cast<std::ptrdiff_t>(a.size() - front - back);
    const auto m = static_cast<std::ptrdiff_t>(b.size() - front - back);
    const auto atA = [&](std::ptrdiff_t i) { return a[front + static_cast<std::size_t>(i)]; };
    const auto atB = [&](std::ptrdiff_t i) { return b[front + static_cast<std::size_t>(i)]; };

    std::vector<std::vector<std::ptrdiff_t>> rounds;
    std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * (n + m) + 3), 0);
    const std::ptrdiff_t zero = n + m + 1;
    const auto best = [&](std::vector<std::ptrdiff_t> &v, std::ptrdiff_t k) -> std::ptrdiff_t & {
        return v[static_cast<std::size_t>(zero + k)];
    };
    bool done = false;
    for (std::ptrdiff_t d = 0; !done; ++d) {
        rounds.push_back(reach);
        for (std::ptrdiff_t k = -d; k <= d && !done; k += 2) {
            std::ptrdiff_t x = k == -d || (k != d && best(reach, k - 1) < best(reach, k + 1))
                                   ? best(reach, k + 1)
                                   : best(reach, k - 1) + 1;
            while (x < n && x - k < m && atA(x) == atB(x - k))
                ++x;
            best(reach, k) = x;
            done = x >= n && x - k >= m;
        }
    }
    std::vector<Step> middle;
    std::ptrdiff_t x = n;
    std::ptrdiff_t y = m;
    for (auto d = static_cast<std::ptrdiff_t>(rounds.size()) - 1; d >= 0; --d) {
        std::vector<std::ptrdiff_t> &v = rounds[static_cast<std::size_t>(d)];
        const std::ptrdiff_t k = x - y;
        const bool down = k == -d || (k != d && best(v, k - 1) < best(v, k + 1));
        const std::ptrdiff_t fromX = d == 0 ? 0 : down ? best(v, k + 1) : best(v, k - 1);
        const std::ptrdiff_t fromY = d == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
        while (x > fromX && y > fromY) {
            --x;
            --y;
            middle.push_back({' ', atA(x)});
        }
        if (d > 0 && down)
            middle.push_back({'+', atB(--y)});
        else if (d > 0)
            middle.push_back({'-', atA(--x)});
    }
    std::vector<Step> all;
    for (std::size_t i = 0; i < front; ++i)
        all.push_back({' ', a[i]});
    all.insert(all.end(), middle.rbegin(), middle.rend());
    for (std::size_t i = a.size() - back; i < a.size(); ++i)
        all.push_back({' ', a[i]});
    return all;
}

} // namespace

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view name)
{
    if (before == after)
        return {};
    const std::vector<Step> all = steps(splitLines(before), splitLines(after));
    std::string result = fmt::format("--- a/{}\n+++ b/{}\n", name, name);
    std::size_t oldLine = 1;
    std::size_t newLine = 1;
    std::size_t done = 0; // steps before this one are counted in the two line numbers
    const auto countTo = [&](std::size_t end) {
        for (; done < end; ++done) {
            oldLine += all[done].kind != '+';
            newLine += all[done].kind != '-';
        }
    };
    for (std::size_t i = 0; i < all.size();) {
        if (all[i].kind == ' ') {
            ++i;
            continue;
        }
        std::size_t end = i + 1; // behind the last change of this hunk
        for (std::size_t next = end; next < all.size() && next - end <= 2 * kAround; ++next)
            if (all[next].kind != ' ')
                end = next + 1;
        const std::size_t from = i > kAround ? i - kAround : 0;
        const std::size_t to = std::min(end + kAround, all.size());
        countTo(from);
        std::size_t oldCount = 0;
        std::size_t newCount = 0;
        std::string body;
        for (std::size_t k = from; k < to; ++k) {
            oldCount += all[k].kind != '+';
            newCount += all[k].kind != '-';
            body += all[k].kind;
            body += all[k].line;
            if (!all[k].line.ends_with('\n'))
                body += "\n\\ No newline at end of file\n";
        }
        result += fmt::format("@@ -{},{} +{},{} @@\n", oldCount ? oldLine : oldLine - 1, oldCount,
                              newCount ? newLine : newLine - 1, newCount);
        result += body;
        countTo(to);
        i = end;
    }
    return result;
}

} // namespace cli
