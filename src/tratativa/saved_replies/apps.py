"""The saved replies app."""

from django.apps import AppConfig


class SavedReplies(AppConfig):
    """Texts to answer with."""

    name = "tratativa.saved_replies"
