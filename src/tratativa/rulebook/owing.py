"""Owing: a sentence that makes the customer pay, whatever its words: who pays, how much, and what takes it back."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator

from tratativa.rulebook.folding import Span

_CLAUSE = re.compile(r"[^.!?;\n]{2,300}(?:[.,](?=\d)[^.!?;\n]{1,120}){0,4}")
_AMOUNT = re.compile(r"r\$ ?\d|\b\d[\d.,]{0,9} ?(?:reais|conto|pila|mangos)\b")
_COSTS = re.compile(
    r"\b(?:taxa|frete|custo|valor|diferenca|acrescimo|complemento|restante|metade|prejuizo|despesa|corrida|postagem|retirada"
    r"|coleta|visita|instalacao|montagem|conserto|reparo|envio|reenvio|ida|volta|boleto|fatura|guia|pecas?|troca)s?\b"
)
_CUSTOMER = (
    r"(?:voce|vc|o senhor|a senhora|senhora?|sr\.?|sra\.?|o cliente|a cliente|cliente|o comprador|comprador|consumidor)"
)
_PAYS = (
    r"(?:pag(?:a|ar|ue|uem|aria|ara|asse)|arc(?:a|ar|ara|aria)|arque|banc(?:a|ar|ara)|banque|cub?r(?:a|ir|isse)|cobre|cobrir"
    r"|assum(?:a|e|ir|isse|ira)|acert(?:a|ar|e|asse)|complet(?:a|ar|e|asse)|deposit(?:a|ar|e)|transfer(?:e|ir)|transfira"
    r"|rach(?:a|ar|amos)|divid(?:e|ir|imos)|custe(?:ia|ar|ie)|quit(?:a|ar|e))"
)
_BETWEEN = r"[^.!?;\n]{0,24}?"
_MAKES_PAY = re.compile(
    # the customer as the one who pays
    rf"\b{_CUSTOMER} (?:mesm[oa] )?(?:(?:e )?quem |que |tambem |so |ja |entao |precisa(?:ria)? |deve(?:ria|ra)? |tem que |teria que "
    rf"|vai (?:ter que )?|pode(?:ria)? |consegue |prefere |quiser |me |nos )*{_PAYS}\b"
    rf"|\b(?:pag[oa]s?|custead[oa]s?|arcad[oa]s?|cobert[oa]s?|assumid[oa]s?) (?:por|pel[oa]) (?:voce|senhora?|sr|sra|cliente|comprador)\b"
    rf"|\b(?:preciso|precisamos|peco|pedimos|quero|basta|desde) que {_CUSTOMER} {_PAYS}\b"
    # told to
    r"|\b(?:pague|quite|deposite|transfira|acerte|complete|arque|banque|cubra|assuma)\b(?! (?:a|o)?s? ?(?:compra|formulario|cadastro))"
    r"|\b(?:faca|faz|fazer|manda|mande|mandar|envie|enviar|passa|passe|passar) (?:me |nos )?(?:um|uma|o|a|esse|essa|os|as|mais|r\$)? ?"
    r"(?:ted|doc|deposito|transferencia|(?:\d+ ?(?:reais|conto))|r\$ ?\d)"
    r"|\bme (?:transferir|transfere|depositar|deposita|pagar|paga|pague)\b"
    # given the account to
    r"|\b(?:passo|passar|passarei|mando|mandar|mandarei|envio|enviar|enviarei|informo) (?:te |lhe |voce )?(?:os |a |o )?(?:meus |nossos |minha |nossa )?"
    r"(?:dados|chave|conta) (?:para|pra|do|da|de|bancari[oa]s?)\b"
    # it goes once the money is in
    rf"|\b(?:mando|envio|despacho|libero|troco|entrego|enviamos|despachamos|liberamos|reenviamos|trocamos|sai)\b{_BETWEEN}"
    rf"\b(?:quando|assim que|depois que|apos|so se|se|mediante)\b{_BETWEEN}\b(?:pix|deposito|ted|transferencia|dinheiro|pagamento|valor)\b"
)
_PRICED = re.compile(
    r"\b(?:sao|seriam|fica(?:ria)?|sai(?:ria)?|da|custa(?:ria)?|tem (?:um )?custo|tem (?:uma )?taxa|mais|por|cobro|cobramos|de)\b[^.!?;\n]{0,12}$"
)
_TERMS = re.compile(
    r"\b(?:pag[oa]s? (?:antes|na hora|no ato|adiantad[oa]s?|a parte)|pagamento antecipado|adiantad[oa]s?|dinheiro na (?:entrega|mao)"
    r"|em dinheiro|na maquininha|direto (?:comigo|conosco|com a loja)|por fora|a parte|a mais(?! (?:que|do que))|adicional|extra|para (?:liberar|trocar|reenviar))\b"
)
# What takes it back: it is refused, somebody else pays, it was paid, or it goes the other way.
_NOT = re.compile(
    r"\b(?:nao|nunca|jamais|sem|nem|nada|nenhum\w?|gratis|gratuit\w|isent\w|incluso|inclusa|golpe)\b"
    r"|\b(?:nos|a loja|a gente) (?:e quem |que )?(?:pag|arc|banc|cobr)\w{0,6}\b|\bquem (?:paga|arca) \w{0,3} ?[^.!?;\n]{0,24}?(?:somos|e a loja|e o vendedor)"
    r"|\b(?:somos nos|por nossa conta|e nosso|pela loja|pelo vendedor|pela transportadora)\b"
    r"|\b(?:estorn|reembols|devolv|ressarc|credit)\w{0,8}\b|\b(?:volta|retorna|cai|caiu)\b[^.!?;\n]{0,24}?\b(?:para voce|na (?:sua )?conta)\b"
    r"|\b(?:ja|que) (?:voce |o senhor |a senhora )?(?:pag(?:ou|o|a|amos|amento)|foi)\b|\bfoi (?:pag|aprovad|confirmad|identificad|compensad|recebid)"
    r"|\b(?:sua|seu) (?:conta|chave|pix|fatura|cartao)\b|\b(?:vale|cupom|desconto|brinde|bonus)\b|\bpode recusar\b|\bno preco\b|\bse (?:voce )?recebeu\b"
)
_REFUSED = re.compile(r"\b(?:nao|nunca|jamais|sem)\b")
_CUSTOMER_PAYS = re.compile(rf"\b{_CUSTOMER} (?:e quem )?paga\b")
# Words that speak of money by themselves; beside the others an amount or what it is for must stand.
_OF_MONEY = ("faca", "mande", "me ", "passo", "passar", "mando")


def find(folded: str) -> Iterator[Span]:
    """Where a folded text makes the customer owe something, clause by clause."""
    for clause in _CLAUSE.finditer(folded):
        if _tells_to_pay(clause[0]) or _names_a_price(clause[0]):
            yield clause.span()


def _tells_to_pay(said: str) -> bool:
    """Whether somebody tells the customer to pay, and nothing takes it back."""
    told = _MAKES_PAY.search(said)
    if told is None:
        return False
    # «Você paga a volta e nós pagamos a ida»: that we pay too takes nothing back.
    insists = _CUSTOMER_PAYS.search(said) and not _REFUSED.search(said)
    if _NOT.search(said) and not insists:
        return False
    return bool(told[0].startswith(_OF_MONEY) or _AMOUNT.search(said) or _COSTS.search(said))


def _names_a_price(said: str) -> bool:
    """Whether something costs this much, on terms only the customer can meet."""
    amount = _AMOUNT.search(said)
    if amount is None or _NOT.search(said):
        return False
    return bool(_PRICED.search(said[: amount.start()]) and _TERMS.search(said))
