"""Made-up messages in Portuguese, a third of them typed without accents, as people do."""

import random
import unicodedata

OPENINGS = (
    "Bom dia, gostaria de saber sobre a entrega do meu pedido.",
    "Olá, o produto chegou com defeito e não liga na tomada.",
    "Recebi a caixa amassada e a peça da lateral está quebrada.",
    "A transportadora informa que houve tentativa de entrega, mas eu estava em casa o dia inteiro.",
    "Preciso da segunda via da nota fiscal para a garantia.",
    "Quero devolver a compra, o tamanho não serviu na cozinha.",
    "O cartão foi cobrado duas vezes e o estorno ainda não apareceu na fatura.",
    "Vocês trocaram a cor: pedi azul e veio verde.",
    "O prazo prometido era até sexta-feira e o rastreamento não muda há uma semana.",
    "Comprei dois e chegou apenas um volume, falta a segunda caixa.",
)
MIDDLES = (
    "Já tentei contato pelo telefone da loja e ninguém atendeu.",
    "Pode verificar com a transportadora, por favor?",
    "Seguem as fotos do produto e da embalagem em anexo.",
    "Não quero crédito, prefiro a devolução do dinheiro.",
    "É um presente de aniversário e eu dependo dessa data.",
    "Moro em condomínio e a portaria funciona até as vinte e duas horas.",
    "A etiqueta traz outro endereço, de outra cidade.",
    "Consultamos o centro de distribuição e aguardamos o retorno da equipe.",
    "A coleta foi agendada para os próximos dias úteis, no período da manhã.",
    "O reembolso é feito pelo mesmo meio de pagamento em até dez dias.",
    "O fabricante confirmou a troca da resistência sem custo.",
    "Por favor, mantenha o produto na embalagem original até a coleta.",
)
CLOSINGS = (
    "Fico no aguardo.",
    "Obrigada pela atenção.",
    "Qualquer novidade, avisamos por aqui.",
    "Conto com vocês.",
    "Até breve.",
    "Agradecemos a compreensão.",
)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    folded = (unicodedata.normalize("NFKD", one) for one in words)
    return tuple("".join(char for char in one if not unicodedata.combining(char)) for one in folded)


_SPEECH = (OPENINGS, MIDDLES, CLOSINGS)
_BARE = tuple(_bare(words) for words in _SPEECH)


def message(dice: random.Random) -> str:
    """About 300 characters."""
    openings, middles, closings = _BARE if dice.random() < 0.3 else _SPEECH
    middle = " ".join(dice.sample(middles, 3))
    return f"{dice.choice(openings)} {middle} {dice.choice(closings)} Ref. {dice.randrange(10**8):08d}"
