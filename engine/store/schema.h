#pragma once

#include "engine/store/database.h"

#include <array>

namespace store {

/// Version 1; a new database takes it and then every migration. `events` is the history of executions and only grows: one row for what a turn of the engine did to
/// one task run (`run` >= 0) or to the execution itself (-1). The columns of a row are null where
/// nothing changed. `executions` is a list of heads derived from it, kept in the same transaction.
inline constexpr const char *kSchema = R"sql(
CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE texts (
    key INTEGER PRIMARY KEY NOT NULL,
    hash INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX texts_by_hash ON texts (hash);
CREATE TABLE executions (
    key INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    namespace TEXT NOT NULL,
    flow TEXT NOT NULL,
    revision INTEGER NOT NULL,
    flow_text INTEGER NOT NULL,
    flow_path TEXT NOT NULL,
    original TEXT NOT NULL,
    parent TEXT NOT NULL,
    parent_run INTEGER NOT NULL,
    inputs TEXT NOT NULL,
    trigger_info TEXT NOT NULL,
    labels TEXT NOT NULL,
    state INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    open INTEGER NOT NULL
);
CREATE INDEX executions_by_time ON executions (created);
CREATE INDEX executions_open ON executions (open) WHERE open = 1;
CREATE INDEX executions_by_parent ON executions (parent) WHERE parent <> '';
CREATE TABLE events (
    execution INTEGER NOT NULL,
    number INTEGER NOT NULL,
    run INTEGER NOT NULL,
    task TEXT,
    parent INTEGER,
    value TEXT,
    iteration INTEGER,
    states TEXT,
    attempts TEXT,
    outputs TEXT,
    labels TEXT,
    variables TEXT,
    reason TEXT,
    removed INTEGER,
    PRIMARY KEY (execution, number)
) WITHOUT ROWID;
CREATE TABLE logs (
    execution INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    level INTEGER NOT NULL,
    run INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    own INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (execution, number)
) WITHOUT ROWID;
CREATE TABLE metrics (
    execution INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    value REAL NOT NULL,
    tags TEXT NOT NULL,
    PRIMARY KEY (execution, number)
) WITHOUT ROWID;
CREATE TABLE keys (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    type TEXT NOT NULL,
    description TEXT NOT NULL,
    expires INTEGER,
    PRIMARY KEY (namespace, key)
) WITHOUT ROWID;
)sql";

/// What makes version n + 2 of version n + 1.
inline constexpr std::array<const char *, kSchemaVersion - 1> kMigrations{R"sql(
CREATE TABLE triggers (
    namespace TEXT NOT NULL,
    flow TEXT NOT NULL,
    trigger TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    PRIMARY KEY (namespace, flow, trigger)
) WITHOUT ROWID;
CREATE TABLE preconditions (
    listener TEXT NOT NULL,
    condition TEXT NOT NULL,
    execution TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (listener, condition)
) WITHOUT ROWID;
ALTER TABLE executions ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
ALTER TABLE executions ADD COLUMN retry_at INTEGER;
CREATE INDEX executions_to_retry ON executions (retry_at) WHERE retry_at IS NOT NULL;
ALTER TABLE events ADD COLUMN sla TEXT;
)sql"};

} // namespace store
