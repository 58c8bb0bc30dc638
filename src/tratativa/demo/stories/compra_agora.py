"""Compra Agora: procedures midway, queues asked and answering, registrations to look into, money that goes back."""

from tratativa.demo.stories.telling import (
    Story,
    answered,
    called,
    chose,
    did,
    looked_up,
    opened_paper,
    said,
    sent_paper,
    started,
    tasked,
    verified,
)

FLOWER, SISTERS, BAKERY, NEIGHBOURS, BRANCH, CELLAR, BEANS = range(7)  # the orders, as the file tells them

STORIES = (
    # Two of three calls made: the third counts on another day and at another time.
    Story(
        FLOWER, 330, "marketplace", "Ruptura do pedido",
        "Faltaram quatro unidades de óleo de soja no seu pedido. Vamos ligar para combinar a devolução do valor.",
        steps=(
            started(329, "Ruptura do pedido"),
            chose(328.9, "Não"),
            called(300),
            called(200),
            tasked(27, "Terceira ligação para o Mercadinho Flor de Maio", due=-2),
        ),
    ),
    # The distributor answered: the case is back with the agent, who tells the retailer.
    Story(
        SISTERS, 120, "customer", "Crédito",
        "Nossas vendas cresceram e o limite acaba antes do fim do mês. Dá para aumentar?",
        steps=(
            started(118, "Crédito"),
            answered(100, valor_desejado="12000"),
            chose(98, "Distribuidor"),
            said(20, "distribuidor", "Analisamos o histórico: aprovamos até R$ 9.000,00 a partir de amanhã."),
        ),
    ),
    # From the first word to the last.
    Story(
        BRANCH, 150, "customer", "Senha", "Esqueci a senha e não consigo fechar o pedido da semana.",
        channel="phone",
        steps=(
            started(149.9, "Senha"),
            chose(149.8, "Recuperar senha"),
            chose(149.7, "Sim"),
            chose(149.6, "Finalizar"),
        ),
    ),
    # Found: the registration is blocked, the order's cancellation asked for.
    Story(
        NEIGHBOURS, 26, "customer", "Suspeita de fraude",
        "Recebi um e-mail de confirmação de uma compra que não fiz. Nunca comprei uísque.",
        steps=(
            looked_up(25),
            started(24.5, "Suspeita de fraude"),
            chose(24, "Varejista"),
            chose(23.5, "Fraude constatada"),
            tasked(23, "Confirmar com o distribuidor que o pedido não saiu", due=3),
        ),
    ),
    # Bank data are with Financeiro alone; whoever pays confirms it.
    Story(
        CELLAR, 30, "customer", "Ruptura do pedido", "Chegaram seis garrafas a menos do que paguei.",
        steps=(
            started(29, "Ruptura do pedido"),
            chose(28.9, "Sim"),
            answered(
                26, opcao_de_estorno="conta", conta="55120-9", agencia="0317", cnpj_do_titular="62.917.438/0001-96"
            ),
        ),
    ),
    Story(
        CELLAR, 40, "customer", "Crédito", "Queremos crédito para o Natal.",
        steps=(
            started(39, "Crédito"),
            answered(36, valor_desejado="10000"),
            chose(35, "Trademaster"),
            chose(34.9, "SAC"),
        ),
    ),
    # Identified and refused, remembered beside every later case.
    Story(
        BAKERY, 200, "customer", "Alterar cadastro", "Sou sobrinho da dona e quero trocar o e-mail do cadastro.",
        channel="phone",
        steps=(
            started(199.9, "Divergência de dados"),
            chose(199.8, "Representante legal"),
            verified(199.7, CNPJ=True, e_mail=False, telefone=False),
            chose(199.6, "Finalizar"),
        ),
    ),
    # An identity paper, sent on the line within five minutes and opened once; who opened it is on record.
    Story(
        SISTERS, 60, "customer", "Alterar cadastro", "Perdi o acesso ao e-mail do cadastro.", channel="phone",
        steps=(
            started(59.99, "Alterar cadastro"),
            chose(59.98, "Não tem acesso ao e-mail"),
            chose(59.97, "Varejista/representante"),
            chose(59.96, "Sim"),
            sent_paper(59.9),
            opened_paper(59.8),
            chose(59.7, "Sim"),
            verified(59.6, CNPJ=True, e_mail=True, telefone=True),
        ),
    ),
    # Stands at the check only the Receita, or an agent, can answer.
    Story(
        BAKERY, 5, "customer", "Alterar cadastro",
        "Mudamos para Quatro Barras e o endereço na Receita já é o novo. Podem atualizar?",
        steps=(started(4, "Endereço"),),
    ),
    Story(
        BEANS, 50, "customer", "Pedidos", "Era para ter chegado anteontem. Cadê o feijão?",
        steps=(
            started(49, "Pedidos"),
            chose(48.9, "Pedido em atraso"),
            chose(48.8, "Atrasado"),
        ),
    ),
    Story(
        SISTERS, 28, "customer", "Cashback", "O cupom de cashback some se eu não usar tudo de uma vez?",
        steps=(started(2, "Cashback"),),
    ),
    Story(
        BRANCH, 190, "customer", "Problemas no Site", "O carrinho some quando troco de distribuidor.",
        steps=(
            did(188, "marketplace", "Criar ticket secundário", para="ka", loja=True,
                mensagem="O carrinho some ao trocar de distribuidor. Conseguem reproduzir?"),
        ),
    ),
    Story(BRANCH, 1, "customer", "Status do cadastro", "Fiz o cadastro há um mês e ainda não consigo comprar."),
    Story(
        FLOWER, 300, "customer", "2ª via boleto", "Preciso da segunda via do boleto que vence sexta.",
        steps=(
            started(299, "2ª via boleto"),
            chose(298.9, "Boleto faturado – Distribuidor"),
            said(290, "distribuidor", "Segue a segunda via: linha digitável 23793.38128 60082.677139 66003.652108."),
            said(289, "marketplace", "Aqui está a segunda via do seu boleto: 23793.38128 60082.677139 66003.652108.",
                 "customer"),
            chose(288.9, "Finalizar"),
        ),
    ),
)  # fmt: skip
