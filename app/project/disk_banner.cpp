#include "app/project/disk_banner.h"

#include "app/messages.h"
#include "ui/banner.h"
#include "ui/tr.h"

#include <QFile>
#include <QPushButton>

namespace app {

void showDiskChange(ui::Banner &banner, editor::DocumentSession &session, editor::DiskChange change,
                    std::function<void(const QString &sentence)> failed)
{
    banner.clearActions();
    const auto offer = [&](const QString &text, auto act) {
        QObject::connect(banner.addAction(text), &QPushButton::clicked, &session, [&banner, failed, act] {
            banner.hide();
            if (auto done = act(); !done)
                failed(sentence(done.error()));
        });
    };
    switch (change) {
    case editor::DiskChange::Reloaded:
        banner.hide();
        return;
    case editor::DiskChange::Deleted:
        banner.setTone(QStringLiteral("warning"));
        banner.setText(Tr::tr("The file is gone from the disk. Its text is kept here; save it to have the file again."));
        offer(Tr::tr("Save"), [&session] { return session.save(true); });
        break;
    case editor::DiskChange::Conflict:
        banner.setTone(QStringLiteral("warning"));
        banner.setText(Tr::tr("Another program changed this file, and it has changes here too."),
                       Tr::tr("Whatever you choose is one step in the history: nothing is lost."));
        for (const auto &[text, choice] : {std::pair{Tr::tr("Keep mine"), editor::DiskChoice::KeepMine},
                                           std::pair{Tr::tr("Take the disk's"), editor::DiskChoice::TakeDisk},
                                           std::pair{Tr::tr("Merge both"), editor::DiskChoice::Merge}})
            offer(text, [&session, choice = choice] { return session.resolveDiskConflict(choice); });
        break;
    }
    banner.show();
}

void showRecovered(ui::Banner &banner, editor::DocumentSession &session, const QString &swapFile, const std::string &text)
{
    banner.setTone(QStringLiteral("warning"));
    banner.clearActions();
    banner.setText(Tr::tr("Changes of this file were not saved when Leat ended."));
    QObject::connect(banner.addAction(Tr::tr("Bring them back"), true), &QPushButton::clicked, &session, [&banner, &session, swapFile, text] {
        banner.hide();
        session.restore(text);
        QFile::remove(swapFile);
    });
    QObject::connect(banner.addAction(Tr::tr("Forget them")), &QPushButton::clicked, &session, [&banner, swapFile] {
        banner.hide();
        QFile::remove(swapFile);
    });
    banner.show();
}

} // namespace app
