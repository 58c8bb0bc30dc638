"""Americanas: a partner, the SAC and a clock of twelve business hours."""

from tratativa.demo.stories.telling import Story, did, said

STORIES = (
    Story(
        0, 19.5, "customer", "Atraso na entrega",
        "Oi! A entrega da luminária estava prevista para terça e o rastreio não muda desde sexta-feira. "
        "Consegue ver o que aconteceu?",
    ),
    Story(
        1, 46, "customer", "Produto com defeito",
        "A cafeteira chegou ontem e não esquenta. Testei em duas tomadas diferentes.",
        steps=(
            said(44, "seller", "Boa tarde, {cliente}. Sentimos muito. A luz vermelha acende quando você liga?",
                 "customer"),
            said(43, "customer", "Acende, mas apaga depois de uns dois segundos."),
            said(41, "seller", "Equipe, parece a resistência do lote de outubro. Já pedimos a troca ao fabricante.",
                 "marketplace"),
            said(40, "marketplace", "Obrigada por avisar. Sigam com a troca; acompanhamos por aqui.", "seller"),
            said(39.8, "seller", "Combinado: troca confirmada e coleta marcada para quinta.", "marketplace"),
            said(39, "seller", "{cliente}, vamos trocar a cafeteira sem custo. Coletamos na quinta, entre 9h e 12h. "
                 "Pode deixar o produto na embalagem?", "customer"),
        ),
    ),
    Story(
        2, 74, "customer", "Pedido não recebido",
        "O aplicativo diz que foi entregue na segunda, mas ninguém recebeu nada aqui. Eu estava em casa o dia todo.",
        steps=(said(30, "customer", "Alguém consegue me responder, por favor?"),),
    ),
    Story(
        3, 98, "customer", "Produto errado",
        "Pedi o tapete cinza 2 x 2,5 m e veio um bege menor. Quero o que comprei ou o dinheiro de volta.",
        steps=(
            did(70, "customer", "Falar com a Americanas", mensagem="Faz dois dias e ninguém respondeu."),
            said(66, "seller", "Marta, o estoque do cinza acabou no centro de distribuição. Oferecemos o bege grande.",
                 "marketplace"),
            said(60, "marketplace", "{cliente}, aqui é a Americanas. O parceiro não tem mais o cinza. "
                 "Prefere receber o bege no tamanho certo ou cancelar?", "customer"),
            said(52, "customer", "Prefiro cancelar. Agradeço a atenção."),
        ),
    ),
    Story(
        4, 250, "customer", "Cancelamento",
        "Comprei duas vezes sem querer. Podem cancelar este pedido?",
        steps=(
            did(220, "customer", "Falar com a Americanas"),
            did(
                200, "marketplace", "Decidir mediação", a_favor_de="customer", cancelar_o_pedido=True,
                decisao="O pedido ainda não tinha sido despachado e o cliente avisou no mesmo dia. "
                        "O pedido será cancelado e o valor devolvido pelo mesmo meio de pagamento.",
            ),
        ),
    ),
    Story(
        5, 300, "customer", "Dúvida sobre o produto",
        "O espelho vem com os parafusos para a parede de gesso?",
        steps=(
            said(296, "seller", "Vem com buchas para alvenaria. Para gesso, recomendamos bucha do tipo drywall nº 8.",
                 "customer"),
            did(290, "seller", "Encerrar atendimento"),
        ),
    ),
    Story(
        6, 5, "marketplace", "Nota fiscal",
        "Olá, time. O cliente precisa da nota com o CNPJ da empresa dele. Conseguem reemitir até amanhã?", "seller",
    ),
    Story(7, 9, "customer", "Devolução", "O conjunto de lençóis ficou menor que a cama. Como faço para devolver?"),
    Story(
        7, 8.5, "customer", "Devolução",
        "Cliente ligou para a central perguntando sobre a devolução dos lençóis; pediu retorno por mensagem.",
        channel="phone",
    ),
    Story(8, 0.2, "customer", "Atraso na entrega", "Minha estante sai hoje? Preciso avisar a portaria do prédio."),
    Story(
        9, 28, "seller", "Outros assuntos",
        "Bom dia, {cliente}. Faltou o número do apartamento no endereço. Pode nos informar?", "customer",
    ),
    Story(
        10, 52, "customer", "Produto com defeito",
        "A air fryer chegou com a cesta riscada.",
        steps=(
            said(50, "seller", "Boa tarde! Uma cesta nova sai hoje, sem custo. O rastreio chega amanhã.", "customer"),
            said(47, "customer", "Perfeito, agradeço!"),
            said(46, "seller", "Nós que agradecemos. Qualquer coisa, é só escrever por aqui.", "customer"),
            did(45, "seller", "Encerrar atendimento"),
        ),
    ),
)  # fmt: skip
