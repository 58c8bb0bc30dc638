"""The folders versions of a rulebook were read from, kept beside them: what people edit next, comments and all."""

import json
from collections.abc import Mapping
from datetime import datetime

from tratativa.accounts.models import Marketplace
from tratativa.cases.models import Folder, StepPicture, Version
from tratativa.rulebook import folders
from tratativa.rulebook.folders import Files
from tratativa.rulebook.terms import pictures


def keep(version: Version, files: Files, *, at: datetime) -> Folder:
    """Keeps a version's files with it; the same files once."""
    said = {"texts": dict(files.texts), "pictures": keep_pictures(version.marketplace, files.pictures)}
    folder, _made = Folder.objects.get_or_create(
        version=version, digest=files.digest, defaults={**said, "marketplace": version.marketplace, "kept_at": at}
    )
    return folder


def keep_pictures(marketplace: Marketplace, drawn: Mapping[str, bytes]) -> dict[str, str]:
    """Keeps these pictures' bytes, by path; the digest each is kept under. What is none is left out."""
    digests: dict[str, str] = {}
    rows: list[StepPicture] = []
    for path, content in drawn.items():
        try:
            seen = pictures.look("." + path.rpartition(".")[2], content)
        except pictures.BadPicture:
            continue
        digests[path] = seen.digest
        rows.append(StepPicture(marketplace=marketplace, digest=seen.digest, type=seen.type, content=content))
    StepPicture.objects.bulk_create(rows, ignore_conflicts=True)
    return digests


def of(version: Version) -> Files:
    """The files of a version: those kept last, or, of one nobody kept any of, written anew from what it says."""
    kept = version.folders.order_by("-kept_at", "-id").first()
    if kept:
        return Files(kept.texts, drawn(version.marketplace, kept.pictures))
    data = json.loads(version.source)
    named = {one["digest"]: one["digest"] for one in (data.get("pictures") or {}).values()}
    return folders.of_version(data, version.digest, drawn(version.marketplace, named))


def drawn(marketplace: Marketplace, digests: Mapping[str, str]) -> dict[str, bytes]:
    """The bytes of pictures by path, as far as they are kept."""
    rows = StepPicture.objects.filter(marketplace=marketplace, digest__in=set(digests.values()))
    known = {one.digest: bytes(one.content) for one in rows}
    return {path: known[digest] for path, digest in digests.items() if digest in known}
