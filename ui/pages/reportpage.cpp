// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/reportpage.h"

#include "core/ceremony/background.h"
#include "core/ceremony/drillresult.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/programfacts.h"
#include "core/ceremony/report.h"
#include "core/device/ondone.h"
#include "ui/print/drillcertificate.h"
#include "ui/print/reportdocument.h"
#include "ui/print/reportprinter.h"
#include "ui/text/devicetext.h"
#include "ui/text/drilltext.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/tick.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kRows = 4;
constexpr int kDigitsInRow = 16;

struct Rendered {
    QByteArray pdf;
    QByteArray json;
    QByteArray certificate{}; ///< of a drill
    QString verdict{}; ///< of a drill
};

QComboBox* people(const CeremonyState& state, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    for (const ParticipantNamed& person : state.participants)
        box->addItem(actorName(state, person.role, person.number));
    if (box->count() == 0)
        box->addItem(roleName(Role::Officer, 1));
    return box;
}

} // namespace

ReportPage::ReportPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);

    auto* fingerprint = new Card(tr("Report fingerprint (SHA-256)"), this);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k16);
    grid->setColumnStretch(1, 1);
    for (int row = 0; row < kRows; ++row) {
        const QString letter(QLatin1Char(static_cast<char>('A' + row)));
        grid->addWidget(new Tag(TagKind::Accent, letter, fingerprint), row, 0);
        const QString digits = hexGroups(state().fingerprint.mid(row * kDigitsInRow, kDigitsInRow));
        auto* value = new Label(ltr(digits), Type::Fingerprint, Token::Text, fingerprint);
        grid->addWidget(value, row, 1);
        auto* read = new Tick(tr("read"), fingerprint);
        read->setAccessibleName(tr("Row %1 read").arg(letter));
        grid->addWidget(read, row, 2);
        m_rowsRead.push_back(read);
        connect(read, &QAbstractButton::toggled, this, &ReportPage::judge);
    }
    fingerprint->body()->addLayout(grid);
    m_readCount = new Label({}, Type::Hint, Token::Muted, fingerprint);
    fingerprint->body()->addWidget(m_readCount);
    auto* readers = new QHBoxLayout;
    readers->setSpacing(space::k16);
    m_reader = people(state(), fingerprint);
    m_follower = people(state(), fingerprint);
    m_follower->setCurrentIndex(std::min(1, m_follower->count() - 1));
    readers->addWidget(new FormField(tr("Read &aloud by"), m_reader, fingerprint), 1);
    readers->addWidget(new FormField(tr("&Followed by"), m_follower, fingerprint), 1);
    fingerprint->body()->addLayout(readers);
    layout->addWidget(fingerprint);

    auto* card = new Card({}, this);
    auto* facts = new Facts(card);
    if (state().device)
        facts->add(tr("Device"),
            tr("%1 · %2 · firmware %3")
                .arg(ltr(state().device->serial), authenticityName(state().device->authenticity),
                    state().device->firmware));
    for (const CeremonyState& device : state().devices)
        facts->add(ltr(device.device->serial), deviceResult(device));
    if (!state().kcv.isEmpty())
        facts->add(tr("Key check value"), ltr(hexGroups(state().kcv)), Type::Value);
    if (state().scheme)
        facts->add(tr("Sharing"), schemeName(*state().scheme));
    if (state().replaced)
        facts->add(tr("Old set"), toBeDestroyed(*state().replaced));
    const auto tested = static_cast<int>(std::count_if(state().keys.begin(), state().keys.end(),
        [](const KeyRecord& key) { return key.state == KeyState::Tested; }));
    if (state().partEnded) {
        facts->add(tr("Goes on elsewhere"),
            tr("The device waits for %n share file(s).", nullptr, state().shareFilesOutstanding));
    } else if (state().several) {
        facts->add(
            tr("Keys"), tr("%n key(s) chosen", nullptr, static_cast<int>(state().restore.keys.size())));
    } else if (state().restore.plan || state().first) {
        facts->add(tr("Keys"), tr("%n key(s) restored", nullptr, state().restore.restored()));
        facts->add(tr("Proof"), tr("%n key(s) proved to be the original", nullptr, state().restore.proved()));
    } else if (state().device) {
        facts->add(tr("Keys"), tr("%n key(s) generated, self-tests passed", nullptr, tested));
        facts->add(tr("Backup"),
            !state().withBackup() ? tr("None is possible")
                : state().backup.skipped
                ? tr("None was made: the keys are on this device only")
                : tr("Not proved: nobody has shown yet that the keys can be restored"));
    }
    facts->add(tr("Events to explain"), QString::number(state().toExplain.size()));
    card->body()->addWidget(facts);
    layout->addWidget(card);
    m_saved = new QVBoxLayout;
    layout->addLayout(m_saved);
    m_note = new Note(Note::Kind::Danger, {}, this);
    m_note->hide();
    layout->addWidget(m_note);
    layout->addStretch(1);
    makeReport();
}

void ReportPage::makeReport()
{
    // Rendering and writing take a moment, and happen once; the window goes on meanwhile.
    onDone(inBackground(*QThreadPool::globalInstance(),
               [state = state(), record = ceremony().record()]() -> Result<Rendered> {
                   const Result<Report> report = ceremony::makeReport(state, record, programFacts());
                   if (!report)
                       return fail(report.error());
                   Rendered rendered{ reportPdf(*report), reportJson(*report) };
                   if (report->drill) {
                       rendered.certificate = drillCertificatePdf(*report);
                       rendered.verdict
                           = drillSentence(drillResult(*report).verdict, report->opened.rehearsal);
                   }
                   return rendered;
               }),
        this, [this](const QFuture<Result<Rendered>>& future) {
            const Result<Rendered> rendered = future.result();
            if (!rendered) {
                m_note->setText(errorSentence(rendered.error()));
                m_note->show();
                return;
            }
            m_pdf = rendered->pdf;
            m_json = rendered->json;
            m_certificate = rendered->certificate;
            judge();
            std::vector<std::pair<QString, QByteArray>> files{ { QStringLiteral("report.pdf"), m_pdf },
                { QStringLiteral("report.json"), m_json } };
            if (!m_certificate.isEmpty()) {
                files.emplace_back(QStringLiteral("drill-certificate.pdf"), m_certificate);
                static_cast<QVBoxLayout*>(this->layout())
                    ->insertWidget(0, new Note(Note::Kind::Info, rendered->verdict, this));
            }
            for (const auto& [name, content] : files) {
                if (std::ranges::any_of(
                        state().reports, [&name](const ReportSaved& each) { return each.file == name; }))
                    continue; // saved before a pause, or before the other one could not be
                if (const Status saved = this->ceremony().saveReport(name, content); !saved) {
                    m_note->setText(errorSentence(saved.error()));
                    m_note->show();
                }
            }
        });
}

QString ReportPage::title() const
{
    return state().partEnded ? tr("Close this part of the ceremony") : tr("Close the ceremony");
}

QString ReportPage::lead() const
{
    return tr("The report holds no secret. Print it, read the fingerprint aloud, sign it.");
}

RoleBanner::Content ReportPage::banner() const
{
    RoleBanner::Content content;
    content.icon = Icon::People;
    content.who = tr("Everyone");
    content.othersIcon = Icon::Document;
    content.others = tr("Officer reads. Witnesses follow on the printed report, then all sign.");
    return content;
}

QString ReportPage::railSubline() const
{
    return tr("Read aloud and sign");
}

void ReportPage::fillFooter(FooterBar& footer)
{
    m_print = footer.addStart(new Button(tr("&Print report…"), Button::Look::Secondary));
    m_print->setIcon(icon(Icon::Print));
    connect(m_print, &QAbstractButton::clicked, this, &ReportPage::print);
    if (state().flow() == Flow::Drill) {
        m_printCertificate = footer.addStart(new Button(tr("Print cer&tificate…"), Button::Look::Secondary));
        m_printCertificate->setIcon(icon(Icon::Print));
        connect(m_printCertificate, &QAbstractButton::clicked, this, &ReportPage::printCertificate);
    }
    m_again = footer.addStart(new Button(tr("&Save again to…"), Button::Look::Secondary));
    connect(m_again, &QAbstractButton::clicked, this, &ReportPage::saveAgain);
    m_close = footer.addEnd(new Button(tr("&Close the ceremony"), Button::Look::Primary));
    footer.setPrimary(m_close);
    connect(m_close, &QAbstractButton::clicked, this, &ReportPage::close);
    judge();
}

void ReportPage::render()
{
    while (QLayoutItem* item = m_saved->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ReportSaved& report : state().reports)
        m_saved->addWidget(new Label(tr("✓ %1").arg(report.file), Type::Value, Token::Ok, this));
    judge();
}

void ReportPage::judge()
{
    const auto read
        = std::count_if(m_rowsRead.begin(), m_rowsRead.end(), [](const Tick* t) { return t->isChecked(); });
    m_readCount->setText(tr("%1 of %2 rows read").arg(read).arg(kRows));
    if (!m_close)
        return;
    m_print->setEnabled(!m_pdf.isEmpty());
    m_again->setEnabled(!m_pdf.isEmpty());
    if (m_printCertificate)
        m_printCertificate->setEnabled(!m_certificate.isEmpty());
    const std::size_t files = state().flow() == Flow::Drill ? 3 : 2;
    m_close->setEnabled(read == kRows && state().reports.size() >= files);
}

void ReportPage::print()
{
    if (m_pdf.isEmpty())
        return;
    if (const Result<Report> report = ceremony::makeReport(state(), ceremony().record(), programFacts()))
        printReport(*report, this);
}

void ReportPage::printCertificate()
{
    if (const Result<Report> report = ceremony::makeReport(state(), ceremony().record(), programFacts()))
        printDrillCertificate(*report, this);
}

void ReportPage::saveAgain()
{
    auto* dialog = new QFileDialog(this, tr("Save the report again"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        onDone(inBackground(*QThreadPool::globalInstance(),
                   [folder, id = state().opened->ceremony, pdf = m_pdf, json = m_json,
                       certificate = m_certificate] {
                       std::vector<NewFile> files{ { id + QStringLiteral("-report.pdf"), pdf },
                           { id + QStringLiteral("-report.json"), json } };
                       if (!certificate.isEmpty())
                           files.push_back({ id + QStringLiteral("-drill-certificate.pdf"), certificate });
                       return writeNewFiles(folder, files);
                   }),
            this, [this, folder](const QFuture<Status>& done) {
                const Status saved = done.result();
                m_note->setKind(saved ? Note::Kind::Ok : Note::Kind::Danger);
                m_note->setText(saved ? tr("Saved again to %1").arg(QDir::toNativeSeparators(folder))
                                      : errorSentence(saved.error()));
                m_note->show();
            });
    });
    dialog->open();
}

void ReportPage::close()
{
    if (!state().fingerprintRead)
        static_cast<void>(
            ceremony().confirmFingerprintRead(m_reader->currentText(), m_follower->currentText()));
    static_cast<void>(ceremony().close());
}

} // namespace conclave::ui
