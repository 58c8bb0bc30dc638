"""Every address of the site: the pages, signing in, and the health check."""

from django.conf import settings
from django.urls import include, path

from tratativa.config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("", include("tratativa.web.urls")),
]
if settings.DEMO:
    urlpatterns += [path("", include("tratativa.demo.urls"))]

handler400 = "tratativa.web.errors.bad_request"
handler403 = "tratativa.web.errors.forbidden"
handler404 = "tratativa.web.errors.not_found"
handler500 = "tratativa.web.errors.broken"
