"""`python -m evals.live [--port N]`, or `make llm`: serves the model until interrupted and says how it is used."""

import argparse
import signal
import sys
from collections.abc import Sequence

from evals.live.pieces import fetch_model
from evals.live.serving import Served, ServerFailed, ServerMissing, check_installed, serve
from evals.live.wheels import FetchError
from evals.progress import show_progress

EXPORTS = """\
export JIANGBU_LLM_BASE_URL={base_url}
export JIANGBU_LLM_MODEL={model}
export JIANGBU_LLM_API_KEY=none
"""
HOW = "Serving. Set these where the assistant runs, for example before `jiangbu ask`; Ctrl-C ends it.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch and serve; 0 when it was interrupted, 1 when there is nothing to serve."""
    parser = argparse.ArgumentParser(prog="python -m evals.live", description="Serve a small language model here.")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port on 127.0.0.1 (default: a free one)")
    options = parser.parse_args(arguments)
    show_progress()
    try:
        check_installed()
        with serve(fetch_model(progress=sys.stderr.isatty()), port=options.port) as served:
            _tell(served)
            served.process.wait()
        raise ServerFailed("The server ended by itself. Next: start it again.")
    except (FetchError, ServerMissing, ServerFailed, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    return 0


def _tell(served: Served) -> None:
    sys.stdout.write(EXPORTS.format(base_url=served.base_url, model=served.model))
    sys.stdout.flush()
    sys.stderr.write(HOW)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
