"""What the analyses of a corpus go by: kept beside them, so that a change of names can be told by what it changes.

CORPUS/basis.json   the method, the files of names that it stands for, and the methods that come to the same
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from analytics import gazetteer
from analytics.corpus import Corpus
from analytics.errors import GazetteerError
from analytics.gazetteer import Gazetteer
from analytics.pipeline.stages import Knowledge

FILE = "basis.json"


@dataclass(frozen=True)
class Basis:
    """What articles were analysed by last.

    `method` is that of `Knowledge`, `rest` a digest of all that it depends on but the names, and `names` are their
    files. `same` are methods of other names: of what was analysed by one of them, and not again since, `method` would
    make the same. `taught` is what was learned of topics by then; None where an older version of the program kept it.
    """

    method: str
    rest: str
    names: Mapping[str, str]
    same: tuple[str, ...] = ()
    taught: tuple[str, ...] | None = None

    @classmethod
    def of(cls, known: Knowledge) -> "Basis":
        """What an analysis goes by that is made now."""
        names = {name: raw.decode() for name, raw in known.gazetteer.files.items()}
        return cls(known.method, known.rest, names, taught=known.topics.taught)

    @classmethod
    def read(cls, corpus: Corpus) -> "Basis | None":
        """That of a corpus; None where there is none that can be understood, as in one that an older version made."""
        try:
            said = json.loads(corpus.place.read(FILE) or b"")
            taught = said.get("taught")
            same = tuple(said["same"])
            return cls(said["method"], said["rest"], said["names"], same, None if taught is None else tuple(taught))
        except (ValueError, KeyError, TypeError):
            return None

    def unlike(self, known: Knowledge) -> bool:
        """Whether something else has been learned since: a run that had learned was ended before it obeyed."""
        return self.taught is not None and self.taught != known.topics.taught

    def keep(self, corpus: Corpus) -> "Basis":
        """Put it in place of that of the corpus, and return it."""
        corpus.place.write(FILE, json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n")
        return self

    def after(self, earlier: "Basis | None") -> "Basis":
        """Itself, once all is analysed again that other names have changed since `earlier`."""
        if earlier is None or earlier.rest != self.rest:
            return self
        if earlier.method == self.method:
            return earlier
        same = dict.fromkeys((*earlier.same, earlier.method))
        same.pop(self.method, None)
        return self if earlier.gazetteer is None else replace(self, same=tuple(same))

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of the articles that need not be analysed again."""
        return self.method, *self.same

    @cached_property
    def gazetteer(self) -> Gazetteer | None:
        """The names, or None where this version of the program would not take them."""
        try:
            return gazetteer.read({name: source.encode() for name, source in self.names.items()})
        except GazetteerError:
            return None
