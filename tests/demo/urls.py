"""The site's addresses with the demo's, as `tratativa demo` serves them."""

from django.urls import include, path

from tratativa.config.urls import urlpatterns as site

urlpatterns = [*site, path("", include("tratativa.demo.urls"))]
