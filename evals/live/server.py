"""The process that serves: `python -m evals.live.server FILE MODEL PORT`, started by `serving`.

Says its address in one line on stdout and ends when its stdin does, which is when whoever started it ends, however.
"""

import os
import sys
from pathlib import Path

TEMPLATE = Path(__file__).with_name("talk.jinja")
CONTEXT_TOKENS = 6144
THREADS = 2
KEPT_PROMPTS_MIB = 512  # of prompts read before; the two prompts of the assistant take turns


def main(file: str, model: str, port: str) -> None:
    """Serve one model on loopback until stdin ends."""
    # Threads that wait awake make it five times slower on cores that others use, too. Read when the library is loaded.
    os.environ["OMP_WAIT_POLICY"] = "passive"
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = file
    params.model_alias = {model}
    params.hostnames, params.port = ["127.0.0.1"], int(port)
    params.n_ctx, params.n_parallel = CONTEXT_TOKENS, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    params.use_jinja, params.chat_template = True, TEMPLATE.read_text(encoding="utf-8")
    params.cache_prompt, params.cache_ram_mib = True, KEPT_PROMPTS_MIB
    params.ui = params.endpoint_slots = False
    params.verbosity = 1  # errors
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    os._exit(0)  # at once, whatever is being generated


if __name__ == "__main__":
    main(*sys.argv[1:])
