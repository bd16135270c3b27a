"""The endpoint embedder against a server of our own on loopback, well-behaved and not."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from index import EmbeddingFailed, EndpointEmbedder


class Handler(BaseHTTPRequestHandler):
    """Answers as `server.mode` says."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        data = [{"index": row, "embedding": [3.0, 4.0 * (row + 1)]} for row in range(len(body["input"]))]
        if self.server.mode == "slow":
            time.sleep(3)
        answers = {"good": {"data": data[::-1]}, "few": {"data": data[1:]}, "zero": {"data": [{"index": 0}]}}
        content = json.dumps(answers.get(self.server.mode, {})).encode()
        self.send_response(401 if self.server.mode == "denied" else 200)
        self.end_headers()
        self.wfile.write(b"<html>" if self.server.mode == "html" else content)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.mode, server.seen = "good", []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def embedder_of(server, **options):
    return EndpointEmbedder("m", f"http://127.0.0.1:{server.server_port}/v1/", "secret-key", **options)


def test_vectors_come_in_input_order_as_unit_rows(server):
    embedder = embedder_of(server)
    rows = embedder.embed_passages(["甲", "乙"])
    assert np.allclose(rows, [[0.6, 0.8], [3 / 73**0.5, 8 / 73**0.5]])
    assert embedder.dimension == 2
    assert server.seen[0][:2] == ("/v1/embeddings", "Bearer secret-key")


@pytest.mark.parametrize(
    ("mode", "reason"),
    [("denied", "status 401"), ("html", "JSONDecodeError"), ("few", "for 2 texts"), ("zero", "not a list")],
)
def test_a_bad_answer_is_named_and_the_key_is_not(server, mode, reason):
    server.mode = mode
    with pytest.raises(EmbeddingFailed, match=reason) as caught:
        embedder_of(server).embed_passages(["甲", "乙"])
    assert "secret-key" not in str(caught.value)


def test_a_slow_answer_is_cut_off(server):
    server.mode = "slow"
    begun = time.monotonic()
    with pytest.raises(EmbeddingFailed):
        embedder_of(server, timeout_s=0.3).embed_query("甲")
    assert time.monotonic() - begun < 2
