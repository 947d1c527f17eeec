#include "engine/tasks/sql/postgres_connection.h"

#include "engine/tasks/sql/sql_text.h"
#include "engine/tasks/support/function_runner.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <poll.h>

namespace tasks {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kConnectTimeout{10}; // unless the address says another
constexpr std::size_t kRowsPerTrip = 200; // answers of so many fit in any socket's buffer

/// One line of a text of libpq.
std::string oneLine(std::string_view text)
{
    std::string line;
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\t' || c == ' ';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    if (line.ends_with(' '))
        line.pop_back();
    return line;
}

std::string sentenceOf(const PGresult *result)
{
    const auto field = [&](int code) {
        const char *text = PQresultErrorField(result, code);
        return text ? oneLine(text) : std::string();
    };
    std::string text = field(PG_DIAG_MESSAGE_PRIMARY);
    if (text.empty())
        return oneLine(PQresultErrorMessage(result));
    text = field(PG_DIAG_SEVERITY) + ": " + text;
    if (const std::string at = field(PG_DIAG_STATEMENT_POSITION); !at.empty())
        text += " (at character " + at + ')';
    for (const auto &[code, name] : {std::pair(PG_DIAG_MESSAGE_DETAIL, "Detail"), std::pair(PG_DIAG_MESSAGE_HINT, "Hint")}) {
        if (const std::string more = field(code); !more.empty())
            text += fmt::format("; {}: {}", name, more);
    }
    return text;
}

/// Why there is no connection: what the server said, or which host was not there.
std::string connectionFault(const std::string &text, const std::map<std::string, std::string> &options)
{
    if (const std::size_t fatal = text.rfind("FATAL:"); fatal != std::string::npos)
        return oneLine(text.substr(fatal));
    if (text.find("Connection refused") != std::string::npos)
        return fmt::format("Connection to {}:{} refused. Check that the hostname and port are correct and that the "
                           "postmaster is accepting TCP/IP connections.",
                           options.at("host"), options.at("port"));
    return "The connection attempt failed: " + oneLine(text);
}

[[noreturn]] void failCancelled()
{
    throw TaskFailure{"The statement was cancelled"};
}

} // namespace

void PostgresConnection::Freed::operator()(pg_result *result) const
{
    PQclear(result);
}

PostgresConnection::PostgresConnection(std::map<std::string, std::string> options, int cancelFd, const expr::TimeZone &zone)
    : m_cancelFd(cancelFd), m_zone(zone)
{
    options["options"] = "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=3 "
                         "-c bytea_output=hex" + options["options"];
    options["client_encoding"] = "UTF8";
    options["passfile"] = "/dev/null";
    options.try_emplace("application_name", "leat");
    options.try_emplace("sslmode", "prefer");
    options.try_emplace("gssencmode", "disable");
    connect(options, cancelFd);
}

void PostgresConnection::connect(const std::map<std::string, std::string> &options, int cancelFd)
{
    std::vector<const char *> keys, values;
    for (const auto &[key, value] : options) {
        keys.push_back(key.c_str());
        values.push_back(value.c_str());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    m_connection = PQconnectStartParams(keys.data(), values.data(), 0);
    if (!m_connection)
        throw std::bad_alloc();
    try {
        const auto asked = options.find("connect_timeout");
        const auto limit = asked == options.end() ? kConnectTimeout : std::chrono::seconds(std::atoi(asked->second.c_str()));
        const auto until = Clock::now() + limit;
        PostgresPollingStatusType status = PQstatus(m_connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
        while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
            const short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
            pollfd fds[] = {{PQsocket(m_connection), events, 0}, {cancelFd, POLLIN, 0}};
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
            const int ready = poll(fds, 2, limit.count() == 0 ? -1 : static_cast<int>(std::max<std::int64_t>(left, 0)));
            if (ready < 0 && errno == EINTR)
                continue;
            if (fds[1].revents)
                failCancelled();
            if (ready == 0)
                throw TaskFailure{fmt::format("The connection attempt failed: no answer from {} in {} s",
                                              options.at("host"), limit.count())};
            status = PQconnectPoll(m_connection);
        }
        if (status == PGRES_POLLING_FAILED)
            throw TaskFailure{connectionFault(PQerrorMessage(m_connection), options)};
        PQsetNoticeProcessor(m_connection, [](void *, const char *) {}, nullptr);
        PQsetnonblocking(m_connection, 1);
    } catch (...) {
        PQfinish(m_connection);
        throw;
    }
}

PostgresConnection::~PostgresConnection()
{
    PQfinish(m_connection);
}

void PostgresConnection::wait(bool toWrite)
{
    for (;;) {
        pollfd fds[] = {{PQsocket(m_connection), static_cast<short>(toWrite ? POLLIN | POLLOUT : POLLIN), 0},
                        {m_cancelFd, POLLIN, 0}};
        if (poll(fds, m_cancelled ? 1 : 2, -1) < 0 && errno == EINTR)
            continue;
        if (fds[1].revents && !m_cancelled) {
            m_cancelled = true;
            char why[256] = "";
            PGcancel *cancel = PQgetCancel(m_connection);
            if (!cancel || !PQcancel(cancel, why, sizeof why)) {
                PQfreeCancel(cancel);
                failCancelled();
            }
            PQfreeCancel(cancel);
            continue; // the server answers with an error
        }
        if (fds[0].revents)
            return;
    }
}

void PostgresConnection::flush()
{
    while (PQflush(m_connection) == 1) {
        wait(true);
        PQconsumeInput(m_connection);
    }
}

PostgresConnection::Answer PostgresConnection::next()
{
    while (PQisBusy(m_connection)) {
        wait(false);
        if (!PQconsumeInput(m_connection))
            throw TaskFailure{"The connection was lost: " + oneLine(PQerrorMessage(m_connection))};
    }
    Answer answer(PQgetResult(m_connection));
    const ExecStatusType status = answer ? PQresultStatus(answer.get()) : PGRES_COMMAND_OK;
    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_NONFATAL_ERROR) {
        const std::string why = sentenceOf(answer.get());
        if (PQpipelineStatus(m_connection) == PQ_PIPELINE_OFF) {
            while (!m_cancelled && PQstatus(m_connection) == CONNECTION_OK && next())
                ;
        }
        throw TaskFailure{why};
    }
    return answer;
}

void PostgresConnection::finish()
{
    while (next())
        ;
}

PostgresConnection::Answer PostgresConnection::run(const std::string &sql)
{
    if (!PQsendQuery(m_connection, sql.c_str()))
        throw TaskFailure{oneLine(PQerrorMessage(m_connection))};
    flush();
    Answer last;
    while (Answer answer = next())
        last = std::move(answer);
    return last;
}

const PostgresType &PostgresConnection::typeOf(std::uint32_t oid)
{
    if (const PostgresType *type = postgresBuiltIn(oid))
        return *type;
    if (const auto found = m_types.find(oid); found != m_types.end())
        return found->second;
    const Answer answer = run(fmt::format("SELECT t.typname, t.typtype, CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END, "
                                          "t.typdelim FROM pg_catalog.pg_type t WHERE t.oid = {}",
                                          oid));
    PostgresType type{oid, std::to_string(oid)};
    if (answer && PQntuples(answer.get()) == 1) {
        type.name = PQgetvalue(answer.get(), 0, 0);
        type.isEnum = *PQgetvalue(answer.get(), 0, 1) == 'e';
        type.element = static_cast<std::uint32_t>(std::strtoul(PQgetvalue(answer.get(), 0, 2), nullptr, 10));
        type.delimiter = *PQgetvalue(answer.get(), 0, 3);
    }
    if (type.element)
        typeOf(type.element);
    return m_types.emplace(oid, std::move(type)).first->second;
}

bool PostgresConnection::execute(const std::string &sql, const flow::Value &parameters, const RowSink &onRow)
{
    PlacedStatement statement{sql, {}};
    if (parameters.isMap() && parameters.size() > 0)
        statement = placeNamed(sql);
    std::vector<PostgresParameter> values;
    std::vector<Oid> oids;
    std::vector<const char *> texts;
    for (const std::string &name : statement.names) {
        const flow::Value *value = parameters.find(name);
        values.push_back(PostgresParameter::of(value ? *value : flow::Value()));
    }
    for (const PostgresParameter &value : values) {
        oids.push_back(value.oid);
        texts.push_back(value.text ? value.text->c_str() : nullptr);
    }

    // Described before it runs: types of the database's own are looked up on this connection.
    if (!PQsendPrepare(m_connection, "", statement.text.c_str(), static_cast<int>(oids.size()), oids.data()))
        throw TaskFailure{oneLine(PQerrorMessage(m_connection))};
    flush();
    finish();
    PQsendDescribePrepared(m_connection, "");
    flush();
    const Answer description = next();
    finish();
    const int columns = PQnfields(description.get());
    std::vector<std::string> names;
    std::vector<PostgresType> types;
    bool looked = false;
    for (int column = 0; column < columns; ++column) {
        const Oid oid = PQftype(description.get(), column);
        names.emplace_back(PQfname(description.get(), column));
        looked = looked || !postgresBuiltIn(oid);
        types.push_back(typeOf(oid));
    }
    if (looked) { // the unnamed statement was replaced
        PQsendPrepare(m_connection, "", statement.text.c_str(), static_cast<int>(oids.size()), oids.data());
        flush();
        finish();
    }

    if (!PQsendQueryPrepared(m_connection, "", static_cast<int>(texts.size()), texts.data(), nullptr, nullptr, 0))
        throw TaskFailure{oneLine(PQerrorMessage(m_connection))};
    PQsetSingleRowMode(m_connection);
    flush();
    bool wanted = static_cast<bool>(onRow);
    while (const Answer answer = next()) {
        for (int row = 0; wanted && row < PQntuples(answer.get()); ++row) {
            flow::Object cells;
            cells.reserve(names.size());
            for (int column = 0; column < columns; ++column) {
                const auto at = static_cast<std::size_t>(column);
                const std::string_view text(PQgetvalue(answer.get(), row, column),
                                            static_cast<std::size_t>(PQgetlength(answer.get(), row, column)));
                const PostgresType *element = types[at].element ? &typeOf(types[at].element) : nullptr;
                cells.set(names[at], PQgetisnull(answer.get(), row, column)
                                         ? flow::Value()
                                         : postgresCell(types[at], element, text, m_zone, names[at]));
            }
            wanted = onRow(std::move(cells));
        }
    }
    return columns > 0;
}

std::vector<PostgresType> PostgresConnection::prepare(const std::string &sql)
{
    if (!PQsendPrepare(m_connection, "batch", sql.c_str(), 0, nullptr))
        throw TaskFailure{oneLine(PQerrorMessage(m_connection))};
    flush();
    finish();
    PQsendDescribePrepared(m_connection, "batch");
    flush();
    const Answer description = next();
    finish();
    std::vector<PostgresType> types;
    for (int place = 0; place < PQnparams(description.get()); ++place)
        types.push_back(typeOf(PQparamtype(description.get(), place)));
    return types;
}

std::int64_t PostgresConnection::changed(const Answer &answer) const
{
    return std::strtoll(PQcmdTuples(answer.get()), nullptr, 10);
}

std::int64_t PostgresConnection::executeMany(const std::vector<Row> &rows)
{
    std::int64_t count = 0;
    PQenterPipelineMode(m_connection);
    for (std::size_t from = 0; from < rows.size(); from += kRowsPerTrip) {
        const std::size_t to = std::min(from + kRowsPerTrip, rows.size());
        for (std::size_t row = from; row < to; ++row) {
            std::vector<const char *> texts;
            for (const std::optional<std::string> &text : rows[row])
                texts.push_back(text ? text->c_str() : nullptr);
            PQsendQueryPrepared(m_connection, "batch", static_cast<int>(texts.size()), texts.data(), nullptr, nullptr, 0);
        }
        PQpipelineSync(m_connection);
        flush();
        for (std::size_t row = from; row < to; ++row) {
            while (const Answer answer = next())
                count += changed(answer);
        }
        next(); // the synchronisation itself
    }
    PQexitPipelineMode(m_connection);
    return count;
}

std::int64_t PostgresConnection::copyIn(const std::string &sql, const std::function<std::string_view()> &nextBytes)
{
    if (!PQsendQuery(m_connection, sql.c_str()))
        throw TaskFailure{oneLine(PQerrorMessage(m_connection))};
    flush();
    if (PQresultStatus(next().get()) != PGRES_COPY_IN)
        throw TaskFailure{"The statement does not read from its input"};
    for (std::string_view bytes = nextBytes(); !bytes.empty(); bytes = nextBytes()) {
        while (PQputCopyData(m_connection, bytes.data(), static_cast<int>(bytes.size())) == 0)
            flush();
        flush();
    }
    while (PQputCopyEnd(m_connection, nullptr) == 0)
        flush();
    flush();
    const Answer answer = next();
    const std::int64_t count = changed(answer);
    finish();
    return count;
}

std::int64_t PostgresConnection::copyOut(const std::string &sql, const std::function<void(std::string_view)> &take)
{
    if (!PQsendQuery(m_connection, sql.c_str()))
        throw TaskFailure{oneLine(PQerrorMessage(m_connection))};
    flush();
    if (PQresultStatus(next().get()) != PGRES_COPY_OUT)
        throw TaskFailure{"The statement does not write to its output"};
    for (;;) {
        char *bytes = nullptr;
        const int size = PQgetCopyData(m_connection, &bytes, 1);
        if (size > 0) {
            const std::unique_ptr<char, decltype(&PQfreemem)> owned(bytes, &PQfreemem);
            take({bytes, static_cast<std::size_t>(size)});
        } else if (size == 0) {
            wait(false);
            if (!PQconsumeInput(m_connection))
                throw TaskFailure{"The connection was lost: " + oneLine(PQerrorMessage(m_connection))};
        } else {
            break;
        }
    }
    const Answer answer = next();
    const std::int64_t count = changed(answer);
    finish();
    return count;
}

} // namespace tasks
