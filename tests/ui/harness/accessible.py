# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees of an app, and the presses that it can make."""
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version must be asked for first)

from .waiting import wait_for  # noqa: E402

# Beside the windows, what has coordinates of its own.
POPUPS = ("dialog", "menu", "popup menu")
FOCUSED = Atspi.StateType.FOCUSED
FOCUSABLE = Atspi.StateType.FOCUSABLE


def role_of(node):
    try:
        return node.get_role_name()
    except GLib.Error:
        return ""


def raw_name_of(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def name_of(node):
    """What is said of a node.

    Where there is no name GTK tells the type of the widget, which is none, and a label with a mnemonic it tells twice.
    """
    name = raw_name_of(node)
    half = len(name) // 2
    if name[half + 1:] and name[:half + 1].replace("_", "").rstrip() == name[half + 1:]:
        return name[half + 1:]
    return "" if re.fullmatch(r"(Gtk|Adw|Enfilade)[A-Z]\w+", name) else name


def text_of(node):
    try:
        text = node.get_text_iface()
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else ""
    except GLib.Error:
        return ""


def has_state(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def children_of(node):
    try:
        return [child for child in (node.get_child_at_index(i) for i in range(node.get_child_count())) if child]
    except GLib.Error:
        return []


def walk(node):
    """All that is below a node, itself first, also what is on no visible page. What goes away meanwhile is left out."""
    yield node
    for child in children_of(node):
        yield from walk(child)


def ancestors_of(node):
    while node is not None:
        yield node
        try:
            node = node.get_parent()
        except GLib.Error:
            return


def on_the_same_page(path):
    """The ancestors up to the page of a stack: what lies further up is there whichever page is shown."""
    for node in path:
        if raw_name_of(node) == "GtkStackPage":
            return
        yield node


def surface_of(path):
    for node, parent in zip(path, path[1:]):
        if role_of(node) in POPUPS or role_of(parent) == "application":
            return node.get_component_iface()
    return None


def is_on_screen(node):
    """GTK tells also of pages that are not shown, so look what a pointer meets where the node should be."""
    try:
        component = node.get_component_iface()
        if component is None:
            return False
        place = Atspi.Component.get_extents(component, Atspi.CoordType.WINDOW)
        if place.width <= 0 or place.height <= 0:
            return False
        path = list(ancestors_of(node))
        surface = surface_of(path)
        if surface is None:
            return False
        around = list(on_the_same_page(path))
        # In the middle may be a drawing, which tells nothing; at the edges is the node itself.
        for across, down in ((2, 2), (0, 2), (4, 2), (0, 0), (4, 4)):
            met = Atspi.Component.get_accessible_at_point(surface, place.x + max(1, (place.width - 2) * across // 4),
                                                          place.y + max(1, (place.height - 2) * down // 4),
                                                          Atspi.CoordType.WINDOW)
            if met is not None:
                return met in around or node in ancestors_of(met)
        return False
    except GLib.Error:
        return False


def middle_of(node):
    place = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.WINDOW)
    return place.x + place.width // 2, place.y + place.height // 2


def texts_of(node):
    """Everything that is said or shown below a node, and by which node."""
    for child in walk(node):
        yield child, name_of(child)
        yield child, text_of(child)


def matches(node, name, role=None):
    return re.search(name, name_of(node)) is not None and (role is None or role_of(node) == role)


def find_all(node, name, role=None):
    pattern = re.compile(name)
    return [child for child in walk(node)
            if pattern.search(name_of(child)) and (role is None or role_of(child) == role) and is_on_screen(child)]


def find(node, name, role=None):
    pattern = re.compile(name)
    for child in walk(node):
        if pattern.search(name_of(child)) and (role is None or role_of(child) == role) and is_on_screen(child):
            return child
    return None


def press(node):
    """Do what a click on the node does."""
    # The button of a menu is a child of what carries its name.
    for one in [node, *children_of(node)]:
        actions = one.get_action_iface()
        if actions is not None and Atspi.Action.get_n_actions(actions) > 0:
            Atspi.Action.do_action(actions, 0)
            return
    raise AssertionError(f"“{name_of(node)}” ({role_of(node)}) cannot be pressed")


def write(node, text):
    """Put a text into an entry, in the place of what is in it."""
    editable = node.get_editable_text_iface()
    if editable is None:
        raise AssertionError(f"“{name_of(node)}” ({role_of(node)}) takes no text")
    Atspi.EditableText.set_text_contents(editable, text)


def application_of(process_id):
    """The app with that process, once it is on the accessibility bus; asked anew, for who has just come may not have been told."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for child in children_of(desktop):
        try:
            if child.get_process_id() == process_id:
                return child
        except GLib.Error:
            continue
    return None


def wait_for_application(process_id):
    return wait_for("the app on the accessibility bus", lambda: application_of(process_id))


class Focus:
    """Where the focus is, as a screen reader is told: to look for it everywhere takes long, and is for windows that have just opened."""

    def __init__(self, app):
        self.app = app
        self.node = None
        self.listener = Atspi.EventListener.new(self.on_event)
        self.listener.register("object:state-changed:focused")

    def on_event(self, event):
        if event.detail1:
            self.node = event.source
        elif event.source == self.node:
            self.node = None

    def is_at(self, name, role=None):
        if self.node is not None and matches(self.node, name, role):
            return True
        return self.look(lambda node: matches(node, name, role))

    def look(self, condition=lambda _node: True):
        found = next((node for node in walk(self.app.root) if has_state(node, FOCUSED) and condition(node)), None)
        self.node = found or self.node
        return found is not None
