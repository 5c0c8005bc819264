// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/printqueues.h"
#include "ui/print/sheetjob.h"

#include <cups/cups.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kConnectMs = 5000;
constexpr std::chrono::milliseconds kBetweenLooks{ 300 };
constexpr int kLooksAtPurge = 40; // a job that is stopped takes a moment to go
constexpr char kPdf[] = "application/pdf";

struct Close {
    void operator()(http_t* http) const { httpClose(http); }
    void operator()(ipp_t* answer) const { ippDelete(answer); }
};
using Connection = std::unique_ptr<http_t, Close>;
using Answer = std::unique_ptr<ipp_t, Close>;

/// To the server that client.conf or CUPS_SERVER name, as every program does.
Connection connection()
{
    cupsSetServer(nullptr); // reads them again
    return Connection(
        httpConnect2(cupsServer(), ippPort(), nullptr, AF_UNSPEC, cupsEncryption(), 1, kConnectMs, nullptr));
}

bool serverIsHere()
{
    const QByteArray server = cupsServer();
    return server.startsWith('/') || server == "localhost" || server == "127.0.0.1" || server == "::1";
}

Spool spoolOfServer()
{
    if (!serverIsHere())
        return {};
    return spoolOf(qEnvironmentVariable("CUPS_SERVERROOT", QStringLiteral("/etc/cups")));
}

QString lastWords()
{
    return QString::fromUtf8(cupsLastErrorString());
}

/// The attributes of one printer of an answer.
PrintQueue queueOf(ipp_t* answer, ipp_attribute_t*& attribute)
{
    PrintQueue queue;
    QString uri;
    unsigned type = 0;
    bool accepting = false;
    bool pdf = false;
    for (; attribute && ippGetGroupTag(attribute) == IPP_TAG_PRINTER; attribute = ippNextAttribute(answer)) {
        const QByteArray name = ippGetName(attribute);
        const auto text = [&] { return QString::fromUtf8(ippGetString(attribute, 0, nullptr)); };
        if (name == "printer-name")
            queue.name = text();
        else if (name == "printer-info")
            queue.description = text();
        else if (name == "device-uri")
            uri = text();
        else if (name == "printer-type")
            type = static_cast<unsigned>(ippGetInteger(attribute, 0));
        else if (name == "printer-is-accepting-jobs")
            accepting = ippGetBoolean(attribute, 0) != 0;
        else if (name == "document-format-supported")
            pdf = ippContainsString(attribute, kPdf) != 0;
    }
    queue.accepting = accepting && pdf;
    const bool remote = (type & (CUPS_PRINTER_REMOTE | CUPS_PRINTER_DISCOVERED)) != 0 || !serverIsHere();
    queue.connection = connectionOf(uri, (type & CUPS_PRINTER_CLASS) != 0, remote);
    return queue;
}

/// One job from its creation on.
class Job {
public:
    Job(http_t* http, QByteArray queue)
        : m_http(http)
        , m_queue(std::move(queue))
    {
    }

    bool create(const QString& title, PaperSize paper)
    {
        cups_option_t* options = nullptr;
        int count = 0;
        const std::pair<const char*, const char*> wanted[] = {
            { CUPS_MEDIA, paper == PaperSize::Letter ? CUPS_MEDIA_LETTER : CUPS_MEDIA_A4 },
            { CUPS_COPIES, "1" },
            { CUPS_SIDES, CUPS_SIDES_ONE_SIDED },
            { CUPS_PRINT_COLOR_MODE, CUPS_PRINT_COLOR_MODE_MONOCHROME },
            { "print-scaling", "none" },
            { "job-sheets", "none,none" },
        };
        for (const auto& [name, value] : wanted)
            count = cupsAddOption(name, value, count, &options);
        m_id = cupsCreateJob(m_http, m_queue.constData(), title.toUtf8().constData(), count, options);
        cupsFreeOptions(count, options);
        return m_id > 0;
    }

    bool send(const FilledSheet& sheet)
    {
        if (cupsStartDocument(m_http, m_queue.constData(), m_id, "sheet", kPdf, 1) != HTTP_STATUS_CONTINUE)
            return false;
        const bool written = sheet.writePdf([this](ByteView piece) {
            return cupsWriteRequestData(m_http, reinterpret_cast<const char*>(piece.data()), piece.size())
                == HTTP_STATUS_CONTINUE;
        });
        return cupsFinishDocument(m_http, m_queue.constData()) <= IPP_STATUS_OK_EVENTS_COMPLETE && written;
    }

    enum class Look { UnderWay, Completed, Aborted, Gone, NoAnswer };
    Look look()
    {
        ipp_t* request = ippNewRequest(IPP_OP_GET_JOB_ATTRIBUTES);
        const QByteArray uri = "ipp://localhost/jobs/" + QByteArray::number(m_id);
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", nullptr, uri.constData());
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
        ippAddString(
            request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", nullptr, "job-state");
        const Answer answer(cupsDoRequest(m_http, request, "/"));
        if (cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND)
            return Look::Gone;
        ipp_attribute_t* state = answer ? ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM) : nullptr;
        if (!state)
            return Look::NoAnswer;
        const int value = ippGetInteger(state, 0);
        if (value == IPP_JSTATE_COMPLETED)
            return Look::Completed;
        return value >= IPP_JSTATE_CANCELED ? Look::Aborted : Look::UnderWay;
    }

    /// Files and history. A job that is under way is only stopped by that, and purged when it is over. True
    /// when it is known no more.
    bool purge()
    {
        for (int i = 0; i < kLooksAtPurge; ++i) {
            const Look found = look();
            if (found == Look::Gone)
                return true;
            if (i == 0 || found != Look::UnderWay)
                cupsCancelJob2(m_http, m_queue.constData(), m_id, 1);
            else
                pause({});
        }
        return false;
    }

    JobEnd wait(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            switch (look()) {
            case Look::Completed:
                return JobEnd::Completed;
            case Look::Aborted:
                return JobEnd::Aborted;
            case Look::Gone: // somebody else purged it, and nobody knows in which state
            case Look::NoAnswer:
                return JobEnd::Lost;
            case Look::UnderWay:
                pause(stop);
                break;
            }
        }
        return JobEnd::Stopped;
    }

private:
    static void pause(const std::stop_token& stop)
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, kBetweenLooks, [] { return false; });
    }

    http_t* m_http;
    QByteArray m_queue;
    int m_id = 0;
};

} // namespace

bool canStreamPages()
{
    return true;
}

std::optional<PrintingSystem> lookAtPrintingSystem()
{
    const Connection http = connection();
    if (!http)
        return std::nullopt;
    static const char* const wanted[] = { "printer-name", "printer-info", "device-uri", "printer-type",
        "printer-is-accepting-jobs", "document-format-supported" };
    ipp_t* request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);
    ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
        static_cast<int>(std::size(wanted)), nullptr, wanted);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
    const Answer answer(cupsDoRequest(http.get(), request, "/"));
    PrintingSystem system;
    system.spool = spoolOfServer();
    if (!answer || cupsLastError() > IPP_STATUS_OK_EVENTS_COMPLETE) {
        if (cupsLastError() == IPP_STATUS_ERROR_NOT_FOUND)
            return system; // it has no printers
        return std::nullopt;
    }
    for (ipp_attribute_t* attribute = ippFirstAttribute(answer.get()); attribute;) {
        if (ippGetGroupTag(attribute) == IPP_TAG_PRINTER)
            system.queues.push_back(queueOf(answer.get(), attribute));
        else
            attribute = ippNextAttribute(answer.get());
    }
    return system;
}

JobResult printSheet(const QString& queue, const QString& title, PaperSize paper, FilledSheet sheet,
    const std::stop_token& stop)
{
    JobResult result;
    const Connection http = connection();
    result.spool = spoolOfServer().place;
    Job job(http.get(), queue.toUtf8());
    if (!http || !job.create(title, paper)) {
        result.detail = lastWords();
        result.purged = true; // there never was a job
        return result;
    }
    bool sent = false;
    {
        const FilledSheet page = std::move(sheet); // wiped before the printer is waited for
        sent = job.send(page);
    }
    result.detail = lastWords();
    result.end = sent ? job.wait(stop) : job.look() == Job::Look::NoAnswer ? JobEnd::Lost : JobEnd::Aborted;
    result.purged = job.purge();
    return result;
}

} // namespace conclave::ui
