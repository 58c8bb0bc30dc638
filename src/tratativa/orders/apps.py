"""The orders app."""

from django.apps import AppConfig


class Orders(AppConfig):
    """Orders as the marketplace tells them."""

    name = "tratativa.orders"
