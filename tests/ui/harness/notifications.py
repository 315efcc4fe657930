# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's notification service: keeps what apps send, and clicks on it."""
import threading

from gi.repository import Gio, GLib

INTERFACE = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg type="s" direction="in"/> <arg type="u" direction="in"/> <arg type="s" direction="in"/> <arg type="s" direction="in"/>
      <arg type="s" direction="in"/> <arg type="as" direction="in"/> <arg type="a{sv}" direction="in"/> <arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/> <arg type="s" direction="out"/> <arg type="s" direction="out"/> <arg type="s" direction="out"/>
    </method>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  </interface>
</node>
"""
NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class Notification:
    def __init__(self, number, sender, title, body, actions):
        self.number = number
        self.sender = sender
        self.title = title
        self.body = body
        self.actions = actions


class NotificationService:
    """Must own its name before the apps start: they look for it once.

    It answers from a thread of its own: an app waits for it, and complains, while the story may be looking elsewhere for long.
    """

    def __init__(self):
        self.shown = []
        self.closed = []
        self.last = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        is_registered = threading.Event()
        threading.Thread(target=self.serve, args=[is_registered], daemon=True).start()
        is_registered.wait()
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (NAME, 4)), None, Gio.DBusCallFlags.NONE, -1, None)

    def serve(self, is_registered):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], self.on_call, None, None)
        is_registered.set()
        while True:
            context.iteration(True)

    def on_call(self, _bus, sender, _path, _interface, method, parameters, invocation):
        if method == "Notify":
            _app, replaces, _icon, title, body, actions, _hints, _timeout = parameters.unpack()
            self.last += 1
            number = replaces or self.last
            self.shown.append(Notification(number, sender, title, body, actions))
            invocation.return_value(GLib.Variant("(u)", (number,)))
        elif method == "CloseNotification":
            self.closed.append(parameters.unpack()[0])
            invocation.return_value(None)
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["body", "actions"],)))
        else:
            invocation.return_value(GLib.Variant("(ssss)", ("test", "Enfilade", "1", "1.2")))

    def find(self, text, after=0):
        return next((one for one in self.shown[after:] if text in one.title or text in one.body), None)

    def click(self, notification):
        self.bus.emit_signal(notification.sender, PATH, NAME, "ActionInvoked",
                             GLib.Variant("(us)", (notification.number, "default")))
