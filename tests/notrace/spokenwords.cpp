// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/spokenwords.h"

#include <QAccessible>
#include <QWidget>

namespace conclave::notrace {

namespace {

QFile* g_file = nullptr;

void write(const QString& words)
{
    if (g_file && !words.isEmpty()) {
        g_file->write(words.toUtf8());
        g_file->write("\n");
    }
}

void read(QAccessibleInterface* object)
{
    if (!object || !object->isValid())
        return;
    for (int kind = QAccessible::Name; kind <= QAccessible::Accelerator; ++kind)
        write(object->text(static_cast<QAccessible::Text>(kind)));
    if (QAccessibleTextInterface* text = object->textInterface())
        write(text->text(0, text->characterCount()));
    if (QAccessibleValueInterface* value = object->valueInterface())
        write(value->currentValue().toString());
    for (int i = 0; i < object->childCount(); ++i)
        read(object->child(i));
}

void hear(QAccessibleEvent* event)
{
    QAccessibleInterface* object = event->accessibleInterface();
    if (!object || !object->isValid())
        return;
    write(object->text(QAccessible::Name));
    write(object->text(QAccessible::Value));
    if (event->type() == QAccessible::TextInserted)
        write(static_cast<QAccessibleTextInsertEvent*>(event)->textInserted());
    if (event->type() == QAccessible::TextUpdated)
        write(static_cast<QAccessibleTextUpdateEvent*>(event)->textInserted());
}

} // namespace

SpokenWords::SpokenWords(const QString& path)
    : m_file(path)
{
    if (!m_file.open(QIODevice::WriteOnly))
        qFatal("The spoken words cannot be written.");
    g_file = &m_file;
    QAccessible::setActive(true);
    QAccessible::installUpdateHandler(hear);
}

SpokenWords::~SpokenWords()
{
    QAccessible::installUpdateHandler(nullptr);
    QAccessible::setActive(false);
    g_file = nullptr;
}

void SpokenWords::readScreen(QWidget& window)
{
    read(QAccessible::queryAccessibleInterface(&window));
    m_file.flush();
}

} // namespace conclave::notrace
