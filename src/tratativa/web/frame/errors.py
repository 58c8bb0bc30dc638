"""The pages for what goes wrong: each says what happened and what to do next, in words."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tratativa.web.frame import signed_out, ways_back


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be read; 413 when it cannot because it is too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request, exception)
    return _page(
        400,
        _("Não entendemos este pedido"),
        _("O endereço ou o formulário chegou incompleto. Volte, recarregue a página e tente de novo."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may not do this; a view's own sentence is shown when it gave one."""
    why = str(exception or "") or _("Esta página não é da sua equipe ou do seu papel.")
    return _page(403, _("Você não tem acesso a esta página"), why)


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not drawn by this site, its cookie is gone, or somebody signed in since it was drawn."""
    if signed_out.asks_in_script(request):
        return JsonResponse({"error": signed_out.sentence(), "signed_out": True}, status=403)
    why = _("O formulário é de uma sessão anterior ou não veio deste site. Volte à página, confira e envie de novo.")
    return _page(403, _("O envio não foi aceito"), why, back=ways_back.page(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or it is somebody else's; both look the same."""
    why = _("Confira o endereço ou procure pelo número do protocolo ou do pedido.")
    return _page(404, _("Não encontramos esta página"), why)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: more than the desk takes in one go."""
    why = _("O envio passou do tamanho aceito. Volte e envie menos texto ou menos arquivos de cada vez.")
    return _page(413, _("É mais do que cabe de uma vez"), why)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 when it was the database that went away before any view was reached."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return away(request)
    why = _("A falha foi registrada. Tente de novo em alguns instantes.")
    if request.method == "POST":
        why = _("A falha foi registrada. Volte à página e veja se o que você enviou já está lá; se não, envie de novo.")
    return _page(500, _("Algo falhou do nosso lado"), why)


def away(request: HttpRequest) -> HttpResponse:
    """503: the database is away; the browser is told to come back in ten seconds."""
    why = _("O banco de dados não responde. Nada se perdeu: espere alguns segundos e recarregue a página.")
    if request.method == "POST":
        why = _("O banco de dados não responde, e o que você enviou pode não ter sido recebido. Volte e confira.")
    response = _page(503, _("Voltamos já"), why)
    response["Retry-After"] = "10"
    return response


def takes_no_form(request: HttpRequest) -> HttpResponse:
    """405: a form was sent to an address that only shows a page."""
    why = _("Este endereço só mostra uma página; o que foi enviado a ele não foi recebido por ninguém.")
    return _page(405, _("O envio não foi aceito"), why, back=request.path)


def _page(status: int, title: str, why: str, back: str = "") -> HttpResponse:
    # Drawn without the request: no context processor may need what is missing.
    page = render_to_string("error.html", {"status": status, "title": title, "why": why, "back": back})
    return HttpResponse(page, status=status)
