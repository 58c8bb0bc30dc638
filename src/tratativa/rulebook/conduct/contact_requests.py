"""Contact requests: the customer is asked for their own number, address, or name on a network."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import networks, refusals, sentences
from tratativa.rulebook.folding import Span

_IN = r"[^.!?;\n]"
_THING = r"(?:telefones?|tel|fones?|celular(?:es)?|cel|numero(?:zinho)? (?:(?:que|q|e) (?:eu |a gente |nos )?(?:te |ja )?(?:lig|cham|mand|add|fal|entr)\w{1,4}|pra (?:falar|ligar|chamar|conversar|contato)|para (?:falar|falarmos|ligar|ligarmos|chamar|conversar|contato)|d[eo] (?:telefone|celular|zap\w{0,4}|whats\w{0,4}|wpp|contato|cel)|pra (?:contato|te|eu|gente|a gente)|para (?:contato|eu|que|nosso))|contato(?! d[aeo])|ddd|ramal)"
_BOX = r"(?:e-?mail|email pessoal|gmail|hotmail|endereco de e-?mail)"
_HANDLE = rf"(?:{networks.NAME}|arroba|@|perfil|usuario d[eo] {networks.NAME})"
_WANT = r"(?:qual(?: e| eh| o| seria)?|me (?:passa|passe|manda|mande|da|de|diz|diga|fala|informa|informe|envia|envie|deixa)|pass[ae]|mand[ae]|informe?a?r?|deix[ae]|p(?:oe|onha)|escrev[ae]|digit[ae]|envi[ae]|coloc?a|coloque|fornec\w{1,2}|precis(?:o|amos|aria|aremos)(?: que (?:me |nos )?(?:passe|informe|envie|mande))?|solicit(?:o|amos)|pedimos|ped(?:ir|e)|queria|quero|gostaria d\w|tem (?:algum|um|como)|pode(?:ria)?(?: me| nos)? (?:passar|informar|mandar|dar|enviar|deixar|dizer|fornecer)|consegue(?: me| nos)? (?:passar|informar|mandar)|da um)"
_MY = r"(?:o |um |seu |teu |o seu |o teu |algum |outro |um outro |seu melhor |melhor |o melhor |d[oe] |seu proprio |por favor |seu nome e |do seu |de um |uns |aqui |ai |aqui o |ai o |o |seus )"
_ASK_PHONE = re.compile(
    rf"\b{_WANT} {_MY}{{0,3}}(?:numero de )?{_THING}\b(?! (?:d[aeo] (?:transportadora|motorista|fabric\w+|marca|loja|sac|produto|assistencia)|sem fio|esta|foi|que (?:chegou|veio|comprou|voce comprou)|com defeito|de volta|desligad|na tomada|carregando|novo|antigo|(?:na |em |pra |para )?(?:troca|carregar|a assistencia)))"
)
_ASK_BOX = re.compile(rf"\b{_WANT} {_MY}{{0,3}}{_BOX}\b(?! (?:d[aeo] (?:amazon|google|loja|cadastro na)|e senha))")
_ASK_HANDLE = re.compile(rf"\b{_WANT} {_MY}{{0,3}}{_HANDLE}\b")
_YOURS = re.compile(
    rf"\b(?:seu|teu) (?:numero de )?{_THING}\b(?={_IN}{{0,50}}\b(?:te (?:chamo|ligo|mando|adiciono|add|passo|envio|retorno)|eu (?:te )?(?:chamo|ligo|mando)|a gente (?:te )?(?:liga|chama|conversa)|entr(?:o|amos|aremos) em contato|pra (?:eu|gente|a gente|nos|falar|conversar|agilizar|te)|ligar|chamar))"
)
_FOR_PARCEL = re.compile(
    r"\b(?:cadastr\w{1,4}|confirm\w{1,3}|atualiz\w{1,3}|no site|minha conta|no (?:seu )?pedido|login|aparelho|tela|defeito|assistencia tecnica autorizada|bateria|carregador|imei|linha|chip)\b"
)


def phone(folded: str) -> Iterator[Span]:
    """Where the customer is asked for their telephone."""
    for pattern in (_ASK_PHONE, _YOURS):
        yield from _asked(folded, pattern)


def email(folded: str) -> Iterator[Span]:
    """Where the customer is asked for their e-mail address."""
    yield from _asked(folded, _ASK_BOX)


def handle(folded: str) -> Iterator[Span]:
    """Where the customer is asked for their name on a network."""
    for match in _ASK_HANDLE.finditer(folded):
        yield match.span()


def _asked(folded: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(folded):
        start, end = match.span()
        said = sentences.around(folded, start, end)
        if not refusals.SAID.search(said) and not _FOR_PARCEL.search(said):
            yield start, end
