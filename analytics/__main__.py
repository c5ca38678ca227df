"""The command line: python -m analytics build|analyse|prepare|export|check|candidates|explain|gazetteer.

Exit 0 on success, 2 on wrong usage, 1 on failure, with one clear line. JARCHI_DEBUG=1 shows where it happened.
"""

import os
import sys
from collections.abc import Sequence

from analytics.errors import JarchiError, UsageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    from analytics.cli.arguments import parser

    arguments = parser().parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Nothing is left to write to, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _failed("stopped; what is in the corpus stays, and the same command finishes the work", 130)
    except UsageError as error:
        return _failed(str(error), 2)
    except JarchiError as error:
        return _failed(str(error), 1)
    except Exception as error:
        if debugging():
            raise
        return _failed(f"unexpected {type(error).__name__}: {error} (JARCHI_DEBUG=1 shows where)", 1)
    return code


def debugging() -> bool:
    """Whether the person wants to see where an error came from."""
    return os.environ.get("JARCHI_DEBUG") == "1"


def _failed(message: str, code: int) -> int:
    if debugging():
        import traceback

        traceback.print_exc()
    print(f"python -m analytics: {' '.join(message.split())}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
