#pragma once

namespace flow {

/// Which generation of the language a text is read in.
enum class Dialect {
    Kestra1_3,
    Kestra2_0,
};

} // namespace flow
