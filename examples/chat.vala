/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A chat in the terminal: chat NAME [ADDRESS]. What is typed is sent; the end of input leaves. */

class Chat : Object {
    private MainLoop loop = new MainLoop ();
    private Sio.Manager manager;
    private unowned Sio.Socket socket;
    private DataInputStream input;

    public Chat (string name, string address) throws Error {
        manager = new Sio.Manager (address);
        socket = manager.get_socket ("/");
        input = new DataInputStream (new UnixInputStream (Posix.STDIN_FILENO, false));

        var credentials = new Sio.Builder ();
        credentials.begin_object ();
        credentials.set_name ("name");
        credentials.add_string (name);
        credentials.end ();
        socket.set_auth (credentials.finish ().get_element (0));

        socket.opened.connect (() => print ("* connected\n"));
        socket.closed.connect ((reason, details) => print ("* disconnected: %s\n", reason.to_string ()));
        socket.connect_error.connect ((error, data) => print ("* not connected: %s\n", error.message));
        socket.event["joined"].connect ((event) => print ("* %s joined\n", text (event, 0)));
        socket.event["left"].connect ((event) => print ("* %s left\n", text (event, 0)));
        socket.event["message"].connect ((event) => print ("%s: %s\n", text (event, 0), text (event, 1)));
    }

    // What comes from a server is looked at before it is used.
    private string text (Sio.Event event, uint index) {
        unowned Sio.Value? argument = event.get_argument (index);
        return (argument != null ? argument.get_string () : null) ?? "";
    }

    private async void send (string line) {
        try {
            yield socket.emit_with_ack_async ("message", new Sio.Value.strv ({ line, null }), Sio.EmitFlags.DEFAULT, 10000, null);
        } catch (Error error) {
            print ("* not delivered: %s\n", error.message);
        }
    }

    private async void talk () {
        try {
            string? line;
            while ((line = yield input.read_line_utf8_async ()) != null) {
                // One message after the other: the server gets them in their order, and each is delivered before we leave.
                yield send (line);
            }
            // What was sent before still goes out.
            yield manager.close_async (null);
        } catch (Error error) {
            printerr ("%s\n", error.message);
        }
        loop.quit ();
    }

    public void run () {
        socket.open ();
        talk.begin ();
        loop.run ();
    }

    public static int main (string[] args) {
        // The terminal's own letters.
        Intl.setlocale ();
        if (args.length < 2) {
            printerr ("Usage: chat NAME [ADDRESS]\n");
            return 2;
        }
        try {
            new Chat (args[1], args.length > 2 ? args[2] : "http://localhost:3000").run ();
        } catch (Error error) {
            printerr ("%s\n", error.message);
            return 2;
        }
        return 0;
    }
}
