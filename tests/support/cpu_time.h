#pragma once

#include <cstdint>
#include <ctime>

namespace test {

/// What the calling thread has computed so far, in nanoseconds: the same on a busy machine as on an idle one.
inline std::int64_t cpuTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace test
