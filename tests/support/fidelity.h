#pragma once

#include "engine/flow/analysis.h"
#include "engine/flow/edit_script.h"
#include "support/catalog.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace test {

inline std::string readFile(const std::filesystem::path &path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// Words as a shell splits them, as far as the steps of the fidelity cases need it: '…', "…" with
/// \" and \\, comments.
inline std::vector<std::string> splitWords(const std::string &text)
{
    std::vector<std::string> words;
    bool open = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!open && c == '#') {
            i = std::min(text.find('\n', i), text.size());
            continue;
        }
        if (blank) {
            open = false;
            continue;
        }
        if (!open)
            words.emplace_back();
        open = true;
        if (c == '\'') {
            for (++i; i < text.size() && text[i] != '\''; ++i)
                words.back() += text[i];
        } else if (c == '"') {
            for (++i; i < text.size() && text[i] != '"'; ++i) {
                if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\'))
                    ++i;
                words.back() += text[i];
            }
        } else if (c == '\\' && i + 1 < text.size()) {
            words.back() += text[++i];
        } else {
            words.back() += c;
        }
    }
    return words;
}

/// A document with its analysis, brought up to date after every edit.
class Subject
{
public:
    explicit Subject(std::string text) : m_document(std::move(text)) { analyse(); }

    flow::Snapshot snapshot() const { return m_document.snapshot(); }
    const std::string &text() const { return m_document.text(); }
    const flow::Flow &flow() const { return *m_document.snapshot().flow; }
    flow::FlowDocument &document() { return m_document; }

    flow::Result<flow::AppliedEdit> apply(const flow::Edit &edit)
    {
        flow::Result<flow::AppliedEdit> applied = m_document.apply(edit);
        analyse();
        return applied;
    }

private:
    void analyse()
    {
        m_document.adopt(flow::analyse(m_document.text(), m_document.revision(), coreCatalog()));
    }

    flow::FlowDocument m_document;
};

/// The name of a code, as the cases with refused edits write it.
inline std::string nameOf(flow::ErrorCode code)
{
    using flow::ErrorCode;
    switch (code) {
    case ErrorCode::StaleRevision: return "StaleRevision";
    case ErrorCode::OverlappingEdits: return "OverlappingEdits";
    case ErrorCode::OutOfRange: return "OutOfRange";
    case ErrorCode::NoSuchTask: return "NoSuchTask";
    case ErrorCode::NoSuchList: return "NoSuchList";
    case ErrorCode::NoSuchProperty: return "NoSuchProperty";
    case ErrorCode::IdTaken: return "IdTaken";
    case ErrorCode::InvalidId: return "InvalidId";
    case ErrorCode::InvalidYaml: return "InvalidYaml";
    case ErrorCode::NotATask: return "NotATask";
    case ErrorCode::IntoItself: return "IntoItself";
    case ErrorCode::WouldCycle: return "WouldCycle";
    case ErrorCode::NotInDag: return "NotInDag";
    case ErrorCode::AlreadyConnected: return "AlreadyConnected";
    case ErrorCode::NotConnected: return "NotConnected";
    case ErrorCode::BrokenText: return "BrokenText";
    case ErrorCode::LastTask: return "LastTask";
    case ErrorCode::WouldLose: return "WouldLose";
    case ErrorCode::NotTogether: return "NotTogether";
    case ErrorCode::MeansElse: return "MeansElse";
    case ErrorCode::BoundToPlace: return "BoundToPlace";
    case ErrorCode::MayBeMissing: return "MayBeMissing";
    case ErrorCode::TypeChanges: return "TypeChanges";
    case ErrorCode::DefaultsDiffer: return "DefaultsDiffer";
    case ErrorCode::OnlyOfSubflow: return "OnlyOfSubflow";
    case ErrorCode::NotASubflow: return "NotASubflow";
    case ErrorCode::NoSuchFlow: return "NoSuchFlow";
    case ErrorCode::ReadOnly: return "ReadOnly";
    }
    return "?";
}

} // namespace test
