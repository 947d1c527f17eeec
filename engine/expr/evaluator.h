#pragma once

#include "engine/expr/ast.h"
#include "engine/expr/environment.h"
#include "engine/expr/failure.h"
#include "engine/expr/scope.h"
#include "engine/expr/stack_guard.h"

#include <cstdint>

namespace expr {

class Evaluator;

/// The arguments of one filter, function or test, and the ways it can fail.
class Call
{
public:
    Call(Evaluator &evaluator, const Expression *site, int line) : m_evaluator(evaluator), m_site(site), m_line(line) {}

    /// The declared parameter at an index; null when it was not given.
    const flow::Value *argument(std::size_t index) const
    {
        return index < m_given.size() && m_given[index] ? &m_values[index] : nullptr;
    }
    /// Given and not Null.
    const flow::Value *nonNull(std::size_t index) const
    {
        const flow::Value *value = argument(index);
        return value && !value->isNull() ? value : nullptr;
    }
    /// All positional arguments, of a function that takes any number.
    const std::vector<flow::Value> &all() const { return m_values; }

    Evaluator &evaluator() { return m_evaluator; }
    const Environment &environment() const;
    Host &host() const;
    flow::Dialect dialect() const;
    int line() const { return m_line; }

    /// The language's own exception with this message.
    [[noreturn]] void fail(std::string_view message, std::string_view cause = {}) const;
    /// The same as another class than PebbleException.
    [[noreturn]] void failAs(std::string_view className, std::string_view message, bool withPlace = true) const;

private:
    friend class Evaluator;
    Evaluator &m_evaluator;
    const Expression *m_site;
    int m_line;
    std::vector<flow::Value> m_values;
    std::vector<bool> m_given;
};

/// Where a rendering writes.
class Output
{
public:
    virtual ~Output() = default;
    virtual void text(const flow::Value &text) = 0;
    virtual void value(const flow::Value &value) = 0;
};

/// Runs one program once. Lives on the stack of one rendering.
class Evaluator
{
public:
    Evaluator(const Template &source, const Scope &scope, const Environment &environment, int renderDepth = 0);

    /// Throws Failure.
    void run(Output &out);
    flow::Value evaluate(const Expression &node);

    const Template &source() const { return m_source; }
    const Environment &environment() const { return m_environment; }
    Host &host() const;
    int renderDepth() const { return m_renderDepth; }
    /// A variable as the template sees it here, or null.
    const flow::Value *variable(std::string_view name);
    std::optional<Scope::Below> variableBelow(std::string_view name, std::span<const flow::Value> keys);
    std::vector<std::string> variableNames() const;
    std::string renderBlock(const std::string &name);

    /// `message (TEMPLATE:LINE)` as the class's exception; where the site is, if it is known.
    [[noreturn]] void fail(std::string_view className, std::string_view message, int line, const Expression *site,
                           std::string_view cause = {}) const;

private:
    struct Frame
    {
        std::vector<std::pair<std::string, flow::Value>> variables;
        bool isolated = false; // nothing below is seen: the inside of a macro
        flow::Value *find(std::string_view name);
    };

    void run(const Body &body, Output &out);
    void run(const Statement &statement, Output &out);
    void runIf(const Statement &statement, Output &out);
    void runFor(const Statement &statement, Output &out);
    void runFilter(const Statement &statement, Output &out);
    void assign(const std::string &name, flow::Value value);
    void define(const std::string &name, flow::Value value);

    flow::Value name(const Expression &node);
    flow::Value attribute(const Expression &node);
    std::optional<flow::Value> path(const Expression &node);
    flow::Value member(const Expression &node, const flow::Value &object, const flow::Value &key);
    flow::Value call(const Expression &node);
    flow::Value macro(const Expression &node, const Macro &macro);
    flow::Value filter(const Expression &node);
    Call filterCall(const FilterEntry *filter, const std::string &name, const Arguments *arguments, const Expression *site, int line);
    flow::Value applyFilter(const FilterEntry &filter, Call &call, const flow::Value &input);
    flow::Value test(const Expression &node);
    flow::Value unary(const Expression &node);
    flow::Value binary(const Expression &node);
    flow::Value applyBinary(const Expression &node, const flow::Value &left, const flow::Value &right);
    flow::Value logical(const Expression &node);
    flow::Value coalesce(const Expression &node);
    flow::Value mapLiteral(const Expression &node);
    bool condition(const flow::Value &value) const;
    void bind(Call &call, const std::vector<std::string_view> &names, bool anything, const Arguments *arguments,
              const Expression *site, int line);
    void changeInPlace(const Expression &node, const flow::Value &before, const flow::Value &after);
    bool mutate(const Expression &target, flow::Value value);
    [[noreturn]] void missing(const std::string &name, const Expression &site) const;

    const Template &m_source;
    const Program &m_program;
    const Scope &m_scope;
    const Environment &m_environment;
    int m_renderDepth;
    StackGuard m_guard;
    std::vector<Frame> m_frames;
    std::size_t m_work = 0;
};

/// A template inside a template: `render()`. With its own variables in front of the host's.
class EvaluatorScope : public Scope
{
public:
    explicit EvaluatorScope(Evaluator &evaluator) : m_evaluator(evaluator) {}
    const flow::Value *find(std::string_view name) const override { return m_evaluator.variable(name); }
    std::vector<std::string> names() const override { return m_evaluator.variableNames(); }
    std::optional<Below> findBelow(std::string_view name, std::span<const flow::Value> keys) const override
    {
        return m_evaluator.variableBelow(name, keys);
    }

private:
    Evaluator &m_evaluator;
};

/// Writes text as a macro or a block call gives it: lists and maps as Java prints them.
class TextOutput : public Output
{
public:
    void text(const flow::Value &text) override { m_text += text.text(); }
    void value(const flow::Value &value) override;
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

/// Renders one template, once, to text as `render` does; throws Failure.
std::string renderOnce(const Template &source, const Scope &scope, const Environment &environment, int renderDepth);
/// Until the text no longer changes; throws Failure of kind RenderLimit after 100 rounds.
std::string renderUntilStable(std::shared_ptr<const Template> source, const Scope &scope, const Environment &environment,
                              int renderDepth);
std::shared_ptr<const Template> compileFor(const Environment &environment, std::string_view text, flow::Dialect dialect);

/// The shared host of environments without one.
Host &plainHost();

} // namespace expr
