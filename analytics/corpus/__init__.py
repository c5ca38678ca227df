"""The store: what was published, what was made of it, and what could not be read.

A corpus is a directory with three Delta tables (`articles`, `analysis`, `rejected`), the analyst's own names and
topics (`data/`), what the analyses go by (`basis.json`), and what can always be made again: indexes of full text
(`search/`) and identities (`identity/`), and figures (`cube/`). Every write is one commit that succeeds whole or not
at all, so a reader sees a consistent version while a writer works, and a build killed at any moment leaves a corpus
that opens. Small files are put together (`compact`), and what the corpus was like in the last thirty days can be read
(`stand_at`).
"""

from analytics.corpus.admitted import Added
from analytics.corpus.compaction import KEPT, compact
from analytics.corpus.store import Corpus
from analytics.corpus.versions import stand_at

__all__ = ["KEPT", "Added", "Corpus", "compact", "stand_at"]
