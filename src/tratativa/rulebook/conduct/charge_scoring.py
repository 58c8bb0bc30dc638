"""Charge scoring: a sentence that would have the customer pay, weighed by what it speaks of, who gives, and what takes it back."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator

from tratativa.rulebook.folding import Span

_CLAUSE = re.compile(r"[^.!?;\n]{2,300}(?:[.,](?=\d)[^.!?;\n]{1,120}){0,4}")
_NEAR = r"[^.!?;\n]{0,30}?"
_CLOSE = r"[^.!?;\n]{0,14}?"
_NUMBER = (
    r"(?:\d[\d.,]{0,9}|dez|quinze|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta|noventa|cem|cento e \w+)"
)
_AMOUNT = rf"(?:r\$ ?\d[\d.,]{{0,9}}|\b{_NUMBER} ?(?:reais|real|conto|contos|pila|mangos|pratas)\b|\b\d{{1,3}} ?%|\b\d{{1,4}},\d\d\b(?! ?(?:m|cm|kg|x)\b)|\b\d{{1,4}} (?:a mais|no pix|por (?:andar|dia|hora|pessoa)))"
_COST = (
    r"\b(?:tax(?:a|inha)|fret(?:e|inho)|custo|valor|diferenc(?:a|inha)|sedex|passagem|orcamento|servico|debito|seguro|icms|guincho|tecnico|acrescimo|complemento|restante|metade|prejuizo|despesa|corrida|postagem|retirada"
    r"|coleta|visita|instalacao|montagem|montador|motoboy|conserto|reparo|envio|reenvio|ida|volta|pecas?|troca|etiqueta|multa|imposto|tributo"
    r"|armazenagem|logistica reversa|embalagem|segunda via)s?\b"
)
_MEANS = (
    r"\b(?:pix\w{0,6}|boleto|depositos?|transferencia|ted|doc|qr ?code|maquininha|picpay|pagbank|cartao|agencia|dinheiro|cobranca|fatura|guia|pagamento|chave|comprovante|acerto"
    r"|mercado ?pago|pagseguro|picpay|link)s?\b"
)
_CUSTOMER = r"(?:voce|vc|o senhor|a senhora|senhora?|sr\.?|sra\.?|o cliente|a cliente|cliente|o comprador|comprador|consumidor|destinatario)"
_PAY = (
    r"(?:pag(?:a|ar|ue|uem|aria|ara|asse|ando)|arc(?:a|ar|ara|aria|asse)|arque|banc(?:a|ar|ara)|banque|cub?r(?:a|ir|isse)|cobrir"
    r"|assum(?:a|e|ir|isse|ira)|acert(?:a|ar|e|asse|ando)|complet(?:a|ar|e|asse)|complement(?:a|ar|e)|deposit(?:a|ar|e|ando)"
    r"|transfer(?:e|ir|indo)|transfira|rach(?:a|ar)|divid(?:e|ir)|custe(?:ia|ar|ie)|quit(?:a|ar|e|ando)|rachamos|contribu(?:a|i|ir)|inteirar?|regularizar?|regularize|acertarmos|recolh(?:a|er)|desembolsar|ajud(?:a|ar|asse) com)"
)
_MUST = (
    r"(?:precis[ae]\w{0,3}|tem (?:que|de)|ter (?:que|de)|tera (?:que|de)|teria (?:que|de|como)|deve(?:ra|ria)?|necessario|preciso|pode(?:ria|ra)?|consegue"
    r"|favor|gentileza|ped(?:imos|ir|iria|e)|solicit\w{2,5}|basta|so|falta|aceita\w{0,2}|topa\w{0,2}|quer\w{0,3}|se puder|que puder|esqueca|e so)"
)
_GIVE = r"(?:mand(?:a|e|ar)|fa[zc]\w{0,3}|faca|envi(?:a|e|ar)|pass(?:a|e|ar)|devolv(?:a|e|er)|retorn(?:a|e|ar)|efetu(?:a|e|ar|ando)|realiz(?:a|e|ar|ando)|adiant(?:a|e|ar))"
_CUSTOMER_PAYS = (
    rf"\b{_CUSTOMER} (?:mesm[oa] )?(?:(?:e )?quem |que |tambem |so |ja |me |nos |entao )*{_PAY}\b"
    rf"|\bquem (?:paga|arca|banca|acerta) {_CLOSE}(?:e|sera) {_CUSTOMER}|\b(?:com|e) {_CUSTOMER} quem (?:paga|arca)"
)
_SERVE = r"(?:liber|envi|reenvi|mand|despach|post|troc|entreg|autoriz|segui|prossegui|andamento|colet|coloc|resolv|confirm|emit|compr|cancel|gere|gerar|instal|mont)\w{0,6}"

# What speaks for it, each counted once, and how much.
_FOR = [
    (1, _AMOUNT),
    (1, _COST),
    (1, _MEANS),
    # somebody is told, or asked, to pay
    (2, rf"\b{_MUST}\b{_NEAR}\b{_PAY}\b"),
    (3, _CUSTOMER_PAYS),
    (3, rf"{_COST}{_CLOSE}\b(?:e|fica|sera|seria|vai) (?:com|por) {_CUSTOMER}\b|\b(?:e|isso e|fica) com (?:o morador|quem compra)|\bpor sua conta\b|\ba seu encargo\b|\bresponsabilidade (?:do|da) (?:comprador|cliente|senhora?)\b|\b(?:pag|custead|arcad)[oa]s? por (?:voce|quem compra)\b"),
    (3, r"\b(?:me|nos|nos ainda) deve\b|\bdeve ainda\b|\bfalta (?:pagar|de pagamento)\b|\bdeix[ae]r? (?:o )?(?:dinheiro|troco)\b|\bpass[ae]r? o cartao\b"),
    (4, r"(?<!por )\b(?:meu|nosso|minha|nossa) (?:pix|picpay|chave|conta|mercado ?pago|pagbank)\b|\bbanco:? ?\d{2,3}\b[^.!?;\n]{0,20}\b(?:ag|agencia|conta)\b"),
    (8, r"\b(?:se|caso)\b[^.!?;\n]{0,30}\bnao (?:for|forem|seja) (?:pag|quitad|depositad)|\bsem (?:o|esse|este) (?:pagamento|deposito|pix)\b|\b(?:retid[oa]|parad[oa]|bloquead[oa]) por falta de pagamento\b"),
    (3, r"\b(?:e|sera|sao) (?:pag[oa]s?|cobrad[oa]s?)\b(?! por nos| pela loja| junto)"),
    (2, rf"\b(?:aceit\w{{1,4}} (?:dinheiro|pix|cartao)|autoriza\w{{0,3}}\b{_NEAR}{_AMOUNT}|cobra\w{{0,4}} (?:de )?\d{{2,4}}\b|(?:ted|pix|doc|transferencia|deposito) (?:pra|para|na) (?:a )?conta d)"),
    (1, r"\bmediante\b|\bantes d[aeo]\b|\bem anexo\b|\bvencimento\b"),
    (3, r"\brach(?:a|ar|amos)\b|\bqualquer valor\b"),
    (2, r"(?:^|[,:] |\be |\bse nao )(?:pague|quite|regularize|deposite|deposita|transfira|transfere|acerte|acerta|complete|complemente|arque|banque|cubra|assuma|combina|combine)\b"),
    (2, r"\b(?:por (?:sua )?conta (?:do|da|de) (?:cliente|senhora?|comprador|voce)|pel[oa] (?:senhora?|cliente|comprador|destinatario|voce))\b"),
    (2, rf"\b{_PAY}(?:do|da|dos|das)?\b{_CLOSE}\bpel[oa] (?:senhora?|cliente|comprador|destinatario)\b"),
    # money is to be handed over
    (2, rf"\b{_GIVE} (?:me |nos |pra mim |pelo menos |so |um |uma |o |a |os |as |mais |de volta |novo |esse |essa )*(?:{_AMOUNT}|(?!comprovante de (?:postagem|residencia|entrega|envio|endereco)){_MEANS}|\bvalor)"),
    (2, rf"\b(?:me|nos) {_GIVE}r?\b{_NEAR}(?:{_AMOUNT}|\bpix|\bvalor|\bcomprovante(?! de (?:postagem|residencia|entrega|envio|endereco)))"),
    (3, r"\b(?:receber (?:primeiro|antes)|(?:valor|pix|pagamento|dinheiro|deposito) (?:cair|entrar|compensar)|cair (?:o|na|aqui)|(?:chave|dados)\b[^.!?;\n]{0,35}\b(?:completar|pagar|depositar|acertar)|(?:boleto|fatura|guia|cobranca)\b[^.!?;\n]{0,25}\bvence|assim que cair|quando cair|nossa conta|conta da (?:loja|empresa)|minha conta|(?:te )?passar? (?:a|o|os) (?:chave|dados)|(?:e|eh) a chave|chave e|dados para)\b"),
    # it costs this much
    (2, rf"\b(?:cobra|cobram|cobro|cobramos|cobrad[oa]s?|cobraremos|gera cobranca|sai|sairia|fica|ficaria|daria|custa|custaria|ficou em|deu|preciso receber|tem custo|tem (?:a|um|uma) (?:diferenca|custo|taxa|valor)|multa|completar|mais)\b[^.!?;\n]{{0,40}}?{_AMOUNT}"),
    (2, r"\b(?:sera|seria|e|sao|serao|foram) cobrad[oa]s?\b"),
    (1, rf"{_AMOUNT}{_CLOSE}\b(?:a mais|a parte|por fora|extra|adicional|na hora|direto com|pagando|para (?:levar|trocar|liberar)|pra (?:levar|voce levar)|em dinheiro|no pix|do frete|de frete)\b"),
    (1, r"\b(?:em dinheiro|no pix|via pix|por pix|pelo pix|na maquininha|a parte|por fora|a mais|para pagamento|direto com (?:ele|ela|o|a))\b"),
    (1, rf"\b(?:diferenca|boleto|cobranca|fatura) (?:da|do|de|complementar|referente)\b{_CLOSE}(?:{_COST})"),
    # it goes only once the money is in
    (1, rf"\b(?:so|assim que|depois que|apos|mediante|quando|pra eu|para eu|para (?:dar|nao|seguir|que)|pra (?:autorizar|liberar|que)|antes)\b{_NEAR}\b{_SERVE}\b|\b{_SERVE}\b{_NEAR}\b(?:so|assim que|depois|apos|mediante|quando|se|antes)\b|\b(?:que|e) (?:eu |a gente )?(?:ja )?{_SERVE}\b"),
    (1, r"\b(?:seria|daria|sera|vai|ficaria|posso gerar|te mando|vou te|como prefere|ok\b|pode ser|ta bom|caso|se (?:quiser|preferir|concordar|topar)|se voce (?:quiser|topar|preferir|concordar))"),
]  # fmt: skip
_AGAINST = [
    (4, r"\b(?:nao|nunca|jamais|sem|nem|nada|nenhum\w?) (?:\w{1,10} ){0,3}?(?:pag|cobr|custo|taxa|deposit|transf|arc|quit)\w{0,8}"),
    (4, r"\b(?:nada|nenhum\w?|gratis|gratuit\w|isent\w|(?<!nao esta )(?<!nao e )inclus[oa]s?|incluid[oa]s?|golpe|recuse|pode recusar|cortesia|presente)\b(?! na\b)"),
    (4, r"\b(?:nao|sem) (?:tem|ha|tera|havera|existe) \w{0,8} ?(?:custo|taxa|cobranca|valor)"),
    (4, r"\b(?:sua|seu) (?:conta|chave|pix|cartao)\b|\bpara (?:voce|o senhor|a senhora|sua)\b(?! (?:pagar|levar))|\bte (?:devolv|reembols|ressarc|pag)\w*|\b(?:devolvemos|devolveremos|(?:valor|diferenca|dinheiro|quantia)[^.!?;\n]{0,25}devolvid[oa]|reembolsamos|reembolsad[oa]|reembolsar|ressarc\w+|estornamos|estornad[oa] (?:no|na|em)|volta junto|retorna integral\w+|pedimos o estorno)\b"),
    (3, r"\b(?:reembolso|estorno)\b"),
    (4, r"\bpor conta d(?:a (?:loja|gente|fabrica|transportadora|empresa)|o (?:vendedor|site|fabricante))\b|\bnem um real\b|\bpagamento (?:ja )?(?:aprovad|confirmad|identificad)|\bquitad[oa]\b(?! n[oa])|\b(?:boleto|pix|pagamento) d[ao] (?:compra|pedido)\b|\bpelo (?:site|app|aplicativo|marketplace)\b"),
    (4, r"\b(?:deposit|transf|complet|cobr|quit)\w{1,4} (?:o |a |os |as |seu |sua )(?:pacotes?|produtos?|caixa|arquivos?|encomenda|dados|item|itens|atendimento|ligacao|pedido|agua|fio|duvida|cadastro|formulario)\b"),
    (4, r"\b(?:voce|o senhor|a senhora|que|quem) (?:ja )?(?:pagou|depositou|transferiu|fez)\b|\bja (?:foi|esta|fo[ir]am|paguei|pag[oa]s?)\b|\b(?:foi|esta|foram) (?:tudo )?(?:pag|aprovad|confirmad|identificad|compensad|recebid|recusad|legivel)\w{0,3}|\bja compensou\b|\bainda nao compensou\b|\b(?:do|da|de) que pagou\b"),
    (3, r"\b(?:vale|cupom|desconto|brinde|bonus|em \d{1,2} ?x|parcel\w+|no preco|nota fiscal|comprou|compra (?:original|nova)|no site)\b"),
]  # fmt: skip
_ENOUGH = 4
_PAID_BY_US = re.compile(
    r"\b(?:nos|a loja|a gente|o vendedor|a transportadora) (?:e quem |que |mesm\w{2} )?(?:pag|arc|banc|assum|cobri|custe)\w{0,6}\b|\bpor nossa conta\b|\be (?:nosso|da loja)\b|\b(?:somos nos|por nos|pela gente|pela loja|pelo vendedor|pela transportadora)\b|\bnos assumimos\b"
)
_SIGNS = [(weight, re.compile(one)) for weight, one in _FOR]
_DOUBTS = [(weight, re.compile(one)) for weight, one in _AGAINST]
_INSISTS = re.compile(_CUSTOMER_PAYS)
_REFUSED = re.compile(r"\b(?:nao|nunca|jamais|sem)\b")
_SPEAKS_OF_MONEY = re.compile(f"{_AMOUNT}|{_COST}|{_MEANS}")


def find(folded: str) -> Iterator[Span]:
    """Where a folded text would have the customer pay, clause by clause."""
    for clause in _CLAUSE.finditer(folded):
        if weigh(clause[0]) >= _ENOUGH:
            yield clause.span()


def weigh(said: str) -> int:
    """How much of a charge a clause is: what speaks for it less what takes it back; 0 where it names no money."""
    if not _SPEAKS_OF_MONEY.search(said):
        return 0
    signs = sum(weight for weight, one in _SIGNS if one.search(said))
    doubts = sum(weight for weight, one in _DOUBTS if one.search(said))
    return signs - doubts - (4 if _we_pay(said) else 0)


def _we_pay(said: str) -> bool:
    """Whether the seller pays; «você paga a volta e nós pagamos a ida» takes nothing back."""
    insists = _INSISTS.search(said) and not _REFUSED.search(said)
    return bool(_PAID_BY_US.search(said)) and not insists
