"""The one page of a drill."""

from django.urls import path

from tratativa.config.health import healthz

urlpatterns = [path("healthz", healthz)]
