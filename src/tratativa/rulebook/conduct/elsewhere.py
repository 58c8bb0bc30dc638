"""Elsewhere: leading the customer away without a number: networks, other apps, a search, a code, the shop's own till."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import contact_requests, networks, product_features, refusals
from tratativa.rulebook.folding import Span, apart

_IN = r"[^.!?;\n]"
_DIRECT = r"(?:direct|dm|inbox|in ?box|pv|privado|chat privado|particular|probleminha no dm)"
_LEADS = (
    r"(?:cham(?:a|e|ar|ando)|procur(?:a|e|ar)|seg(?:ue|ui|uir|uindo)|siga|fal(?:a|e|ar|amos|ando)|mand(?:a|e|ar)|envi(?:a|e|ar)|escrev(?:a|e|er)|entr(?:a|e|ar)|vai|vamo\w?|vem|venha|ach(?:a|e|ar)"
    r"|encontr(?:a|e|ar)|adiciona|adicione|add|busc(?:a|e|ar)|pesquis(?:a|e|ar)|visit(?:a|e|ar)|acess(?:a|e|ar)|pass(?:a|e|ar) (?:pro|para o|pra)|continu\w{1,4}|conversa\w{0,3}|atend\w{1,5}|respond\w{1,5}"
    r"|resolv\w{1,5}|estamos|estou|tamo|tamos|temos|tem|te (?:chamo|acho|add|sigo|mando|passo|encontro|adiciono|envio|respondo)|joga|digita|cola|corre|da um (?:oi|alo|salve|google)|marca|curt(?:e|a|ir)|cutuca|dica|olha|ve|veja|confere|confira|contat(?:e|a|ar)|tira a duvida|sou|somos|to|fico|aparece|entre em contato|pergunta|avisa)"
)
_SUFFIX = r"(?: (?:da|do|de|oficial|\w{1,12}))?"
_WEB = r"(?:google|bing|internet|goog?le? maps|maps|mapa|waze|reclame ?aqui|olx|enjoei|mercado ?livre|shopee|shein|amazon|magalu|ifood)"
_WAYS = (
    # a network, with somebody led to it or somebody's own
    rf"\b{_LEADS}\b{_IN}{{0,40}}?\b(?:n[oae]|n[ao]s|pel[oa]|pro|pra|para o|o|a|do|meu|nosso|minha|nossa|com|via|por|ou|e|de) (?:nosso |meu |nossa |minha )?{networks.NAME}\b",
    rf"\b{networks.OURS} {networks.NAME}\b|\b{networks.NAME}{_SUFFIX} ?(?: d[ao] (?:loja|gente|empresa|lojinha)| e @| eh @|: ?@?\w{{3,}}| ?@\w)|\b(?:no|pelo|via|la no|la pelo) {networks.NAME}\b(?={_IN}{{0,60}}\b(?:{_LEADS}|{networks.OURS})\b)",
    rf"\b(?:no|pelo|via|la no) (?:{networks.NAME})\b{_IN}{{0,15}}\b(?:e|ta|esta|como|por|com|somos|sou) (?:o |a )?(?:nome|@|arroba|perfil|mesmo nome)",
    r"\b(?:noss[oa]s?|minhas?|nas|d[ao] loja) redes(?: sociais)?\b|\bredes sociais\b(?= da loja| da empresa| (?:e|pra|para))|\bperfil d[ao] (?:loja|gente|empresa)\b|\b(?:nosso|meu) perfil\b|\bnosso canal\b(?! de (?:atendimento|vendas) (?:aqui|no site))",
    rf"\b{_LEADS}\b{_IN}{{0,25}}?\b(?:n[oae]|pel[oa]|pro|via|por|meu|nosso|uma?) {_DIRECT}\b|\b(?:manda|chama|envia|responde|vem|da) (?:dm|direct|inbox|pv)\b|\b(?:me )?(?:add|adiciona)\b{_IN}{{0,15}}\b(?:la|ai|no|@)",
    # a handle
    r"(?<![\w.@/])@[a-z][\w.]{2,30}\b(?!\.(?:com|net|org|br))(?![\w.]*\.(?:com|net|br))",
    r"\barroba [a-z][\w.]{3,30}\b(?![\w ]{0,12}(?:ponto|\.)? ?com\b)",
    # a search, or a place where our name stands
    rf"\b(?:procur\w{{1,3}}|busc\w{{1,3}}|pesquis\w{{1,3}}|joga\w{{0,2}}|digit\w{{1,3}}|coloc\w{{1,2}}|bot\w|ach\w{{1,3}}|acham|encontr\w{{1,3}}|da uma (?:busca|olhada|procurada)|da um google|googl[ae]|olh\w{{1,2}}|ve|veja|entr\w{{1,2}}|poe|fuca|escrev\w{{1,3}})\b{_IN}{{0,60}}?\b(?:n[oa]|pelo|pela|do|em) {_WEB}\b",
    rf"\b(?:n[oa]|pelo|pela) {_WEB}\b{_IN}{{0,40}}?\b(?:procur\w{{1,3}}|busc\w{{1,3}}|pesquis\w{{1,3}}|ach\w{{1,3}}|encontr\w{{1,3}}|aparec\w{{1,3}}|tem|ta|estamos|a gente|nos|nosso|loja|telefone|contato|numero)\b",
    r"\b(?:procur|busc|pesquis|googl)\w{1,3} (?:por |pela |pelo |a |o |ai |la )?(?:noss[oa] (?:nome|loja|contato|telefone|numero|cnpj|empresa|razao)|nome da (?:loja|empresa)|a gente|nos\b|me\b|razao social|loja \w+)|\bme (?:procura|acha|busca|encontra)\b|\bnos (?:procure|ache|encontre|busque)\b|\bda um google\b|\bjoga (?:o |nosso )?nome\b",
    r"\b(?:noss[oa]s?|meus?|o|os|com o|tem o|tem) (?:contatos?|telefones?|(?<=noss[oa] )numeros?|(?<=meu )numero|fone|zap|celular|insta\w{0,4}|dados|canais|redes|email|e-mail)\b[^.!?;\n]{0,40}?\b(?:n[oa] (?:caixa|cartao\w{0,5}|etiqueta|nota|nf|adesivo|embalagem|panfleto|folheto|verso|rodape|foto|imagem|fachada|tag|bilhete|papel\w{0,4}|pacote|logo\w{0,3}|perfil|nosso nome|sacola|lacre|banner)|dentro d[ao] (?:caixa|pacote|embalagem)|(?:atras|embaixo) d\w)|\b(?:adesivo|cartaozinho|bilhete|papelzinho|panfleto|folheto|etiqueta|tag|ima)\b[^.!?;\n]{0,45}?\b(?:noss[oa]s? (?:contato|telefone|numero|zap|whats|canais|dados|insta)|com (?:o )?(?:contato|telefone|numero|zap|whats)|fala com a gente|chama)",
    # a code to scan that leads to a conversation
    r"\b(?:qr ?code|qr|codigo|escane\w{1,3}|aponta\w{0,2} (?:a )?camera|le o)\b[^.!?;\n]{0,60}?\b(?:fala\w{0,2}|chama\w{0,2}|contato|conversa|nosso (?:grupo|atendimento|canal|site|catalogo|time)|grupo|atendente|direto com|cai (?:direto )?(?:n[ao]|com)|suporte da loja|vip|a gente|conosco|nos\b|catalogo|vendedor)\b",
    # the shop's own till: outside the marketplace
    r"\b(?:(?:compr|vend|negoci|fech|trat|combin|resolv|faz|atend|fal|convers|sai|leva)\w{0,4} (?:\w{1,8} ){0,3}por fora\b(?! d[ao] (?:caixa|embalagem|produto))|fora d[aeo]?(?:sse|ste|qui|i)?s? ?(?:site|app|aplicativo|plataforma|marketplace|sistema|americanas|casas bahia|madeira ?madeira)|sem (?:passar|ser) (?:pel[oa]|por) (?:site|app|aplicativo|plataforma|marketplace|eles|aqui|sistema|americanas|intermediari\w))\b",
    r"\b(?:compr\w{1,3}|vend\w{1,4}|negoci\w{1,4}|trat\w{1,3}|fech\w{1,4}|fal\w{1,3}|resolv\w{1,4}|pedir|peca|fa[zc]\w{0,3}|combin\w{1,3}|pag\w{1,3}|sai|leva|encomend\w)\b[^.!?;\n]{0,30}?\b(?:direto|diretamente) (?:com a gente|com a loja|conosco|comigo|na loja|aqui na loja|na fabrica|da fabrica|com o vendedor|com nos|no nosso|pelo nosso|no balcao|com nosso)",
    r"\b(?:direto|diretamente) (?:com a gente|conosco|comigo|com a loja|na loja|no nosso site|pelo nosso site)\b",
    r"\b(?:noss[oa]|d[ao] (?:loja|gente)|minh?a?|meu) (?:propri[oa] )?(?:site|loja (?:fisica|virtual|online|propria)|e-?commerce|catalogo|lojinha|ecommerce|app|aplicativo)\b(?! (?:aqui n[oa] (?:site|marketplace)|dentro d))|\b(?:site|catalogo|loja|e-?commerce) (?:propri[oa]|da loja\b)|\bloja fisica\b|\b(?:vem|venha|passa|passe|vir|visit\w{1,2}) (?:aqui|ate|na|n[ao]ss[ao]|direto)[^.!?;\n]{0,15}\bloja\b",
    r"\b(?:compr\w{1,2}|encomend\w|ped[ei]|peca|vend\w{1,4}) direto\b(?! (?:n[oa] site|pelo site|d[aeo] (?:site|estoque|fabric)))|\bnosso balcao\b|\b(?:atend|vend|compr|fal|resolv|trat|negoci|combin|convers)\w{0,5}\b[^.!?;\n]{0,20}\bfora daqui\b|\b(?:app|aplicativo|zap|insta) d[ae] nossa (?:loja|empresa)\b",
    r"\b(?:preco|valor|desconto) (?:de balcao|melhor por fora|por fora|direto)\b|\bsem (?:a )?(?:comissao|taxa) d[oa] (?:site|marketplace|plataforma|americanas|casas bahia)\b",
    # another app, unnamed
    r"\b(?:aplicativo|app|aplicativozinho|bichinho|icone|programinha|logo) (?:verd\w{1,5}|azul\w{0,4}|d[aoe] (?:passarinho|aviaozinho|telefoninho|mensagens|fotos|fotinho))\b|\b(?:no|pelo|la no|pro) (?:verdinho|verdim|azulzinho|app de mensage\w{1,2}|aplicativo de mensage\w{1,2}|passarinho azul)\b|\b(?:grupo|comunidade|lista vip) (?:d[eo]s? (?:clientes?|ofertas?|vip|compras)|vip)\b|\bvideo ?chamada (?:comigo|com a gente|com o)\b",
    # a call, and a number promised
    r"\bme (?:liga|ligue|telefona|de um toque|da um toque)\b|\b(?:pode|podem|so|favor|quiser|e so|preferir) (?:me |nos )?(?:lig(?:ar|a|ue)|telefonar) (?:aqui|na loja|no (?:numero|telefone)|pra (?:gente|loja|mim|ca|nos)|para (?:nos|a loja|mim|ca)|que)\b|\b(?:posso|vou|quero|podemos|gostaria de) te (?:ligar|telefonar|chamar (?:no|por|pelo))\b|\bte (?:ligo|ligue|liguem|telefone[mo]?)\b",
    r"\b(?:convers|fal|resolv|atend|combin|trat|explic|acert)\w{1,5}\b[^.!?,;\n]{0,20}\b(?:por|via|pelo) (?:telefone|ligacao|chamada|voz|celular|fone)\b",
    r"\b(?:te |vou |lhe |ja |segue |anot[ae] |salv[ae] |aqui (?:e|ta|esta) |pega |liga n?o? ?)(?:\w{1,6} )?(?:o )?(?:meu|nosso) (?:numero|telefone|contato|cel\w{0,5}|fone|insta\w{0,4})\b",
    r"\b(?:nosso|meu) (?:numero|telefone|celular|fixo)\b(?! (?:de (?:pedido|serie|protocolo|cnpj|registro)|da sorte))|\b(?:pass\w{1,2}|mand\w{1,2}|envi\w{1,2}|segue|anot[ae]) (?:aqui |ai |so )?o (?:contato|numero|telefone|cel|celular|fone) d[aoe]\w? (?:tecnic|gerent|montador|vendedor|representant|loja|assistencia|respons|dono|menin|rapaz|fabric|setor|financ|motor|entreg|transport|atend)\w{0,7}",
    rf"\b(?:vc|voce|o senhor|a senhora|tu|ce) (?:tem|usa|teria|possui|ta no|esta no) {networks.NAME}\b|\blink (?:n?d?a|esta na|ta na) bio\b|\b(?:site|pagina|catalogo|vitrine|loja virtual|perfil) d[aeo] (?:nossa )?(?:loja|empresa)\b|\bnossa pagina\b",
    # a form
    r"\b(?:preench\w{1,3}|respond\w{1,3}|abr[ae]|coloc\w{1,2}|cadastr\w{1,3})\b[^.!?;\n]{0,40}?\b(?:google ?forms?|forms|formulario (?:externo|do google|online|d[ao] (?:loja|gente)|no link|abaixo)|typeform|jotform|planilha|google docs|(?:no |do )?drive)\b",
)
_READ = [re.compile(one) for one in _WAYS]


def find(folded: str) -> Iterator[Span]:
    """Where a folded text leads the customer out of the marketplace without a number, an address or a link."""
    yield from apart(_led(folded))


def _led(folded: str) -> Iterator[Span]:
    spans = [match.span() for pattern in _READ for match in pattern.finditer(folded)]
    for start, end in (*spans, *contact_requests.handle(folded)):
        refused = refusals.SAID.search(folded[max(start - 60, 0) : end].rsplit(".", 1)[-1].rsplit(",", 1)[-1])
        if not refused and not product_features.is_feature(folded, start, end):
            yield start, end
