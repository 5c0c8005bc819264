// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/cardchannel.h"
#include "tests/core/card/vectors.h"

#include <deque>

namespace conclave::test {

/// Exact commands and their responses, in order. Anything unexpected fails, and complaint() says what.
class ScriptedChannel final : public card::CardChannel {
public:
    /// Hex, spaces allowed; the response with its status word.
    void expect(const QString& command, const QString& response)
    {
        m_script.push_back({ bytes(command), bytes(response) });
    }
    void expect(const Exchange& exchange) { expect(exchange.command, exchange.response); }
    void expectFailure(const QString& command, ErrorKind kind)
    {
        m_script.push_back({ bytes(command), fail(kind) });
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        ++m_commands;
        if (m_script.empty()) {
            complain(QStringLiteral("nothing more was expected, got ") + toHex(command));
            return fail(ErrorKind::TransportFailed);
        }
        const Step step = std::move(m_script.front());
        m_script.pop_front();
        if (!std::ranges::equal(command, step.command)) {
            complain(QStringLiteral("expected ") + toHex(step.command) + QStringLiteral(", got ")
                + toHex(command));
            return fail(ErrorKind::TransportFailed);
        }
        return step.response.map([](const Bytes& response) { return SecretBytes(response); });
    }

    /// Empty when every command came as expected and none is left over.
    [[nodiscard]] QString complaint() const
    {
        if (m_complaint.isEmpty() && !m_script.empty())
            return QStringLiteral("left over: ") + toHex(m_script.front().command);
        return m_complaint;
    }
    [[nodiscard]] int commands() const { return m_commands; }

private:
    struct Step {
        Bytes command;
        Result<Bytes> response;
    };

    void complain(const QString& what)
    {
        if (m_complaint.isEmpty())
            m_complaint = what;
    }

    std::deque<Step> m_script;
    QString m_complaint;
    int m_commands = 0;
};

} // namespace conclave::test
