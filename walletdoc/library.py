"""Reads packs: ours, beside it somebody else's, and single files.

A flow is read when it is asked for, and kept in the cache under the hash of its file and of all names that it could
refer to, so that a flow that was found good once needs neither YAML nor pydantic.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from walletdoc import cache
from walletdoc.failure import BAD_DATA, USAGE, Failure
from walletdoc.flow import Fact, Flow, Step
from walletdoc.frozen import frozen
from walletdoc.packfiles import REGISTRIES, STEPS, File, files, home, is_home, pack_around
from walletdoc.readfile import read
from walletdoc.registries import Registries
from walletdoc.text import Text, visible

if TYPE_CHECKING:  # needed to read a file, which a cached flow does without
    from walletdoc.references import Names

Kept = TypeVar("Kept")


@frozen
class Entry:
    """A flow as a list shows it; `ours` says that it is walletdoc's own."""

    flow: str
    title: Text
    group: str
    urgency: str
    desk: str
    ours: bool


class Library:
    """Our pack, and beside it another one or a single file that the user named.

    No other pack may take an id of ours or add contacts; a file that the user names takes its own id for this run.
    Reading raises `Faulty` with every mistake of a file, and `Failure` for what can't be read or is not there.
    """

    def __init__(self, pack: Path | None = None, cache_folder: Path | None = None) -> None:
        """Take a folder of flows beside ours, and the folder to cache in (None: no cache)."""
        if pack is not None and not pack.is_dir():
            shown = visible(str(pack))
            raise Failure(Text(zh=f"没有“{shown}”这个文件夹", en=f"there is no folder '{shown}'"), USAGE)
        self.pack = None if pack is None or is_home(pack) else pack
        self._cache = cache_folder
        self._named: dict[str, File] = {}
        self._models: dict[str, Flow | Step] = {}
        self._digests: dict[str, str] = {}

    @classmethod
    def of(cls, files: Mapping[str, File], registries: Registries, named: Mapping[str, File]) -> "Library":
        """Return a library of files by key, and others that the user named, with registries that were read already."""
        library = cls()
        library.files, library.registries = files, registries
        library._named.update(named)
        return library

    def beside(self, pack: Path | None) -> "Library":
        """Return our pack with another beside it, kept in the same cache."""
        return Library(pack, self._cache)

    def add_file(self, path: Path) -> str:
        """Add one flow's file, with the pack around it if there is one, and return the flow's id."""
        from walletdoc.readpack import id_in

        around = pack_around(path)
        if around is not None and not is_home(around):
            self.pack = around
        name = id_in(read(path), path) or path.stem
        twin = self.files.get(name)
        if twin is None or not path.samefile(twin.path):
            self._named[name] = File(name, path, "", ours=False)
        return name

    @cached_property
    def files(self) -> Mapping[str, File]:
        """Every file of the packs by its key, ours first; raises `Faulty` where another pack takes an id of ours."""
        found = {each.key: each for each in files(home())}
        for each in files(self.pack) if self.pack else ():
            if each.key in found:
                from walletdoc.readpack import refuse_id

                refuse_id(each)
            found[each.key] = each
        return found

    @property
    def flows(self) -> tuple[File, ...]:
        """The files of all flows, group by group."""
        return tuple(each for each in {**self.files, **self._named}.values() if each.group != STEPS)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact, by id."""
        return self.registries.facts

    def file(self, key: str) -> File:
        """Return a file by its key; raises `Failure` (2) with what is near."""
        file = self._named.get(key) or self.files.get(key)
        if file is None:
            from difflib import get_close_matches

            close = get_close_matches(key, [each.id for each in self.flows], 1)
            shown = visible(key)
            hint = Text(zh=f"是不是“{close[0]}”？", en=f"did you mean '{close[0]}'?") if close else None
            raise Failure(Text(zh=f"没有“{shown}”这个流程", en=f"there is no flow '{shown}'"), USAGE, hint)
        return file

    def flow(self, id_: str) -> Flow:
        """Return a flow."""
        flow = self._model(id_)
        if not isinstance(flow, Flow):
            raise Failure(Text(zh=f"“{id_}”不是流程", en=f"'{id_}' is not a flow"), BAD_DATA)
        return flow

    def step(self, id_: str) -> Step:
        """Return a shared step."""
        step = self._model(f"{STEPS}/{id_}")
        if not isinstance(step, Step):
            raise Failure(Text(zh=f"“{id_}”不是步骤", en=f"'{id_}' is not a step"), BAD_DATA)
        return step

    def digest(self, key: str) -> str:
        """Return the digest of a file's content by its key, of the facts for `facts`; raises `Failure` as `file` does."""
        if key == "facts":
            return sha256(b"".join(data for name, _, data in self._sources if name == "facts")).hexdigest()
        if key not in self._digests:
            self._digests[key] = sha256(read(self.file(key).path)).hexdigest()
        return self._digests[key]

    def entries(self) -> tuple[Entry, ...]:
        """Return all flows as a list shows them, group by group."""

        def rows() -> tuple[tuple[Text, str, str], ...]:
            flows = [self.flow(each.id) for each in self.flows]
            return tuple((flow.title, flow.urgency, flow.desk) for flow in flows)

        digests = [each.id.encode() + sha256(read(each.path)).digest() for each in self.flows]
        kept = self._kept(cache.key(b"entries", *digests), rows)
        rows_of = zip(self.flows, kept, strict=True)
        return tuple(
            Entry(file.id, title, file.group, urgency, desk, file.ours) for file, (title, urgency, desk) in rows_of
        )

    @cached_property
    def registries(self) -> Registries:
        """What stands beside the flows; another pack adds facts, times and things to prepare, never contacts."""

        def fresh() -> Registries:
            from walletdoc.readpack import read_registries

            return read_registries(self._sources)

        return self._kept(cache.key(b"registries", self._fingerprint), fresh)

    @cached_property
    def _sources(self) -> tuple[tuple[str, Path, bytes], ...]:
        folders = [home(), *([self.pack] if self.pack else [])]
        paths = [(name, folder / f"{name}.yaml") for folder in folders for name in ("contacts", *REGISTRIES)]
        found = {path: name for name, path in paths if path.exists()}
        return tuple((name, path, read(path)) for path, name in found.items())

    @cached_property
    def _fingerprint(self) -> bytes:
        """What decides whether a reference leads somewhere: the registries, and all ids."""
        whole = sha256("\n".join(sorted({*self.files, *self._named})).encode(errors="surrogatepass"))
        for _, path, data in self._sources:
            whole.update(sha256(str(path).encode(errors="surrogatepass") + data).digest())
        return whole.digest()

    def _model(self, key: str) -> Flow | Step:
        model = self._models.get(key)
        if model is None:
            file = self.file(key)
            data = read(file.path)
            self._digests[key] = sha256(data).hexdigest()
            name = cache.key(key.encode(errors="surrogatepass"), data, self._fingerprint)
            model = self._models[key] = self._kept(name, lambda: self._fresh(file, data))
        return model

    def _fresh(self, file: File, data: bytes) -> Flow | Step:
        from walletdoc.readpack import read_model

        return read_model(file, data, self.names, by_name=file not in self._named.values())

    @cached_property
    def names(self) -> "Names":
        """The names that a file of these packs may refer to."""
        from walletdoc.references import Names

        beside = self.registries
        return Names(
            facts=beside.facts,
            steps=frozenset(each.id for each in self.files.values() if each.group == STEPS),
            flows=frozenset(each.id for each in self.flows),
            times=frozenset(beside.times),
            prepare=frozenset(beside.prepare),
            contacts=frozenset(beside.contacts),
        )

    def _kept(self, name: str, fresh: Callable[[], Kept]) -> Kept:
        """Return what the cache keeps under a name, else the fresh value, kept from now on."""
        kept: Kept | None = cache.load(self._cache, name) if self._cache else None
        if kept is None:
            kept = fresh()
            if self._cache:
                cache.store(self._cache, name, kept)
        return kept
