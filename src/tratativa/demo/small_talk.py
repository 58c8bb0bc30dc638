"""Small talk that fills a seller's day: (reason, words); an answer follows some of them."""

DAILY = (
    ("Atraso na entrega", "Bom dia, o prazo era ontem. Tem alguma novidade da transportadora?"),
    ("Nota fiscal", "Não encontrei a nota fiscal no e-mail. Podem reenviar?"),
    ("Dúvida sobre o produto", "Qual é a voltagem deste modelo? Na página aparece bivolt e na caixa 127 V."),
    ("Produto com defeito", "Uma das gavetas veio sem o trilho."),
    ("Devolução", "Quero devolver: não serviu no espaço que eu tinha."),
    ("Pedido não recebido", "Meu vizinho recebeu por engano? O porteiro não viu nada."),
    ("Produto errado", "Veio na cor errada, o pedido era verde-musgo."),
    ("Outros assuntos", "Consigo trocar o endereço de entrega para o trabalho?"),
)
ANSWERS = (
    "Bom dia! Já falamos com a transportadora: a entrega sai para rota amanhã cedo.",
    "Claro, a nota segue em anexo no portal ainda hoje.",
    "Este modelo é 127 V. A página já foi corrigida, obrigada por avisar.",
    "Enviaremos a peça que faltou sem custo. O prazo é de três dias úteis.",
)
