"""The commands that make a company and its people: on an empty folder, beside a desk that runs, and twice."""

import http.cookiejar
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.config.desks import Desk
from tratativa.rulebook import shipped
from tratativa.serve import postgres

PASSWORD = "uma senha bem comprida 7"
NEW_YORK = Path(__file__).parents[1] / "rulebook" / "elsewhere" / "new-york"  # nine digits are an SSN or an EIN
COMPANY = ("setup", "--company", "Loja Exemplo", "--slug", "loja-exemplo", "--rulebook", "essencial")


class Visitor:
    """A browser that keeps its cookies and sends forms."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open

    def get(self, path: str) -> str:
        """The page after every redirect, its address in front."""
        try:
            with self.open(self._url(path), timeout=120) as answer:
                return f"{answer.geturl()}\n{answer.read().decode()}"
        except urllib.error.HTTPError as no:
            return f"{no.code} {no.geturl()}\n{no.read().decode()}"

    def send(self, path: str, **form: str) -> str:
        """The page a form of this address leads to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        assert token, self.get(path)[:3000]
        body = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token[1]}).encode()
        asked = urllib.request.Request(self._url(path), body, {"Referer": self._url(path)})  # noqa: S310 - our own desk
        try:
            with self.open(asked, timeout=120) as answer:
                return f"{answer.geturl()}\n{answer.read().decode()}"
        except urllib.error.HTTPError as no:
            return f"{no.code} {no.geturl()}\n{no.read().decode()}"

    def enter(self, email: str, password: str = PASSWORD) -> str:
        return self.send("/accounts/login/", login=email, password=password)

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else self.desk.address + path


def company(place: Path) -> tuple[str, ...]:
    """The command that makes the company with its administrator."""
    (place / "senha").write_text(PASSWORD + "\n", encoding="utf-8")
    return (*COMPANY, "--admin", "Ana@exemplo.com.br", "--password-file", str(place / "senha"))


def linked(said: str) -> str:
    """The link an invitation's command printed."""
    found = re.search(r"http\S+/invitation/\S+", said)
    assert found, said
    return found[0]


def test_a_company_is_set_up_on_an_empty_folder_twice_and_its_administrator_signs_in(
    place: Path, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk(DJANGO_SETTINGS_MODULE="tratativa.config.settings")

    first, second = desk.run(*company(place)), desk.run(*company(place))
    desk.start()
    page = Visitor(desk).enter("ana@exemplo.com.br")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "Loja Exemplo (loja-exemplo) criado." in first.stdout
    assert "já existe" in second.stdout and "já administra" in second.stdout
    assert page.startswith(f"{desk.address}/cases/")
    assert "Loja Exemplo" in page


@pytest.fixture(scope="module")
def company_desk(open_desk: Desk) -> Desk:
    """A desk that runs, and the company that was set up beside it."""
    done = open_desk.run(*company(open_desk.home.parent))
    assert done.returncode == 0, done.stderr
    return open_desk


def test_a_seller_s_administrator_gets_a_link_where_no_letters_leave_and_joins_by_it_once(company_desk: Desk) -> None:
    add = ("seller", "add", "--marketplace", "loja-exemplo", "--document", "11.222.333/0001-81", "--name", "Casa Um")
    first = company_desk.run(*add, "--admin", "bia@exemplo.com.br")
    again = company_desk.run(*add, "--admin", "bia@exemplo.com.br")

    visitor = Visitor(company_desk)
    page = visitor.send(linked(first.stdout), name="Bia Souza", password=PASSWORD)
    late = Visitor(company_desk).get(linked(first.stdout))
    joined = company_desk.run(*add, "--admin", "bia@exemplo.com.br")

    assert linked(first.stdout) == linked(again.stdout)
    assert "foi convidado" in first.stdout and "espera e vale até" in again.stdout
    assert page.startswith(f"{company_desk.address}/cases/") and "Casa Um" in page
    assert late.startswith("410")
    assert (joined.returncode, "já é da equipe" in joined.stdout) == (0, True)


def test_people_are_added_given_a_role_listed_and_shut_out(company_desk: Desk, place: Path) -> None:
    (place / "senha").write_text(PASSWORD, encoding="utf-8")
    where = ("--marketplace", "loja-exemplo")
    add = company_desk.run(
        "people", "add", "caio@exemplo.com.br", "--role", "agent", "--password-file", str(place / "senha"), *where
    )
    visitor = Visitor(company_desk)
    visitor.enter("caio@exemplo.com.br")
    role = company_desk.run("people", "role", "caio@exemplo.com.br", "supervisor", *where)
    listed = company_desk.run("people", "list", *where)
    inside = visitor.get("/cases/")
    out = company_desk.run("people", "disable", "caio@exemplo.com.br", "--to", "ana@exemplo.com.br", *where)
    outside = visitor.get("/cases/")
    again = company_desk.run("people", "disable", "caio@exemplo.com.br", *where)
    (place / "outra").write_text("nunca foi a senha de ana 8", encoding="utf-8")
    known = company_desk.run("people", "add", "ana@exemplo.com.br", "--role", "admin", "--password-file",
                             str(place / "outra"), *where)  # fmt: skip

    assert [one.returncode for one in (add, role, listed, out, again)] == [0] * 5, add.stderr + role.stderr + out.stderr
    assert "caio@exemplo.com.br\tsupervisor\tCaio" in listed.stdout
    assert inside.startswith(f"{company_desk.address}/cases/")
    assert "/accounts/login/" in outside.splitlines()[0]
    assert "já não é da equipe" in again.stdout
    assert "A senha de ana@exemplo.com.br continua a que era." in known.stdout


def test_who_is_asked_and_has_not_come_in_is_told_of_so_and_can_be_withdrawn(company_desk: Desk) -> None:
    where, email = ("--marketplace", "loja-exemplo"), "lia@exemplo.com.br"
    link = linked(company_desk.run("people", "add", email, "--role", "agent", *where).stdout)

    role = company_desk.run("people", "role", email, "--role", "supervisor", *where)
    out = company_desk.run("people", "disable", email, *where)
    nobody = company_desk.run("people", "role", email, *where)

    assert role.returncode == 1 and "o convite, com o papel agent, espera" in role.stderr
    assert out.returncode == 0 and "o convite foi retirado" in out.stdout
    assert Visitor(company_desk).get(link).startswith("410")
    assert nobody.returncode == 2 and "Diga um papel" in nobody.stderr


def test_the_invitation_of_a_sellers_first_administrator_is_sent_again_only_when_asked(company_desk: Desk) -> None:
    add = ("seller", "add", "--marketplace", "loja-exemplo", "--document", "11.444.777/0001-61", "--name", "Casa Dois",
           "--admin", "rui@exemplo.com.br")  # fmt: skip
    first = linked(company_desk.run(*add).stdout)

    without, asked = company_desk.run(*add), company_desk.run(*add, "--again")

    assert (without.returncode, asked.returncode) == (0, 0)
    assert "já está convidado" in without.stdout and "já estava convidado" in asked.stdout
    assert linked(without.stdout) == linked(asked.stdout) == first
    assert not Visitor(company_desk).get(first).startswith("410")


def test_the_last_administrator_stays(company_desk: Desk) -> None:
    out = company_desk.run("people", "disable", "ana@exemplo.com.br", "--marketplace", "loja-exemplo")
    down = company_desk.run("people", "role", "ana@exemplo.com.br", "agent", "--marketplace", "loja-exemplo")

    assert (out.returncode, down.returncode) == (1, 1)
    assert "última pessoa da administração" in out.stderr + down.stderr


def test_rules_are_published_once_and_from_a_day_on(company_desk: Desk) -> None:
    where = ("--marketplace", "loja-exemplo")
    same = company_desk.run("rulebook", "publish", "essencial", *where)
    ahead = company_desk.run("rulebook", "publish", "americanas", "--from", "2099-01-02", "--unproven", *where)
    twice = company_desk.run("rulebook", "publish", "americanas", "--from", "2099-01-02", *where)
    past = company_desk.run("rulebook", "publish", "americanas", "--from", "2020-01-02", *where)

    assert (same.returncode, "já valia" in same.stdout) == (0, True), same.stderr
    assert (ahead.returncode, "vale em Loja Exemplo desde 02/01/2099 00:00" in ahead.stdout) == (0, True)
    assert (twice.returncode, "já valia" in twice.stdout) == (0, True)
    assert past.returncode == 2


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("- {scenario: A de mentira, now: 2026-11-23 09:00, steps: [{expect: {deadlines: nada}}]}\n", "scenarios/"),
        ("", "Não há histórias"),
    ],
)
def test_rules_their_stories_do_not_prove_are_published_only_where_somebody_says_so(
    company_desk: Desk, place: Path, story: str, said: str
) -> None:
    folder = shipped.folder("essencial")
    assert folder
    shutil.copytree(folder, place / "regras", ignore=shutil.ignore_patterns("scenarios"))
    if story:
        (place / "regras" / "scenarios").mkdir()
        (place / "regras" / "scenarios" / "mentira.yaml").write_text(story, encoding="utf-8")
    words = (place / "regras" / "rulebook.yaml").read_text(encoding="utf-8")
    new = re.sub(r"(?m)^title: .*$", f"title: Minhas regras, {said}", words)
    (place / "regras" / "rulebook.yaml").write_text(new, encoding="utf-8")
    publish = ("rulebook", "publish", str(place / "regras"), "--marketplace", "loja-exemplo")

    refused = company_desk.run(*publish)
    done = company_desk.run(*publish, "--unproven")
    again = company_desk.run(*publish)

    assert refused.returncode == 1 and "Nada foi publicado." in refused.stderr, refused.stderr
    assert said in refused.stderr and "--unproven" in refused.stderr
    assert (done.returncode, again.returncode) == (0, 0) and "já valia" in again.stdout, done.stderr + again.stderr


def test_rules_with_a_fault_are_not_published(company_desk: Desk, place: Path) -> None:
    (place / "regras").mkdir()
    (place / "regras" / "rulebook.yaml").write_text("rulebook: x\ntitle: X\nnada: 1\n", encoding="utf-8")

    done = company_desk.run("rulebook", "publish", str(place / "regras"), "--marketplace", "loja-exemplo")

    assert done.returncode == 1
    assert "rulebook.yaml:3" in done.stderr


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (("setup", "--company", "Loja"), 2),
        (("people", "add", "x@exemplo.com.br", "--marketplace", "outra"), 1),
        (("people", "add", "x@exemplo.com.br", "--marketplace", "loja-exemplo", "--role", "rei"), 2),
        (("people", "add", "sem-arroba", "--marketplace", "loja-exemplo"), 2),
        (("people", "list", "--seller", "123", "--marketplace", "loja-exemplo"), 2),
        (
            (
                "seller",
                "add",
                "--marketplace",
                "loja-exemplo",
                "--document",
                "11444777000161",
                "--name",
                "Casa Três",
                "--admin",
                "ruim",
            ),
            2,
        ),
        (("seller", "add", "--marketplace", "loja-exemplo", "--document", "123", "--name", "Casa"), 2),
        (("rulebook", "publish", "nenhum", "--marketplace", "loja-exemplo"), 2),
        (("rulebook", "publish", "sac-regulado", "--marketplace", "loja-exemplo"), 2),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(company_desk: Desk, wrong: tuple[str, ...], status: int) -> None:
    done = company_desk.run(*wrong)

    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    assert "Traceback" not in done.stderr and "inesperada" not in done.stderr


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        ("--slug", "Casa Clara!"),
        ("--company", " "),
        ("--admin", "sem-arroba"),
        ("--rulebook", "nenhum"),
        ("--rulebook", "comercio-eletronico"),
    ],
)
def test_a_wrong_option_of_the_first_marketplace_is_wrong_use_and_makes_nothing(
    company_desk: Desk, option: str, wrong: str
) -> None:
    given = {"--company": "Outra", "--slug": "outra", "--rulebook": "essencial", "--admin": "eva@exemplo.com.br",
             "--password-file": str(company_desk.home.parent / "senha"), option: wrong}  # fmt: skip

    done = company_desk.run("setup", *(word for pair in given.items() for word in pair))

    assert (done.returncode, done.stdout) == (2, "") and option in done.stderr, done.stderr
    assert company_desk.ask("select 1 from accounts_marketplace where slug = 'outra'") == []


def test_a_seller_that_is_there_keeps_its_name_and_that_is_said(company_desk: Desk) -> None:
    add = ("seller", "add", "--marketplace", "loja-exemplo", "--document", "11.444.777/0001-61", "--name")
    company_desk.run(*add, "Casa Dois")

    again = company_desk.run(*add, "Casa Nova")

    assert "O nome continua Casa Dois" in again.stdout


def test_an_invitation_that_waits_and_is_given_another_role_is_said_to_be(company_desk: Desk) -> None:
    where, email = ("--marketplace", "loja-exemplo"), "nina@exemplo.com.br"
    company_desk.run("people", "add", email, "--role", "agent", *where)

    again = company_desk.run("people", "add", email, "--role", "analyst", *where)

    assert "O convite era para o papel agent; agora é para analyst." in again.stdout


def test_a_document_is_read_as_the_marketplace_s_own_rules_have_it(company_desk: Desk, place: Path) -> None:
    shutil.copytree(NEW_YORK, place / "regras")
    made = company_desk.run(
        "setup", "--company", "Abroad", "--slug", "abroad", "--rulebook", str(place / "regras"), "--admin",
        "ana@exemplo.com.br", "--password-file", str(company_desk.home.parent / "senha"),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr

    added = company_desk.run("seller", "add", "--marketplace", "abroad", "--document", "12-3456789", "--name", "Acme")
    listed = company_desk.run("people", "list", "--marketplace", "abroad", "--seller", "12-3456789")

    assert (added.returncode, added.stdout) == (0, "Acme criado em Abroad.\n"), added.stderr
    assert listed.returncode == 0, listed.stderr


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(
    "command",
    [
        ("people", "list", "--marketplace", "loja"),
        ("seller", "add", "--marketplace", "loja", "--document", "11444777000161", "--name", "Casa"),
        ("rulebook", "publish", "essencial", "--marketplace", "loja"),
        ("clock",),
    ],
    ids=" ".join,
)
def test_a_mistyped_folder_founds_no_desk(
    make_desk: Callable[..., Desk], place: Path, command: tuple[str, ...], there: bool
) -> None:
    desk = make_desk()
    desk.home = place / "engano"
    if there:
        desk.home.mkdir()

    done = desk.run(*command)

    assert (done.returncode, done.stdout) == (1, ""), done.stdout
    assert "Não há banco de dados" in done.stderr and "--data PASTA" in done.stderr
    assert list(desk.home.iterdir()) == [] if there else not desk.home.exists()


def test_a_stopped_desk_is_said_to_be_stopped_and_looked_at_all_the_same(
    place: Path, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()
    desk.run(*company(place))

    seen, clock = desk.run("doctor"), desk.run("clock")

    start = f"está parada. Para pô-la no ar: tratativa serve --data {desk.home}."
    assert (seen.returncode, clock.returncode) == (1, 0)
    assert f"✗ A mesa de {desk.home} {start}" in seen.stdout
    assert "✓ As tabelas estão em dia." in seen.stdout
    assert "Os prazos são julgados." in clock.stdout


def test_a_new_desk_s_ills_are_named_with_their_remedies(desk: Desk) -> None:
    done = desk.run("doctor")
    said = done.stdout

    assert done.stderr == ""
    assert "✗ Não há nenhum marketplace." in said
    assert "✗ Não há nenhum administrador" in said
    assert "✗ Não há nenhuma caixa postal" in said
    assert "Traceback" not in said


@pytest.fixture
def stopped_desk(make_desk: Callable[..., Desk], place: Path) -> Desk:
    """A company's desk with a database of its own, and nothing runs over it."""
    desk = make_desk(DJANGO_SETTINGS_MODULE="tratativa.config.settings")
    done = desk.run(*company(place))
    assert done.returncode == 0, done.stderr
    (place / "pedidos.json").write_text('{"retailers": []}', encoding="utf-8")
    return desk


def test_a_stopped_desk_takes_orders_in_and_is_migrated(stopped_desk: Desk, place: Path) -> None:
    taken = stopped_desk.run("orders", "take", str(place / "pedidos.json"), "--marketplace", "loja-exemplo")
    migrated = stopped_desk.run("migrate")

    assert (taken.returncode, "0 cadastros e 0 pedidos" in taken.stdout) == (0, True), taken.stderr
    assert migrated.returncode == 0, migrated.stderr


def test_who_asks_for_a_list_changes_no_tables(stopped_desk: Desk, place: Path) -> None:
    server = postgres.Server(stopped_desk.home)
    server.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("delete from django_migrations where app = 'notices'")
    server.stop()
    where = ("--marketplace", "loja-exemplo")

    done = [
        stopped_desk.run("people", "list", *where),
        stopped_desk.run("people", "disable", "ana@exemplo.com.br", *where),
        stopped_desk.run("orders", "take", str(place / "pedidos.json"), *where),
    ]

    assert [(one.returncode, one.stdout) for one in done] == [(1, "")] * 3, done
    assert all("Rode tratativa migrate" in one.stderr for one in done), done


def test_a_list_of_an_empty_database_makes_nothing_in_it(make_desk: Callable[..., Desk], place: Path) -> None:
    server = postgres.Server(place / "outro")
    server.start()
    try:
        desk = make_desk(DATABASE_URL=server.url, DJANGO_SETTINGS_MODULE="tratativa.config.settings")

        done = desk.run("people", "list", "--marketplace", "loja")

        with psycopg.connect(server.url, autocommit=True) as connection:
            made = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    finally:
        server.stop()
    assert (done.returncode, done.stdout, made) == (1, "", (0,)), done.stderr
    assert "Rode tratativa migrate" in done.stderr and "Traceback" not in done.stderr
