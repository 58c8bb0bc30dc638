"""Casas Bahia: the right action for each reason, money that goes back, photos and addresses asked for."""

from tratativa.demo.stories.telling import Story, answered, did, said

STORIES = (
    Story(
        0, 22, "customer", "Atraso na entrega",
        "O prazo era segunda e o rastreio parou em Cajamar. Vocês sabem quando chega?",
    ),
    Story(
        1, 50, "customer", "Devolução do produto",
        "A cafeteira faz um barulho muito alto. Quero devolver, por favor.",
        steps=(did(47, "seller", "Solicitar fotos do produto ao cliente"),),
    ),
    Story(
        2, 70, "customer", "Peça ou acessório faltando",
        "Os nichos vieram sem os parafusos e a bucha.",
        steps=(
            did(60, "seller", "Comunicar envio de nova peça ou acessório", codigo_de_postagem="BR223344556BR",
                link_de_rastreio="https://rastreamento.correios.com.br/BR223344556BR"),
        ),
    ),
    Story(
        3, 96, "customer", "Devolução do produto",
        "O tapete ficou pequeno na sala. Como devolvo?",
        steps=(did(90, "seller", "Informar o código de postagem", codigo_de_postagem="LX 9 8765 4321"),),
    ),
    Story(
        4, 8, "customer", "Cancelamento da compra",
        "Comprei no impulso e achei mais barato na loja física. Pode cancelar?",
    ),
    Story(
        8, 30, "customer", "Endereço divergente",
        "Acho que coloquei o número errado no cadastro.",
        steps=(
            did(28, "seller", "Confirmar endereço com cliente"),
            answered(20, endereco={
                "cep": "01310-100", "rua": "Avenida Paulista", "numero": "1578", "complemento": "apto 92",
                "bairro": "Bela Vista", "cidade": "São Paulo", "uf": "SP",
            }),
        ),
    ),
    Story(
        5, 44, "customer", "Dúvida", "O espelho é bisotê?",
        steps=(
            said(43, "seller", "É sim, {cliente}: o bisotê tem 15 mm em toda a volta.", "customer"),
            did(42, "seller", "Finalizar atendimento ao cliente"),
        ),
    ),
    Story(
        6, 26, "customer", "Dúvida", "A cadeira suporta 120 kg?",
        steps=(did(20, "seller", "Pedir ajuda da Via", mensagem="O fabricante não informa o peso. Podem consultar?"),),
    ),
)  # fmt: skip
