# SPDX-License-Identifier: GPL-3.0-or-later
"""What drives real apps and a real server: a person's hands, eyes and ears."""
