#include "editor/fix_text.h"

#include "ui/tr.h"

namespace editor {

QString fixText(const QuickFix &fix)
{
    const QString first = fix.args.empty() ? QString() : QString::fromStdString(fix.args.front());
    if (fix.id == "fix.replace")
        return Tr::tr("Replace by %1").arg(first);
    if (fix.id == "fix.add")
        return Tr::tr("Add %1").arg(first);
    if (fix.id == "fix.make-id")
        return Tr::tr("Add the id %1").arg(first);
    if (fix.id == "fix.new-id")
        return Tr::tr("Rename to %1").arg(first);
    if (fix.id == "fix.remove")
        return Tr::tr("Take %1 away").arg(first);
    if (fix.id == "fix.quote")
        return Tr::tr("Put it in quotes");
    if (fix.id == "fix.unquote")
        return Tr::tr("Take the quotes away");
    if (fix.id == "fix.escape")
        return Tr::tr("Write the backslash as it is");
    if (fix.id == "fix.spaces")
        return Tr::tr("Use spaces instead of tabs");
    if (fix.id == "fix.listed")
        return Tr::tr("Make it a list");
    if (fix.id == "fix.add-first")
        return Tr::tr("Add a first entry to %1").arg(first);
    if (fix.id == "fix.skeleton")
        return Tr::tr("Begin with a small flow");
    if (fix.id == "fix.brackets")
        return Tr::tr("Use brackets");
    if (fix.id == "fix.swap")
        return Tr::tr("Swap the two values");
    if (fix.id == "fix.move-out")
        return Tr::tr("Move it behind %1").arg(first);
    if (fix.id == "fix.to-triggers")
        return Tr::tr("Move it to the triggers");
    if (fix.id == "fix.to-tasks")
        return Tr::tr("Move it to the tasks");
    if (fix.id == "fix.join")
        return Tr::tr("Join them to one text");
    if (fix.id == "fix.type")
        return Tr::tr("Make it a %1").arg(first);
    if (fix.id == "fix.blank")
        return Tr::tr("Put a blank behind the colon");
    if (fix.id == "fix.colon")
        return Tr::tr("Put a colon behind it");
    if (fix.id == "fix.close")
        return Tr::tr("Close it with %1").arg(first);
    if (fix.id == "fix.align")
        return Tr::tr("Indent it by %1 columns").arg(first);
    if (fix.id == "fix.clean")
        return Tr::tr("Take the invisible characters away");
    if (fix.id == "fix.write-out")
        return Tr::tr("Write %1 out here").arg(first);
    return QString::fromStdString(fix.id);
}

} // namespace editor
