"""The web process: the pages, behind the gate, on a socket the supervisor bound."""

import socket
import sys
import time

from tratativa.serve import environment, places

LEFT_OVER = 3600.0  # seconds after which what a killed process was taking in is nobody's


def main() -> None:
    """Serves on the listening socket whose descriptor is the first argument, until SIGTERM."""
    environment.enter_without_database()
    from tratativa.config import asgi
    from tratativa.gate import limits
    from tratativa.gate.server import Server

    for left in places.make(limits.spool_folder()).glob("*.upload*"):
        if time.time() - left.stat().st_mtime > LEFT_OVER:
            left.unlink(missing_ok=True)
    Server(asgi.application, asgi.LIMITS, asgi.stop).serve_on(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
