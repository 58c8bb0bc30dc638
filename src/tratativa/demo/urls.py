"""The demo's own addresses; a real site does not have them."""

from django.urls import path

from tratativa.demo import design, views

urlpatterns = [
    path("demo/", views.cast, name="cast"),
    path("demo/enter/<str:kind>/<uuid:key>", views.enter, name="enter"),
    path("design/", design.design, name="design"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<uuid:key>/", views.parcel, name="parcel"),
    path("mailbox/<uuid:key>/letter", views.letter, name="parcel_letter"),
]
