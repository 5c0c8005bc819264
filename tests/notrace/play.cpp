// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/play.h"

#include "core/base/hex.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/setmaker.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/sharefile.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/notrace/randomtext.h"
#include "ui/rehearsal/hands.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/shell/wizardwindow.h"
#include "ui/widgets/button.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/secretfield.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QSpinBox>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace conclave::notrace {

using namespace ui;

namespace {

constexpr int kPatienceMs = 300'000;
constexpr std::chrono::milliseconds kGlance{ 5 };
constexpr int kGlancesToSettle = 4;
constexpr int kGlancesOfRest = 40;
constexpr dkek::KdfRounds kRounds{ 1000 };
constexpr char kHexDigits[] = "0123456789abcdef";
const QString kReader = QStringLiteral("Simulated reader");

SecretBytes valueOfHex(const SecretBytes& digits)
{
    SecretBytes bytes(digits.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i]
            = static_cast<std::uint8_t>(hexDigitValue(digits[2 * i]) << 4 | hexDigitValue(digits[2 * i + 1]));
    return bytes;
}

template <typename Widget>
std::vector<Widget*> shown(const QWidget& parent)
{
    std::vector<Widget*> found;
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->isVisible() && widget->isEnabled())
            found.push_back(widget);
    }
    return found;
}

} // namespace

Play::Play(const QString& folder, Scheme scheme, TraceSearch& search, ShortCodes& codes)
    : m_folder(folder)
    , m_scheme(scheme)
    , m_search(search)
    , m_codes(codes)
    , m_device(std::make_shared<simulator::SimulatedHsm>())
{
    m_readers.insert(kReader, m_device);
    ceremony::Environment environment{ m_readers };
    environment.rounds = kRounds;
    m_window = std::make_unique<WizardWindow>(
        environment, WizardWindow::Options{ QFileInfo(folder).absolutePath(), folder });
    m_window->resize(1024, 768);
    m_window->show();
    m_window->activateWindow();
    m_window->start(scheme == Scheme::Reshare ? ceremony::Flow::Reshare : ceremony::Flow::Establish);

    ScriptedPeople::Pins pins{ randomText(14), randomText(16, kHexDigits) };
    pins.so[pins.so.size() / 2] = 'c'; // so that hex in capitals is another form of it
    m_search.add(QStringLiteral("user PIN"), formsOfText(pins.user));
    m_search.add(QStringLiteral("SO-PIN"), formsOfText(pins.so));
    m_search.add(QStringLiteral("SO-PIN's bytes"), formsOfBytes(valueOfHex(pins.so)));
    m_people = std::make_unique<ScriptedPeople>(*m_window->ceremony(), std::move(pins));
    if (scheme == Scheme::Password) {
        m_password = randomText(24);
        m_search.add(QStringLiteral("password"), formsOfText(m_password));
    }
    if (scheme == Scheme::Reshare)
        makeOldSet();
}

Play::~Play() = default;

bool Play::toTheEnd(const Watch& watch)
{
    const CeremonyView* view = m_window->ceremonyView();
    const ceremony::Ceremony& ceremony = *m_window->ceremony();
    auto step = ceremony.state().step();
    int rest = 0;
    bool closed = false;
    const auto over = [&] { return closed || view->pageId() == PageId::Trouble; };
    QTimer eyes;
    QObject::connect(&eyes, &QTimer::timeout, &eyes, [&] {
        if (over())
            return;
        const bool ended = view->pageId() == PageId::Closed;
        if (ceremony.state().step() == step && !ended) {
            act(*view, watch);
            return;
        }
        // A set that is being made is in OpenSSL's hands, in another thread.
        if (ceremony.writing() || ceremony.work().kind != ceremony::WorkKind::None || ++rest < kGlancesOfRest)
            return;
        rest = 0;
        if (step == ceremony::Step::HandOut)
            learnRest();
        if (step == ceremony::Step::OldSet)
            m_oldSheets.clear();
        watch.closed(step);
        step = ceremony.state().step();
        closed = ended;
    });
    eyes.start(kGlance);
    if (QTest::qWaitFor(over, kPatienceMs) && closed)
        return true;
    qWarning("The ceremony ended at page %s.", qPrintable(pageName(view->pageId())));
    return false;
}

bool Play::everybodyLeaves()
{
    m_people.reset();
    m_password.clear();
    m_readers.removeReader(kReader);
    const std::weak_ptr<simulator::SimulatedHsm> device = m_device;
    m_device.reset();
    return QTest::qWaitFor([&device] { return device.expired(); });
}

void Play::act(const CeremonyView& view, const Watch& watch)
{
    if (m_window->ceremony()->writing() || !fill(view) || !ScriptedPeople::canGoOn(view)) {
        m_filledGlances = 0;
        return;
    }
    if (++m_filledGlances < kGlancesToSettle)
        return;
    m_filledGlances = 0;
    watch.filled(pageName(view.pageId()));
    ScriptedPeople::goOn(view);
}

bool Play::fill(const CeremonyView& view)
{
    const Page& page = *view.page();
    learnShare();
    if (m_scheme == Scheme::Custodians)
        return m_people->fill(view);
    if (m_scheme == Scheme::Reshare) {
        switch (view.pageId()) {
        case PageId::OldSet:
            return chooseOldSet();
        case PageId::Entry:
            return typeOldSheet(page);
        default:
            return m_people->fill(view);
        }
    }
    switch (view.pageId()) {
    case PageId::Scheme:
        for (ChoiceCard* card : shown<ChoiceCard>(page)) {
            if (card->accessibleName().startsWith(QStringLiteral("One password")) && !card->isChecked())
                hands::press(*card);
        }
        return true;
    case PageId::Password:
    case PageId::Proof:
    case PageId::Entry:
        for (SecretField* field : shown<SecretField>(page)) {
            if (field->isEmpty())
                hands::type(*field, m_password);
        }
        return true;
    default:
        return m_people->fill(view);
    }
}

void Play::makeOldSet()
{
    ceremony::SetOrder order;
    order.rule = { {}, {}, 2, 4, 128 };
    order.ceremonyId = QStringLiteral("EX-2020-0001");
    order.deviceSerial = QStringLiteral("DESIM0000001");
    order.rounds = kRounds;
    const QString folder = m_folder + QStringLiteral(".old-set");
    auto set = ceremony::makeSet(order);
    if (!set || !QDir().mkpath(folder) || !ceremony::saveSet(folder, *set))
        qFatal("There is no old set.");
    m_oldFile = QDir(folder).filePath(set->made.file);
    m_oldPrime = *fromHex(set->made.prime);
    m_search.add(QStringLiteral("old password"), formsOfBytes(set->password));
    m_search.add(QStringLiteral("DKEK"), formsOfBytes(set->clearShare));
    for (dkek::CustodianShare& share : set->shares) {
        const SecretBytes code = dkek::checkCode(m_oldPrime, share);
        m_search.add(QStringLiteral("old share %1").arg(share.id), formsOfBytes(share.value));
        m_search.add(QStringLiteral("old check code %1").arg(share.id), wideFormsOfText(code));
        m_codes.add(QStringLiteral("old check code %1").arg(share.id), code);
        if (share.id > order.rule.total - order.rule.threshold)
            m_oldSheets.push_back(std::move(share));
    }
}

bool Play::chooseOldSet()
{
    if (auto* dialog = m_window->findChild<QFileDialog*>()) {
        dialog->selectFile(m_oldFile);
        QMetaObject::invokeMethod(dialog, "accept");
        m_window->activateWindow(); // no window manager here does it
        return false;
    }
    if (m_window->ceremonyView()->footer().primary()->isEnabled())
        return true;
    for (Button* button : shown<Button>(*m_window->ceremonyView()->page())) {
        if (button->text().contains(QStringLiteral("Choose the share file"))) {
            hands::press(*button);
            break;
        }
    }
    return false;
}

bool Play::typeOldSheet(const Page& page)
{
    const ceremony::ShareSet& set = *m_window->ceremony()->state().set(m_window->ceremony()->turnSet());
    const auto next = std::ranges::find_if(
        m_oldSheets, [&set](const dkek::CustodianShare& share) { return !set.received.contains(share.id); });
    HexEntry* entry = shown<HexEntry>(page).front();
    if (next == m_oldSheets.end() || entry->complete())
        return true;
    auto* number = shown<QSpinBox>(page).front();
    hands::selectAll(*number);
    hands::type(*number, QString::number(next->id));
    hands::typeHex(*entry, dkek::sheetRows(next->id, next->value));
    hands::type(*shown<CodeField>(page).front(), dkek::checkCode(m_oldPrime, *next));
    return true;
}

void Play::learnShare()
{
    const dkek::CustodianShare* share = m_window->ceremony()->shareOnShow();
    const SecretBytes* code = m_window->ceremony()->checkCodeOnShow();
    const auto known = [share](const dkek::CustodianShare& other) { return other.id == share->id; };
    if (!share || !code || std::any_of(m_shares.begin(), m_shares.end(), known))
        return;
    m_search.add(QStringLiteral("share %1").arg(share->id), formsOfBytes(share->value));
    m_search.add(QStringLiteral("check code %1").arg(share->id), wideFormsOfText(*code));
    m_codes.add(QStringLiteral("check code %1").arg(share->id), *code);
    m_shares.push_back({ share->id, share->value.clone() });
}

// What nobody is shown: the password behind the shares, its key, and the DKEK.
void Play::learnRest()
{
    const ceremony::ShareSet& set = m_window->ceremony()->state().sets.front();
    const ceremony::SetMade& made = *set.made;
    QFile pbe(QDir(m_folder).filePath(made.file));
    if (!pbe.open(QIODevice::ReadOnly))
        qFatal("There is no share file.");
    const QByteArray content = pbe.readAll();
    const auto file = dkek::ShareFile::parse({ reinterpret_cast<const std::uint8_t*>(content.constData()),
        static_cast<std::size_t>(content.size()) });
    SecretBytes password = m_password.clone();
    if (m_scheme != Scheme::Password) {
        std::vector<const dkek::CustodianShare*> shares;
        std::transform(m_shares.begin(), m_shares.begin() + set.rule.threshold, std::back_inserter(shares),
            [](const dkek::CustodianShare& share) { return &share; });
        password = *dkek::joinPassword(*fromHex(made.prime), shares);
        m_search.add(QStringLiteral("password behind the shares"), formsOfBytes(password));
    }
    const auto key = dkek::deriveKey(password, file->salt(), kRounds);
    m_search.add(QStringLiteral("key of the share file"), formsOfBytes(*key));
    if (m_scheme != Scheme::Reshare) // which has it from the old set
        m_search.add(QStringLiteral("DKEK"), formsOfBytes(*file->decrypt(*key)));
    m_shares.clear();
}

} // namespace conclave::notrace
