#include "engine/expr/renderer.h"

#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/raw_texts.h"

namespace expr {
namespace {

using flow::Value;

bool isStructured(const Value &value)
{
    return value.isList() || (value.isMap() && value.shape() != Value::Shape::Entry &&
                              value.shape() != Value::Shape::HashEntry && value.shape() != Value::Shape::Loop) ||
           value.kind() == Value::Kind::Bytes;
}

/// What Jackson refuses, nested anywhere.
void checkWritable(const Value &value, int depth)
{
    if (depth > 990)
        throwJava("com.fasterxml.jackson.databind.JsonMappingException",
                  "Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamWriteConstraints.getMaxNestingDepth()`)");
    if (value.kind() == Value::Kind::SafeText)
        throwJava("com.fasterxml.jackson.databind.exc.InvalidDefinitionException",
                  "No serializer found for class io.pebbletemplates.pebble.extension.escaper.SafeString and no properties discovered to "
                  "create BeanSerializer (to avoid exception, disable SerializationFeature.FAIL_ON_EMPTY_BEANS)");
    for (const Value &item : value.list())
        if (item.depth() > 0 || item.kind() == Value::Kind::SafeText)
            checkWritable(item, depth + 1);
    const flow::Object &map = value.map();
    std::size_t index = 0;
    for (const auto &member : map) {
        if (map.hasTypedKeys() && map.keyAt(index).isNull() && !member.second.isNull())
            throwJava("com.fasterxml.jackson.databind.JsonMappingException",
                      "Null key for a Map not allowed in JSON (use a converting NullKeySerializer?) (through reference chain: "
                      "java.util.HashMap[\"null\"])");
        if (member.second.depth() > 0 || member.second.kind() == Value::Kind::SafeText)
            checkWritable(member.second, depth + 1);
        ++index;
    }
}

void limit(std::size_t size, const Environment &environment)
{
    if (size > environment.outputLimit)
        throwJava("java.lang.OutOfMemoryError", "Java heap space");
}

void appendOutput(std::string &out, const Value &value, flow::Dialect dialect)
{
    if (value.isMap() && value.shape() == Value::Shape::Loop) {
        if (!value.find("revindex"))
            throwJava("com.fasterxml.jackson.databind.JsonMappingException", "[no message for java.lang.UnsupportedOperationException]");
        const flow::Object &loop = value.map();
        flow::Object ordered;
        for (const char *name : {"last", "length", "index", "revindex", "first"})
            if (const Value *member = loop.find(name))
                ordered.set(name, *member);
        flow::appendText(out, Value(std::move(ordered)));
        return;
    }
    if (!isStructured(value)) {
        java::appendPrinted(out, value);
        return;
    }
    checkWritable(value, 0);
    flow::appendJson(out, value, {.dropNullMembers = true, .instantMicros = dialect == flow::Dialect::Kestra2_0});
}

class JsonOutput : public Output
{
public:
    JsonOutput(const Environment &environment, flow::Dialect dialect) : m_environment(environment), m_dialect(dialect) {}
    void text(const Value &text) override
    {
        m_text += text.text();
        limit(m_text.size(), m_environment);
    }
    void value(const Value &value) override
    {
        appendOutput(m_text, value, m_dialect);
        limit(m_text.size(), m_environment);
    }
    std::string take() { return std::move(m_text); }

private:
    const Environment &m_environment;
    flow::Dialect m_dialect;
    std::string m_text;
};

class TypedOutput : public Output
{
public:
    TypedOutput(const Environment &environment, flow::Dialect dialect) : m_environment(environment), m_dialect(dialect) {}
    void text(const Value &text) override { value(text); }
    void value(const Value &value) override
    {
        if (value.isNull())
            return;
        if (!m_any) {
            m_any = true;
            m_single = value;
            return;
        }
        if (!m_several) {
            m_several = true;
            m_structured = isStructured(m_single);
            appendOutput(m_text, m_single, m_dialect);
        }
        m_structured = m_structured || isStructured(value);
        appendOutput(m_text, value, m_dialect);
        limit(m_text.size(), m_environment);
    }
    Value take()
    {
        if (!m_several)
            return std::move(m_single);
        if (m_structured) {
            flow::JsonParse parsed = flow::parseJsonPrefix(m_text);
            // A number at the top must be followed by white space.
            const bool glued = parsed.ok && !isStructured(parsed.value) && !parsed.value.isText() && parsed.offset < m_text.size() &&
                               std::string_view(" \t\r\n").find(m_text[parsed.offset]) == std::string_view::npos;
            if (parsed.ok && !(glued && parsed.value.isNumber()))
                return std::move(parsed.value);
        }
        return Value(std::move(m_text));
    }

private:
    const Environment &m_environment;
    flow::Dialect m_dialect;
    bool m_any = false, m_several = false, m_structured = false;
    Value m_single;
    std::string m_text;
};

Error finished(Failure failure, const Template &source)
{
    Error error = std::move(failure.error);
    if (error.column == 0 && error.line > 0)
        error.column = columnOf(source.text(), error.begin);
    return error;
}

Result<Value> renderDeepIn(const Value &value, const Scope &scope, const Environment &environment, bool typed, flow::Dialect dialect)
{
    if (value.isText()) {
        if (!hasTemplate(value.text()))
            return value;
        const auto source = compileFor(environment, value.text(), dialect);
        if (typed)
            return renderTyped(*source, scope, environment);
        auto text = render(*source, scope, environment);
        if (!text)
            return text.error();
        return *text == value.text() ? value : Value(std::move(*text));
    }
    if (value.isList()) {
        Value::List items;
        bool changed = false;
        items.reserve(value.list().size());
        for (const Value &item : value.list()) {
            auto rendered = renderDeepIn(item, scope, environment, typed, dialect);
            if (!rendered)
                return rendered;
            changed = changed || !rendered->sameAs(item);
            items.push_back(std::move(*rendered));
        }
        if (!changed)
            return value;
        return value.kind() == Value::Kind::Set ? Value::ofSet(std::move(items)) : Value(std::move(items));
    }
    if (value.isMap()) {
        flow::Object members;
        bool changed = false;
        members.reserve(value.map().size());
        for (const auto &[key, member] : value.map()) {
            auto name = renderDeepIn(Value(key), scope, environment, false, dialect);
            if (!name)
                return name;
            auto rendered = renderDeepIn(member, scope, environment, typed, dialect);
            if (!rendered)
                return rendered;
            changed = changed || !rendered->sameAs(member) || name->text() != key;
            members.set(name->text(), std::move(*rendered));
        }
        return changed ? Value(std::move(members)) : value;
    }
    return value;
}

} // namespace

std::string renderOnce(const Template &source, const Scope &scope, const Environment &environment, int renderDepth)
{
    if (source.error())
        throw Failure{*source.error()};
    if (source.isPlain())
        return source.text();
    JsonOutput out(environment, source.dialect());
    Evaluator(source, scope, environment, renderDepth).run(out);
    std::string text = out.take();
    putBackRawTexts(text, source.program()->rawTexts);
    return text;
}

Result<std::string> render(const Template &source, const Scope &scope, const Environment &environment)
{
    try {
        std::string text = renderOnce(source, scope, environment, 0);
        stripRawTags(text);
        return text;
    } catch (Failure &failure) {
        return finished(std::move(failure), source);
    }
}

Result<std::string> renderRecursive(const Template &source, const Scope &scope, const Environment &environment)
{
    try {
        std::string text = renderOnce(source, scope, environment, 0);
        if (text != source.text() && text.find('{') != std::string::npos)
            text = renderUntilStable(compileFor(environment, text, source.dialect()), scope, environment, 0);
        stripRawTags(text);
        return text;
    } catch (Failure &failure) {
        return finished(std::move(failure), source);
    }
}

Result<Value> renderTyped(const Template &source, const Scope &scope, const Environment &environment)
{
    if (source.error())
        return *source.error();
    if (source.isPlain())
        return Value(source.text());
    try {
        TypedOutput out(environment, source.dialect());
        Evaluator(source, scope, environment).run(out);
        Value value = out.take();
        if (!value.isText() || (source.program()->rawTexts.empty() && value.text().find("{%") == std::string::npos))
            return value;
        std::string text = value.text();
        putBackRawTexts(text, source.program()->rawTexts);
        stripRawTags(text);
        return Value(std::move(text));
    } catch (Failure &failure) {
        return finished(std::move(failure), source);
    }
}

Result<Value> renderDeep(const Value &value, const Scope &scope, const Environment &environment, bool typed, flow::Dialect dialect)
{
    return renderDeepIn(value, scope, environment, typed, dialect);
}

} // namespace expr
