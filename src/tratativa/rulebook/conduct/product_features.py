"""Product features: a network named for what a product does with it («recebe notificações do WhatsApp») leads nobody away."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re

from tratativa.rulebook.conduct import networks, sentences

_FEATURE = re.compile(
    r"\b(?:instalad[oa]|instal(?:a|ar|e)\b|baix(?:a|ar|e)\b|play store|app store|backup|trav(?:a|ando)|memoria|compativel|compatibilidade|funciona|notificac\w{2,4}|bluetooth|smart ?watch|relogio|pulseira|caixinha"
    r"|tablet|tv\b|alexa|echo|android|ios|gravar|grava\b|filmar|gravac\w{2,4}|video ?chamada|chamada de video|chamadas|ring light|tripe|suporte|fone|microfone|camera|comprime|embaca|tela|versao|atualiz\w{1,5}|influenc\w{2,4}|blogueir\w|video daquela|viraliz\w{1,3}"
    r"|parear|wi-?fi|manual do|conta google|manual\b|tutorial|driver|firmware|passo a passo|receita|procon|correios|seguradora|policia|golpe\w{0,2}|fake|fals[oa]s?|clonar\w{0,2}|cuidado|desconfi\w|nao (?:sou|somos|e|eh) (?:eu|nos|a gente|nosso)|espelha\w{0,3}|conversas do|mensagens do|acess(?:a|ar) (?:o|as) (?:redes|whats)|aparelho|celular novo|processador)\b"
)
_LED_TO = re.compile(
    rf"\b(?:cham(?:a|e|ar)|me (?:chama|add|manda|liga|procura)|fal(?:a|e|ar) (?:com|comigo|conosco|la)|nos (?:chame|procure)|{networks.OURS} (?:zap\w{{0,4}}|whats\w{{0,4}}|wpp|{networks.NAME})|comigo|conosco|com a gente|por la|manda|mande|mandar|mandem|envia|envie|enviar|respond\w{{1,4}}|atend(?:e|emos|imento)|te (?:mando|envio|passo|chamo|ligo|explico|mostro)|noss[oa] (?:atendimento|grupo|canal|catalogo|time|suporte|site)|noss[oa]s? (?:contato|telefone|numero)s?)\b"
)


def is_feature(folded: str, start: int, end: int) -> bool:
    """Whether what is named here is what a product does, not where the shop talks: nobody is led there."""
    said = sentences.around(folded, start, end)
    return bool(_FEATURE.search(said)) and not _LED_TO.search(said)
