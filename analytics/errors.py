"""Everything that can go wrong, as one tree.

JarchiError                 the message is for the person at the screen: what, where, what to do
├── UsageError              the command or the query asks for something that does not exist
├── SourceError             a file cannot be read at all (one bad record is a rejection, not an error)
├── CorpusError             the corpus directory is missing, damaged or of another version
│   └── WriteConflictError       somebody else wrote first; the caller reads again and retries
├── DataError               a file under data/ is wrong: file, line, fault, remedy
│   ├── GazetteerError
│   └── TopicError
└── QueryError              a full-text query that cannot be understood or would take too long
"""

from collections.abc import Callable


class JarchiError(Exception):
    """Base of all errors whose message may be shown as it stands."""


class UsageError(JarchiError):
    """The command, option or identifier asked for does not exist."""


class SourceError(JarchiError):
    """A file or folder given as input cannot be read at all."""


class CorpusError(JarchiError):
    """The corpus directory is missing, damaged, or written by another version."""


class WriteConflictError(CorpusError):
    """Another process committed first; read again and retry."""


class DataError(JarchiError):
    """A file under `data/` is wrong. The message names file, line, fault and remedy."""


class GazetteerError(DataError):
    """A fault in `data/entities/`."""


class TopicError(DataError):
    """A fault in `data/topics/`."""


class QueryError(JarchiError):
    """A full-text query that cannot be understood, or that would take too long.

    Its message is a template that the `values` fill, so that it can be told in another language as well.
    """

    def __init__(self, message: str, **values: int | str) -> None:
        super().__init__(message)
        self.message, self.values = message, values

    def __str__(self) -> str:
        return self.told()

    def told(self, t: Callable[[str], str] = str, number: Callable[[int], str] = "{:,}".format) -> str:
        """The message in words of a language: `t` translates the template, `number` writes the numbers in it."""
        said = {name: number(value) if isinstance(value, int) else value for name, value in self.values.items()}
        return t(self.message).format(**said)
