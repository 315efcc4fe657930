/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sio-error.h"

/**
 * sio_error_quark:
 *
 * The domain of the errors of this library.
 *
 * Returns: the quark for [error@Error]
 */
G_DEFINE_QUARK (sio-error-quark, sio_error)
