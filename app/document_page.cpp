#include "app/document_page.h"

#include "editor/document_session.h"

namespace app {

std::optional<std::string> DocumentPage::currentText() const
{
    const editor::DocumentSession *session = documentSession();
    return session ? std::optional(session->text()) : std::nullopt;
}

bool DocumentPage::change(const std::vector<flow::Replacement> &changes, const char *label)
{
    editor::DocumentSession *session = documentSession();
    if (!session)
        return false;
    const flow::Result<flow::Edit> edit = flow::Edit::make(session->revision(), session->text(), changes);
    return edit && session->submit(*edit, {label, {}});
}

} // namespace app
