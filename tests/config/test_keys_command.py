"""`tratativa keys`: a desk that runs gets another key, and doctor says that all opens."""

import json
import stat

from tests.config.desks import Desk


def test_a_running_desk_gets_another_key(lasting_desk: Desk) -> None:
    done = lasting_desk.run("keys", "rotate")

    assert done.returncode == 0, done.stderr
    assert "Cifrados de novo:" in done.stdout
    file = lasting_desk.home / "keys" / "sealing.json"
    said = json.loads(file.read_text())
    assert said["active"] in said["keys"] and len(said["keys"]) >= 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "✓ O que está cifrado abre" in lasting_desk.run("doctor").stdout
