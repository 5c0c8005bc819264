// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace conclave {

/// What the operating system granted. What it refused is told to the user, not swallowed.
struct ProcessProtection {
    bool coreDumpsOff = false;
    bool undumpable
        = false; ///< no debugger of the same user may look in; true where the system has no such switch
    bool secureHeap = false; ///< secrets have a heap of their own
    bool secureHeapLocked = false; ///< and it cannot be swapped out

    [[nodiscard]] bool complete() const
    {
        return coreDumpsOff && undumpable && secureHeap && secureHeapLocked;
    }
};

/// Called once, first thing in main, before anything is read.
[[nodiscard]] ProcessProtection protectProcess();

} // namespace conclave
