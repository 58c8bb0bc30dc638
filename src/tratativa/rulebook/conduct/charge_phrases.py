"""Charge phrases: set phrases that ask the customer for money («segue o boleto da diferença»), and what undoes them."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator

from tratativa.rulebook.folding import Span

_GAP = r"[^.!?;\n]{0,45}?"
_MUST = (
    r"(?:precis[ae]\w{0,3}|tem (?:que|de)|tera (?:que|de)|teria (?:que|de)|deve(?:ra|ria)?|e (?:necessario|preciso)"
    r"|sera (?:necessario|preciso)|pode(?:ria|ra)?|consegue|favor|gentileza|ped(?:imos|ir|iria)|solicit\w{2,5}|basta|so falta"
    r"|falta|necessitamos|aguard\w{2,5}|mediante|somente apos|so apos|assim que|depois que|queira|teremos que)"
)
_PAY = (
    r"(?:pagar|pague|paga (?:a|o|esse|essa)|quitar|quite|depositar|deposite|deposita|transferir|transfira|transfere|acertar (?:a|o|essa)"
    r"|acerte (?:a|o)|arcar|arque|(?:fa[zc]\w{0,2}|faca|efetu\w{1,3}|realiz\w{1,3}|concluir|conclua) (?:o|um|esse|novo|a)? ?"
    r"(?:novo )?(?:pagamento|deposito|pix|transferencia|complemento)|complementar|complemente|reembolsar|desembolsar)"
)
_WHAT = (
    r"(?:o pagamento|a diferenca|diferenca|a taxa|uma taxa|o frete|novo frete|o boleto|boleto|o valor|um valor|mais r\$|r\$"
    r"|o restante|a metade|deposito|o custo|os custos|o complemento|via pix|por pix|no pix|pelo pix|um pix|esse pix|por fora)"
)
_BILL = r"(?:boleto|link d[eo] pagamento|cobranca|guia de pagamento|qr ?code|fatura)"
_ASKS = [
    # our key, our account
    r"(?:\bminha|\bnossa|\ba) chave (?:do )?pix(?: e\b|:| da loja| da empresa| \w{0,9}:)",
    r"\b(?:meu|nosso) pix\b",
    r"\bpix ?: ?\S",
    r"\bpix (?:da loja|da empresa|e o|e a|e este|e esse|e:)",
    r"\bpix (?:para|no|pro|na|pelo) (?:o |a )?(?:cnpj|cpf|telefone|celular|numero|email|e-mail|chave|nossa|meu|minha|loja|conta)",
    r"\b(?:fa[zc]\w{0,3}|faca|mand[ae]r?|envi[ae]r?|pass[ae]r?) (?:um|o|esse|este|de|novo) ?(?:novo )?pix\b(?! (?:para|na) (?:voce|sua|seu|sr|vc))",
    r"\b(?:dados|conta) (?:bancari[oa]s?|d[ao] (?:loja|empresa))? ?(?:para|pra|p/) (?:o |a |voce )?(?:deposito|pagamento|transferencia|depositar|pagar|transferir)",
    r"\b(?:nossa|minha) conta (?:e|bancaria|para|no|do|:)",
    r"\b(?:deposit[eao]|depositar|transfir\w|transferir|transferencia)" + _GAP + r"\b(?:nossa|minha|na conta d[ae]|conta:|agencia \d|ag\.? ?\d|para a loja|pra loja)",
    r"\bag(?:encia)?:? ?\d{3,5}" + _GAP + r"\b(?:conta|c/c|cc)\b",
    # paying asked for
    r"\b" + _MUST + r"\b" + _GAP + r"\b" + _PAY + r"\b",
    r"\b(?:pague|pagando|quite|deposite|transfira|acerte|arque|complemente)\b" + _GAP + r"\b" + _WHAT,
    r"\b(?:efetue|realize|faca|faz|fazer|conclua) (?:o |um |a |novo )?(?:novo )?(?:pagamento|deposito|transferencia|complemento)\b",
    r"\bpaga(?:r)? (?:a diferenca|o frete|a taxa|mais|so o|so a|por fora|por pix|via pix|no pix|r\$|essa|esse|o restante)\b",
    r"\bme (?:paga|pague|manda r\$|transfere|deposita)\b",
    r"\b(?:solicit|ped|aguard|esper|precis)\w{1,5} (?:d?o |d?e |um |que )?(?:pagamento|deposito|pix|transferencia) (?:d[aeo]|para|no|via)\b",
    r"\bcomprovante d[aeo] (?:pix|deposito|transferencia)[^.!?;\n]{0,25}?\b(?:para|pra) (?:liberar|envi|despach|que)",
    # bills
    r"\b(?:segue|seguem|em anexo|anexo|envi(?:o|ei|amos|ando|aremos|arei)|mand(?:o|ei|amos|ando)|ger(?:o|ei|amos|ar|aremos|arei)|emit\w{1,5}|encaminh\w{1,5})"
    r"\b" + r"[^.!?;\n]{0,25}?\b" + _BILL + r"\b(?! (?:ja )?(?:foi|esta) (?:pag|cancel))",
    r"\bboleto (?:complementar|adicional|novo|da diferenca|do frete|referente)\b",
    r"\bpag(?:ar|ue|amento) (?:d?o|n?esse|n?este) boleto\b",
    # what it will cost
    r"\b(?:sera|serao|vai ser|vamos ter que|teremos que|vou ter que|precisaremos|havera|tera)\b" + _GAP
    + r"\b(?:cobrad[oa]s?|cobrar|cobranca|custo adicional|taxa de|taxa adicional)\b",
    r"\b(?:cobramos|cobro|cobraremos) (?:uma? |o |a |r\$|mais |apenas )(?!(?:transportadora|motorista|equipe|fabric|correios|rastre|retorno|resposta|posi|setor|financeiro|entregador|pessoal|deposito|logistica|fornecedor|nosso|nossa|motoboy|solucao|prazo|marketplace|site|galera|menin|rapaz|tecnic))",
    r"\b(?:ha|tem|existe) (?:uma?|o|a) (?:taxa|custo|valor|diferenca|cobranca)" + _GAP + r"\b(?:r\$|a pagar|pagar|reais|para)",
    r"\b(?:frete|custo|envio|devolucao|coleta|taxa|postagem|despesa)s?" + _GAP
    + r"\b(?:por (?:sua )?conta (?:do cliente|do senhor|da senhora|do comprador)|por sua conta|pelo senhor|fica com voce|e seu)\b",
    r"\b(?:fica|ficou|ficaria|sai|sairia|da|sao|seriam|seria)\b[^.!?;\n]{0,15}?(?:r\$ ?)\d[^.!?;\n]{0,30}?"
    r"\b(?:a mais|de frete|pelo frete|o frete|para (?:trocar|enviar|reenviar|liberar|a troca|montar|subir)|adiciona\w{2,4}|por fora|no pix|via pix|de diferenca)",
    r"\bdiferenca de (?:r\$)? ?\d" + _GAP + r"\b(?:pagar|pix|deposit\w{1,4}|acertar|boleto|transfer\w{2,6}|enviar o|para liberar)",
    r"\b(?:liber\w{1,5}|envi\w{1,5}|despach\w{1,5}|troc\w{1,5}|entreg\w{1,5})\b[^.!?;\n]{0,25}?\b(?:mediante|apos|com|depois d[oae]|assim que|quando|so se)\b[^.!?;\n]{0,15}?"
    r"\b(?:pagamento d|o pagamento|pagar|deposito|pix|comprovante d[eo] (?:pix|pagamento|deposito))",
    r"\bvalor (?:adicional|extra|complementar|a pagar|por fora)\b",
    r"\b(?:taxa|seguro|imposto|icms|frete) (?:extra|adicional|complementar)?\b[^.!?;\n]{0,20}?\b(?:a ser pag|deve ser pag|precisa ser pag|tem que ser pag|devera ser pag|sera pag)\w\b",
]  # fmt: skip
_CHARGE = [re.compile(one) for one in _ASKS]

# Before the words: it is refused, it is over, or it is somebody else who pays.
_NOT_BEFORE = re.compile(
    r"\b(?:nao|nunca|jamais|sem|nem|nada)\b[^.!?;,\n]{0,28}$"
    r"|\b(?:voce|sr|sra|senhora?|cliente|vc) (?:ja )?(?:pagou|fez|efetuou|realizou)[^.!?;\n]{0,20}$"
    r"|\b(?:nos|a loja|loja|a gente|vamos|iremos|eu) (?:mesmos? )?$"
)
_NOT_WITHIN = re.compile(
    r"\b(?:nao|nunca|jamais|sem|nem) (?:\w{1,10} ){0,3}(?:pag|cobr|custo|taxa|deposit|transf|arc|quit)\w{0,8}"
    r"|\bpor nossa conta\b|\b(?:na|para a|pra|em) sua conta\b|\bsua chave\b|\bseu pix\b|\bfoi pag|\bja pag|\breembolsad|\bestornad"
    r"|\bnada\b|\bnenhum"
)
_NOT_AFTER = re.compile(
    r"[^.!?;\n]{0,30}?\b(?:foi (?:pag|aprovad|confirmad|cancelad|estornad|identificad|recebid|compensad|reembolsad)|ja (?:foi|esta)|por nossa conta"
    r"|a (?:proxima compra|compra nova)|[^.!?;\n]{0,20}\bsomos nos\b|com (?:o|seu|um) (?:vale|cupom)|e nosso|para (?:voce|o senhor|a senhora|sua conta)|na sua conta|de volta|nao (?:e|sera|precisa))"
)


def find(folded: str) -> Iterator[Span]:
    """Where a folded text asks for money in set phrases."""
    for one in _CHARGE:
        yield from (match.span() for match in one.finditer(folded) if _asks(folded, match))


def _asks(folded: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = folded[max(start - 45, 0) : start]
    return not (_NOT_BEFORE.search(before) or _NOT_WITHIN.search(match[0]) or _NOT_AFTER.match(folded, end, end + 50))
