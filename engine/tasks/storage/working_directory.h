#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// The files of WorkingDirectory: what goes into the directory before its tasks and what is kept after them.
class WorkingDirectoryFiles : public engine::DirectoryRunner
{
public:
    engine::TaskResult prepare(engine::TaskContext &context) override;
    engine::TaskResult collect(engine::TaskContext &context) override;
};

} // namespace tasks
