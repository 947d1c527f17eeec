#include "engine/expr/template.h"

#include "engine/expr/ast.h"
#include "engine/expr/parser.h"
#include "engine/expr/raw_texts.h"
#include "engine/flow/utf8.h"

#include <list>
#include <unordered_map>

namespace expr {

Template::Template() = default;
Template::~Template() = default;

std::shared_ptr<const Template> Template::compile(std::string text, flow::Dialect dialect)
{
    std::shared_ptr<Template> made(new Template);
    made->m_text = std::move(text);
    made->m_dialect = dialect;
    if (made->m_text.find('{') == std::string::npos)
        return made;
    RawTexts raw = takeRawTexts(made->m_text);
    Parsed parsed = parse(tokenize(raw.found() ? raw.text : made->m_text), dialect);
    if (!parsed.error) {
        auto program = std::make_shared<Program>(std::move(parsed.program));
        program->rawTexts = std::move(raw.bodies);
        made->m_program = std::move(program);
        return made;
    }
    Error error = std::move(*parsed.error);
    error.begin = std::min(raw.toOriginal(error.begin), made->m_text.size());
    error.end = std::min(raw.toOriginal(error.end), made->m_text.size());
    if (error.kind == ErrorKind::Java)
        error.message = "java.lang." + error.cause + ": " + error.message;
    else
        error.message = "io.pebbletemplates.pebble.error.ParserException: " + error.message + " (" + made->m_text + ":" +
                        std::to_string(error.line) + ")";
    error.column = columnOf(made->m_text, error.begin);
    made->m_error = std::move(error);
    return made;
}

int columnOf(std::string_view text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    std::size_t at = offset == 0 ? 0 : text.find_last_of("\r\n", offset - 1) + 1;
    int column = 1;
    while (at < offset) {
        flow::utf8::next(text, at);
        ++column;
    }
    return column;
}

struct TemplateCache::State
{
    struct Key
    {
        std::string_view text; // of the template itself
        flow::Dialect dialect;
        bool operator==(const Key &) const = default;
    };
    struct Hash
    {
        std::size_t operator()(const Key &key) const
        {
            return std::hash<std::string_view>{}(key.text) * 2 + static_cast<std::size_t>(key.dialect);
        }
    };
    std::size_t capacity = 0;
    std::list<std::shared_ptr<const Template>> order; // used last first
    std::unordered_map<Key, std::list<std::shared_ptr<const Template>>::iterator, Hash> index;
};

TemplateCache::TemplateCache(std::size_t capacity) : m_state(std::make_unique<State>())
{
    m_state->capacity = std::max<std::size_t>(capacity, 1);
}

TemplateCache::~TemplateCache() = default;

std::shared_ptr<const Template> TemplateCache::get(std::string_view text, flow::Dialect dialect)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto at = m_state->index.find({text, dialect});
        if (at != m_state->index.end()) {
            m_state->order.splice(m_state->order.begin(), m_state->order, at->second);
            return *at->second;
        }
    }
    auto made = Template::compile(std::string(text), dialect);
    const std::lock_guard lock(m_mutex);
    const State::Key key{made->text(), dialect};
    if (m_state->index.contains(key))
        return made;
    m_state->order.push_front(made);
    m_state->index.emplace(key, m_state->order.begin());
    if (m_state->order.size() > m_state->capacity) {
        m_state->index.erase({m_state->order.back()->text(), m_state->order.back()->dialect()});
        m_state->order.pop_back();
    }
    return made;
}

} // namespace expr
