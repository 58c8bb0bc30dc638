"""Desks for what reaches the gate over real sockets."""

from tests.config.conftest import desk, lasting_desk, make_desk, place

__all__ = ["desk", "lasting_desk", "make_desk", "place"]
