"""The addresses of the pages; the acting membership, not the address, decides what staff see."""

from django.urls import path

from tratativa.web import files, home
from tratativa.web.customer import cases as my_cases
from tratativa.web.customer import door
from tratativa.web.customer import opening as my_opening
from tratativa.web.customer import requests as my_requests
from tratativa.web.desk import (
    articles,
    bulk,
    case,
    cases,
    export,
    mediations,
    opening,
    orders,
    performing,
    replying,
    requesting,
    returns,
    sellers,
    views,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("acting/<uuid:membership_id>", home.act_as, name="acting"),
    path("language", home.language, name="language"),
    path("theme", home.theme, name="theme"),
    path("help", home.keys, name="help"),
    path("go", home.go, name="go"),
    path("cases/", cases.cases, name="cases"),
    path("cases/export.csv", export.export, name="export"),
    path("cases/bulk", bulk.bulk, name="bulk"),
    path("cases/views", views.save, name="save_view"),
    path("cases/views/<uuid:view_id>/delete", views.delete, name="delete_view"),
    path("cases/<str:protocol>/", case.case, name="case"),
    path("cases/<str:protocol>/timeline", case.timeline, name="timeline"),
    path("cases/<str:protocol>/draft", case.draft, name="draft"),
    path("cases/<str:protocol>/files", case.add_file, name="add_file"),
    path("cases/<str:protocol>/files/<uuid:key>/remove", case.remove_file, name="remove_file"),
    path("cases/<str:protocol>/reply", replying.reply, name="reply"),
    path("cases/<str:protocol>/actions/<str:name>", performing.action, name="action"),
    path("cases/<str:protocol>/requests/<uuid:key>", requesting.answer, name="request"),
    path("files/<uuid:key>", files.download, name="file"),
    path("files/<uuid:key>/picture", files.picture, name="picture"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:number>/", orders.order, name="order"),
    path("orders/<str:number>/open", opening.open_case, name="open"),
    path("returns/", returns.returns, name="returns"),
    path("returns/<uuid:key>/", returns.goods_back, name="return"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:kind>/<slug:name>", articles.article, name="article"),
    path("articles/<slug:kind>/<slug:name>/opinion", articles.opinion, name="opinion"),
    path("mediations/", mediations.mediations, name="mediations"),
    path("sellers/", sellers.sellers, name="sellers"),
    path("my/", my_cases.my_cases, name="my_cases"),
    path("my/enter", door.doors, name="customer_doors"),
    path("my/leave", door.leave, name="customer_leave"),
    path("my/link/<str:secret>", door.link, name="customer_link"),
    path("my/cases/<str:protocol>/", my_cases.my_case, name="my_case"),
    path("my/cases/<str:protocol>/timeline", my_cases.timeline, name="my_timeline"),
    path("my/cases/<str:protocol>/reply", my_cases.reply, name="my_reply"),
    path("my/cases/<str:protocol>/actions/<str:name>", my_cases.action, name="my_action"),
    path("my/cases/<str:protocol>/requests/<uuid:key>", my_requests.answer, name="my_request"),
    path("my/cases/<str:protocol>/survey", my_cases.survey, name="my_survey"),
    path("my/files/<uuid:key>", files.my_download, name="my_file"),
    path("my/files/<uuid:key>/picture", files.my_picture, name="my_picture"),
    path("my/orders/<str:number>/open", my_opening.open_case, name="my_open"),
    path("my/<slug:marketplace>/", door.knock, name="customer_door"),
    path("my/<slug:marketplace>/code", door.code, name="customer_code"),
]
