"""The line from Jupyter's server to the page, without waiting.

TCP holds a small message back until the one before it is confirmed (Nagle's algorithm), and while a slider is
being drawn the browser's system puts that off. A demo's answer always follows a small message, "Python is
busy".
"""


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server) -> None:
    settings = server.web_app.settings

    class PromptConnection(settings["kernel_websocket_connection_class"]):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    settings["kernel_websocket_connection_class"] = PromptConnection
