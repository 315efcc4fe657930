/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "memory.h"

#include <malloc.h>

gsize
memory_in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}
