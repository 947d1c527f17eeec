#pragma once

#include "engine/run/task_runner.h"
#include "engine/tasks/http/http_client.h"

#include <set>

namespace tasks {

/// What an http task asks for: the request its properties describe, and which responses are good.
struct HttpTask
{
    HttpRequest request;
    std::string uri;               ///< as asked for, with its parameters
    bool allowFailed = false;
    std::set<int> allowedCodes;

    bool accepts(int code) const { return code < 400 || allowFailed || allowedCodes.count(code) > 0; }
};
HttpTask httpTaskOf(engine::TaskContext &context);

/// Does the exchange, logs and counts each hop; throws TaskFailure for failures and responses not accepted.
/// `onBody` gets the body of an accepted response; of others the message holds it.
HttpResponse perform(engine::TaskContext &context, const HttpTask &task,
                     const std::function<void(std::string_view)> &onBody, const std::function<void()> &onRestart);

} // namespace tasks
