"""The stages in order, and the executor they run on.

sources.read -> corpus.add                       what is new is kept
corpus.pending -> encode -> mentions -> topics   pure functions of a batch, on any executor; of the same words what
                                                 the batch brings to the search index
               -> stories -> put_analysis        in order of date, in this process
               -> search.add, search.update      so that what is kept can be found; what is not new by the same workers

Before them, topics are learned where that is due (`learning`, on the same executor), and articles that other names or
an analyst's word have changed are analysed again (`touched`, `basis`).
"""

from analytics.pipeline.executors import EXECUTORS, executor
from analytics.pipeline.run import Progress, Summary, analyse, build
from analytics.pipeline.stages import Knowledge

__all__ = ["EXECUTORS", "Knowledge", "Progress", "Summary", "analyse", "build", "executor"]
