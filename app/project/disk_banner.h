#pragma once

#include "editor/document_session.h"

#include <functional>

namespace ui {
class Banner;
}

namespace app {

/// Says in a page's banner what another program did to its file, with the ways out of it. `failed` is
/// told when one of them did not work.
void showDiskChange(ui::Banner &banner, editor::DocumentSession &session, editor::DiskChange change,
                    std::function<void(const QString &sentence)> failed);

/// Offers the text a program that ended had not saved; taken, it is one step of the history.
void showRecovered(ui::Banner &banner, editor::DocumentSession &session, const QString &swapFile, const std::string &text);

} // namespace app
