"""MadeiraMadeira: duties by reason, critical cases, and a first answer that only an action gives."""

from tratativa.demo.stories.telling import Story, did, said

STORIES = (
    Story(
        0, 30, "customer", "Atraso na entrega",
        "A luminária devia ter chegado ontem. Preciso dela para a inauguração do estúdio na sexta.",
    ),
    Story(
        1, 20, "customer", "Produto apresenta riscos à segurança",
        "A cafeteira deu um estalo e soltou fumaça. Publiquei no Reclame Aqui também.", channel="Reclame Aqui",
    ),
    Story(
        4, 60, "customer", "Cancelamento de pedido/produto antes da entrega",
        "Desisti da compra. O pedido ainda aparece como pago.",
    ),
    Story(
        2, 28, "customer", "Prática indevida da transportadora", "O motorista largou os nichos na calçada.",
        steps=(
            did(25, "seller", "Responder ao cliente",
                mensagem="Olá, {cliente}! Pedimos desculpas: a transportadora advertiu o motorista e trocou a equipe."),
        ),
    ),
    Story(
        8, 70, "customer", "Sem acesso ao rastreio do Pedido", "O link de rastreio abre uma página em branco.",
        steps=(said(5, "seller", "Oi! Me chama no WhatsApp 41 99988-7766 que eu mando o rastreio.", "customer"),),
    ),
    Story(
        0, 6, "customer", "", "Oi! O entregador sobe escada? Moro no terceiro andar.", kind="Mensageria",
        steps=(
            said(5, "seller", "Olá, {cliente}! Sobe até o quarto andar. Amanhã entre 9h e 12h está bom?", "customer"),
            said(4.5, "customer", "Está ótimo, vou avisar a portaria."),
        ),
    ),
    Story(
        3, 100, "customer", "Entrega errada - produto errado", "Veio um tapete bege e menor.",
        steps=(did(40, "customer", "Pedir mediação", mensagem="Quatro dias e nenhuma resposta."),),
    ),
)  # fmt: skip
