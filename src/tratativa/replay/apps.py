"""The replay app."""

from django.apps import AppConfig


class Replay(AppConfig):
    """Past cases judged again under a draft of the rules."""

    name = "tratativa.replay"
