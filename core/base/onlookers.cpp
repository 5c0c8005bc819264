// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/onlookers.h"

#include <QDir>
#include <QFile>

#include <map>
#include <string_view>

namespace conclave {

namespace {

using Kind = Onlooker::Kind;

/// The kernel keeps so many characters of a name (proc(5), /proc/pid/comm).
constexpr qsizetype kNameCharacters = 15;

constexpr struct {
    std::string_view name;
    Kind kind;
} kKnown[] = {
    { "byzanz-record", Kind::Recorder },
    { "ffmpeg", Kind::Recorder },
    { "flameshot", Kind::Recorder },
    { "gpu-screen-recorder", Kind::Recorder },
    { "green-recorder", Kind::Recorder },
    { "gst-launch-1.0", Kind::Recorder },
    { "kazam", Kind::Recorder },
    { "kooha", Kind::Recorder },
    { "obs", Kind::Recorder },
    { "peek", Kind::Recorder },
    { "recordmydesktop", Kind::Recorder },
    { "simplescreenrecorder", Kind::Recorder },
    { "spectacle", Kind::Recorder },
    { "vokoscreen", Kind::Recorder },
    { "vokoscreenNG", Kind::Recorder },
    { "wf-recorder", Kind::Recorder },
    { "wl-screenrec", Kind::Recorder },
    { "Xtigervnc", Kind::RemoteDesktop },
    { "Xtightvnc", Kind::RemoteDesktop },
    { "Xvnc", Kind::RemoteDesktop },
    { "anydesk", Kind::RemoteDesktop },
    { "chrome-remote-desktop-host", Kind::RemoteDesktop },
    { "gnome-remote-desktop-daemon", Kind::RemoteDesktop },
    { "krdpserver", Kind::RemoteDesktop },
    { "krfb", Kind::RemoteDesktop },
    { "nxagent", Kind::RemoteDesktop },
    { "nxnode.bin", Kind::RemoteDesktop },
    { "rustdesk", Kind::RemoteDesktop },
    { "sunshine", Kind::RemoteDesktop },
    { "teamviewerd", Kind::RemoteDesktop },
    { "vino-server", Kind::RemoteDesktop },
    { "vncserver-x11-core", Kind::RemoteDesktop },
    { "wayvnc", Kind::RemoteDesktop },
    { "weston-rdp", Kind::RemoteDesktop },
    { "x0vncserver", Kind::RemoteDesktop },
    { "x11vnc", Kind::RemoteDesktop },
    { "x2goagent", Kind::RemoteDesktop },
    { "xrdp", Kind::RemoteDesktop },
    { "skypeforlinux", Kind::Meeting },
    { "teams", Kind::Meeting },
    { "teams-for-linux", Kind::Meeting },
    { "webex", Kind::Meeting },
    { "zoom", Kind::Meeting },
};

const std::map<QByteArray, Onlooker>& known()
{
    static const auto all = [] {
        std::map<QByteArray, Onlooker> each;
        for (const auto& [name, kind] : kKnown) {
            const QByteArray bytes(name.data(), static_cast<qsizetype>(name.size()));
            each.emplace(bytes.left(kNameCharacters), Onlooker{ QString::fromLatin1(bytes), kind });
        }
        return each;
    }();
    return all;
}

} // namespace

std::vector<Onlooker> findOnlookers(const QString& processes, const QString& display)
{
    std::map<QString, Onlooker> found;
    for (const QString& process : QDir(processes).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(processes + QLatin1Char('/') + process + QStringLiteral("/comm"));
        if (!process.front().isDigit() || !file.open(QIODevice::ReadOnly))
            continue;
        const auto at = known().find(file.read(kNameCharacters + 1).trimmed());
        if (at != known().end())
            found.emplace(at->second.program, at->second);
    }
    std::vector<Onlooker> onlookers;
    // "host:0" is another computer's, ":0" and "unix:0" are this one's (X(7), Display names).
    const QString host = display.section(QLatin1Char(':'), 0, 0);
    if (!host.isEmpty() && host != QStringLiteral("unix") && !host.startsWith(QLatin1Char('/')))
        onlookers.push_back({ display, Kind::OtherScreen });
    for (const auto& [name, onlooker] : found)
        onlookers.push_back(onlooker);
    return onlookers;
}

} // namespace conclave
