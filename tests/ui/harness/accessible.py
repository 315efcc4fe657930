# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees of an app, and the presses that it can make."""
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version must be asked for first)

from .waiting import wait_for  # noqa: E402


def walk(node, showing_only=True):
    """All that is on the screen below a node, itself first. What goes away meanwhile is left out."""
    try:
        if node is None or (showing_only and not node.get_state_set().contains(Atspi.StateType.SHOWING)
                            and node.get_role() != Atspi.Role.APPLICATION):
            return
        yield node
        children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.Error:
        return
    for child in children:
        yield from walk(child, showing_only)


def name_of(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def role_of(node):
    try:
        return node.get_role_name()
    except GLib.Error:
        return ""


def has_state(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def texts_of(node):
    """Everything that is said or shown below a node."""
    for child in walk(node):
        yield name_of(child)
        try:
            text = child.get_text_iface()
            if text:
                yield Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
        except GLib.Error:
            continue


def find_all(node, name, role=None, showing_only=True):
    pattern = re.compile(name)
    return [child for child in walk(node, showing_only)
            if pattern.search(name_of(child)) and (role is None or role_of(child) in role)]


def find(node, name, role=None, showing_only=True):
    found = find_all(node, name, role, showing_only)
    return found[0] if found else None


def press(node):
    """Do what a click on the node does."""
    actions = node.get_action_iface()
    if actions is None or Atspi.Action.get_n_actions(actions) == 0:
        raise AssertionError(f"“{name_of(node)}” ({role_of(node)}) cannot be pressed")
    Atspi.Action.do_action(actions, 0)


def write(node, text):
    """Put a text into an entry, in the place of what is in it."""
    editable = node.get_editable_text_iface()
    if editable is None:
        raise AssertionError(f"“{name_of(node)}” ({role_of(node)}) takes no text")
    Atspi.EditableText.set_text_contents(editable, text)


def application_of(process_id):
    """The app with that process, once it is on the accessibility bus."""
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        try:
            if child is not None and child.get_process_id() == process_id:
                return child
        except GLib.Error:
            continue
    return None


def wait_for_application(process_id):
    return wait_for("the app on the accessibility bus", lambda: application_of(process_id))
