#pragma once

#include "engine/expr/error.h"
#include "engine/flow/dialect.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace expr {

struct Program;

/// A template text, read once: immutable, shared by threads. A text that can't be read is a template
/// too: it has an error, and rendering it gives that error.
class Template
{
public:
    /// Never fails and never throws, whatever the bytes are.
    static std::shared_ptr<const Template> compile(std::string text, flow::Dialect dialect = flow::Dialect::Kestra1_3);
    ~Template();

    const std::string &text() const { return m_text; }
    flow::Dialect dialect() const { return m_dialect; }
    /// True for a text without any `{`: it renders as itself.
    bool isPlain() const { return !m_program && !m_error; }
    /// The first syntax error; null when there is none.
    const Error *error() const { return m_error ? &*m_error : nullptr; }
    const Program *program() const { return m_program.get(); }

private:
    Template();
    std::string m_text;
    flow::Dialect m_dialect{};
    std::shared_ptr<const Program> m_program;
    std::optional<Error> m_error;
};

/// Keeps the templates used last, so that one text is read once. Thread-safe.
class TemplateCache
{
public:
    explicit TemplateCache(std::size_t capacity = 4096);
    ~TemplateCache();
    std::shared_ptr<const Template> get(std::string_view text, flow::Dialect dialect = flow::Dialect::Kestra1_3);

private:
    struct State;
    std::mutex m_mutex;
    std::unique_ptr<State> m_state;
};

} // namespace expr
