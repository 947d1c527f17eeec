#pragma once

#include <QCoreApplication>

/// The one place user-visible words come from: `Tr::tr("Commit and push")`. English is the source.
struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Tr)
};
