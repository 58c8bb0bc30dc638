"""The pages for what goes wrong: each says what happened and what to do next, in words."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tratativa.accounts.absence import AWAY
from tratativa.cases.files import room
from tratativa.web.frame import signed_out, ways_back


class ErrorPage(HttpResponse):
    """A page for what went wrong; `sentence` is what a script shows of it."""

    sentence = ""


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


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries at a door from one place."""
    why = _("Foram muitas tentativas seguidas. Espere alguns minutos e tente de novo.")
    return _later(60, _page(429, _("Devagar"), why))


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    """429: as much of people's data was shown to this person, or exported by them, as an hour takes."""
    page = _later(900, _page(429, _("Devagar"), str(exception)))
    return in_script(page) if signed_out.asks_in_script(request) else page


def long_headers(request: HttpRequest) -> HttpResponse:
    """431: more header bytes than a browser of this site has reason to send."""
    why = _("O navegador mandou informação demais junto com o pedido. Apague os cookies deste site e entre de novo.")
    return _page(431, _("Não entendemos este pedido"), why)


def too_slow(request: HttpRequest) -> HttpResponse:
    """408: what was sent came slower than the desk waits."""
    why = _("O envio parou ou veio devagar demais, e não foi recebido. Confira a conexão, volte e envie de novo.")
    return _page(408, _("O envio não chegou até o fim"), why)


def crowded(request: HttpRequest) -> HttpResponse:
    """503: too much is being sent at once."""
    why = _("Há envios demais ao mesmo tempo, e o seu não foi recebido. Volte e envie de novo em alguns segundos.")
    return _later(5, _page(503, _("Muita gente ao mesmo tempo"), why))


def busy(request: HttpRequest) -> HttpResponse:
    """503: too many pages are asked for at once; this one was not begun."""
    why = _("Há pedidos demais ao mesmo tempo, e o seu não foi atendido. Tente de novo em alguns segundos.")
    return _later(5, _page(503, _("Muita gente ao mesmo tempo"), why))


def restarting(request: HttpRequest) -> HttpResponse:
    """503: the process stops; this request was not begun."""
    why = _("A mesa está parando, e este pedido não foi atendido. Tente de novo daqui a pouco.")
    return _later(5, _page(503, _("Voltamos já"), why))


def no_room(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """507: the disk takes no more; nothing of this request was kept."""
    why = _("Não há espaço para guardar o que você enviou, e nada foi guardado. Avise quem cuida da mesa.")
    page = _later(60, _page(507, _("O disco da mesa está cheio"), why))
    return in_script(page) if signed_out.asks_in_script(request) else page


def altered(request: HttpRequest) -> HttpResponse:
    """410: the bytes of a file are not those that were sent; what was sent is not there to be given."""
    why = _(
        "O arquivo guardado não é mais o que foi enviado: alguém o mudou, ou o disco o estragou. Ele não é entregue, e "
        "a falha foi registrada. Avise quem cuida da mesa."
    )
    page = _page(410, _("Este arquivo foi alterado"), why)
    return in_script(page) if signed_out.asks_in_script(request) else page


def in_script(page: HttpResponse) -> HttpResponse:
    """What a page for what went wrong says, for a script of ours to show."""
    answer = JsonResponse({"error": getattr(page, "sentence", "")}, status=page.status_code)
    if "Retry-After" in page:
        answer["Retry-After"] = page["Retry-After"]
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 when it was the database that went away, 507 a full disk."""
    problem = sys.exc_info()[1]
    if room.is_full(problem):
        return no_room(request)
    if isinstance(problem, AWAY):
        return away(request)
    if problem and lacks_tables(problem):
        return unready(request)
    why = _("A falha foi registrada. Tente de novo em alguns instantes.")
    if request.method == "POST":
        why = _("A falha foi registrada. Volte à página e veja se o que você enviou já está lá; se não, envie de novo.")
    return _page(500, _("Algo falhou do nosso lado"), why)


def away(request: HttpRequest) -> HttpResponse:
    """503: the database is away; the browser is told to come back in ten seconds."""
    why = _("O banco de dados não responde. Nada se perdeu: espere alguns segundos e recarregue a página.")
    if request.method == "POST":
        why = _("O banco de dados não responde, e o que você enviou pode não ter sido recebido. Volte e confira.")
    return _later(10, _page(503, _("Voltamos já"), why))


def unset(request: HttpRequest) -> HttpResponse:
    """Nobody has set the desk up yet; said with 200, for nothing is wrong."""
    why = _("Quem a instalou recebeu um endereço para configurá-la. Se é você, rode tratativa setup link.")
    page = _page(200, _("Esta mesa ainda não foi configurada"), why)
    page["Cache-Control"] = "no-store"
    return page


def lacks_tables(problem: BaseException) -> bool:
    """Whether the database lacks a table or a column: nobody has migrated it, or not since the last upgrade."""
    return isinstance(problem, ProgrammingError) and getattr(problem.__cause__, "sqlstate", "") in {"42P01", "42703"}


def unready(request: HttpRequest) -> HttpResponse:
    """503: the tables are not what this program knows."""
    why = _("As tabelas do banco de dados não estão em dia. Quem cuida da mesa precisa atualizá-las; nada se perdeu.")
    return _later(10, _page(503, _("A mesa ainda não está pronta"), why))


def takes_no_form(request: HttpRequest) -> HttpResponse:
    """405: a form was sent to an address that only shows a page."""
    why = _("Este endereço só mostra uma página; o que foi enviado a ele não foi recebido por ninguém.")
    return _page(405, _("O envio não foi aceito"), why, back=request.path)


def _page(status: int, title: str, why: str, back: str = "") -> ErrorPage:
    # Drawn without the request: no context processor may need what is missing.
    page = ErrorPage(
        render_to_string("error.html", {"status": status, "title": title, "why": why, "back": back}), status=status
    )
    page.sentence = why
    return page


def _later(seconds: int, page: ErrorPage) -> ErrorPage:
    page["Retry-After"] = str(seconds)
    return page
