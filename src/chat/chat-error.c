/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-error.h"

G_DEFINE_QUARK (chat-error-quark, chat_error)
