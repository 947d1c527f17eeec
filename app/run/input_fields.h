#pragma once

#include "engine/flow/flow.h"

#include <QStringList>

#include <vector>

namespace app {

/// One input of a flow as the run dialog asks for it.
struct InputField
{
    QString id;
    QString type; ///< `STRING`, `INT`, …
    QString name; ///< displayName, else the id
    QString description;
    bool required = true; ///< must have a value: no default and not `required: false`
    QString defaultText;  ///< as typed; an expression stays one
    QStringList values;   ///< of SELECT, MULTISELECT and ENUM
    QString min, max;     ///< as written; empty: no limit
    QString validator;    ///< pattern of a STRING; empty: any
    bool customValue = false; ///< SELECT takes others too
};

std::vector<InputField> inputFields(const flow::Flow &flow);
/// Of a list of inputs, as the `onResume` of a Pause is one; null: none.
std::vector<InputField> inputFields(const flow::Node *list);

/// Why a text is no value of the input; empty when it is one. An empty text of an input that may be
/// absent is fine. The engine has the last word; this says what can be said while one types.
QString problemOf(const InputField &field, const QString &text);

/// The value handed to the engine; Null for an empty text, so that the default holds.
flow::Value valueOf(const InputField &field, const QString &text);

} // namespace app
