"""What the files of a plan hold, as digests: what was found lasts for as long as these."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from walletdoc import cache
from walletdoc.failure import Failure
from walletdoc.packfiles import File
from walletdoc.plan import Plan
from walletdoc.readfile import read

Digests = Mapping[Path, bytes]


def digests(plan: Plan) -> Digests:
    """Return the digest of each file of a plan, or of why it can't be read."""
    whole = {path: sha256(data).digest() for _, path, data in plan.registries}
    return whole | {each.path: _digest(each) for each in plan.all_files}


def _digest(file: File) -> bytes:
    try:
        return sha256(read(file.path)).digest()
    except Failure as failure:
        return sha256(failure.message.en.encode(errors="surrogatepass")).digest()


def key(files: Digests, *more: object) -> str:
    """Return what depends on these files, on the code, and on more."""
    whole = sha256(repr((cache.whole_edition(), more)).encode(errors="surrogatepass"))
    for path, digest in files.items():
        whole.update(repr(str(path)).encode(errors="surrogatepass") + digest)
    return whole.hexdigest()
