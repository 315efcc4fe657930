/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "sio-builder.h"
#include "sio-enums.h"
#include "sio-error.h"
#include "sio-event.h"
#include "sio-manager.h"
#include "sio-socket.h"
#include "sio-value.h"
