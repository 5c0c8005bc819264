// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace conclave::faults {

/// A command as the journal has it: see watchedreaders.cpp.
struct JournaledCommand {
    explicit JournaledCommand(const QByteArray& line)
    {
        const QByteArrayList words = line.split(' ');
        header = words.value(2);
        dataBytes = words.value(3).toInt();
        shareCheck = words.size() == 6 ? words[4] : QByteArray();
        answer = words.last();
    }
    [[nodiscard]] bool bringsPin() const
    {
        return dataBytes > 0
            && (header.startsWith("0020") || header.startsWith("0024") || header.startsWith("8050"));
    }
    [[nodiscard]] bool aboutUserPin() const { return header.endsWith("81"); }
    [[nodiscard]] bool pinWasWrong() const
    {
        return bringsPin() && (answer.startsWith("63c") || answer == "6983");
    }

    QByteArray header; ///< CLA INS P1 P2 in hex
    int dataBytes = 0;
    QByteArray shareCheck; ///< of an imported share file
    QByteArray answer; ///< the status word, or "lost"
};

} // namespace conclave::faults
