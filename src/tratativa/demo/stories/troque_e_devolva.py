"""Troque e Devolva: a shop and its customers, questions that wait and messages that only inform."""

from tratativa.demo.stories.telling import Story, did, said

STORIES = (
    Story(1, 6, "customer", "", "Consigo trocar por um número maior sem pagar frete?"),
    Story(
        2, 30, "customer", "", "Fiz a postagem da troca ontem, e agora?",
        steps=(
            said(28, "marketplace", "Oi, {cliente}! Vimos a postagem. Assim que o pacote chegar, avisamos aqui.",
                 "customer", waits=False),
        ),
    ),
    Story(
        3, 52, "customer", "", "A cor do produto é diferente da foto.",
        steps=(said(50, "marketplace", "{cliente}, pode nos mandar uma foto com luz natural?", "customer"),),
    ),
    Story(
        5, 120, "customer", "", "Quero o reembolso em vez da troca.",
        steps=(
            said(118, "marketplace", "Combinado: o reembolso sai no mesmo cartão, em até duas faturas.", "customer",
                 waits=False),
            did(116, "marketplace", "Encerrar atendimento"),
        ),
    ),
)  # fmt: skip
