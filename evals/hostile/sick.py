"""Endpoints that are ill, misconfigured or malicious on the wire. None of them ever gives a sound reply."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from itertools import chain, count, repeat

from evals.hostile.honest import fair_lines
from evals.hostile.protocol import Asked, Piece, Reply, call_pieces, chunk, ending, word_pieces

DRIP_S = 0.15  # between two tokens: well within the wait for a first one
FOR_EVER_S = 3600.0
RETRY_AFTER_S = 120
HUGE = 6_000_000  # bytes, beyond what a client may read of a reply
BRACES = 60_000  # opening braces: libraries that mend JSON take the square of them in time
DEPTH = 100_000
BOMB = 50_000_000  # bytes that a reply of some 200,000 unpacks to
REFUSED_BODY = {"error": {"message": "hostile", "type": "hostile", "code": "hostile"}}


@cache
def _bomb() -> bytes:
    return gzip.compress(b": " + b" " * BOMB + b"\n\n", compresslevel=1)


def _json(body: object, status: int = 200, **headers: str) -> Reply:
    told = json.dumps(body, ensure_ascii=False).encode()
    return Reply(pieces=(told,), status=status, content_type="application/json", headers=headers)


def slow_first_token(asked: Asked) -> Reply:
    """Headers at once, and nothing more."""
    return Reply(pieces=(FOR_EVER_S,))


def keep_alive_only(asked: Asked) -> Reply:
    """Comments that keep the connection alive, for ever."""
    pieces: Iterator[Piece] = chain.from_iterable(repeat((b": keep-alive\n\n", DRIP_S)))
    return Reply(pieces=pieces)


def drips(asked: Asked) -> Reply:
    """A token now and then, for ever."""
    pieces: Iterator[Piece] = chain.from_iterable(repeat((chunk({"content": "您"}), DRIP_S)))
    return Reply(pieces=pieces)


def empty_tokens(asked: Asked) -> Reply:
    """Tokens without a letter, now and then, for ever."""
    pieces: Iterator[Piece] = chain.from_iterable(repeat((chunk({"content": ""}), DRIP_S)))
    return Reply(pieces=pieces)


def never_stops(asked: Asked) -> Reply:
    """Words as fast as they can be sent, for ever."""
    return Reply(pieces=(chunk({"content": "奖励您"}) for _ in count()))


def one_huge_line(asked: Asked) -> Reply:
    """Megabytes without a line end."""
    return Reply(pieces=chain((b'data: {"choices": [{"delta": {"content": "',), repeat(b"A" * 60_000, HUGE // 60_000)))


def braces(asked: Asked) -> Reply:
    """Arguments of a tool that open and never close."""
    return Reply(pieces=(*call_pieces("Restated", "{" * BRACES, step=BRACES), *ending("tool_calls")))


def braces_in_pieces(asked: Asked) -> Reply:
    """The same, a few at a time."""
    return Reply(pieces=(*call_pieces("Restated", "{" * BRACES, step=200), *ending("tool_calls")))


def deep_json(asked: Asked) -> Reply:
    """JSON as deep as no reader goes."""
    return Reply(pieces=(b'data: {"choices": ' + b"[" * DEPTH + b"]" * DEPTH + b"}\n\n", b"data: [DONE]\n\n"))


def gzip_bomb(asked: Asked) -> Reply:
    """A reply that unpacks to a thousand times its size."""
    return Reply(pieces=(_bomb(),), headers={"Content-Encoding": "gzip"})


def limited(asked: Asked) -> Reply:
    """Too many requests; come back in two minutes."""
    return _json(REFUSED_BODY, 429, **{"Retry-After": str(RETRY_AFTER_S)})


def server_error(asked: Asked) -> Reply:
    """It broke."""
    return _json(REFUSED_BODY, 503)


def unauthorized(asked: Asked) -> Reply:
    """Tells the key and the question back to whoever logs errors."""
    return _json({"error": {"message": f"Incorrect API key provided: {asked.key}; asked: {asked.text}"}}, 401)


def bad_request(asked: Asked) -> Reply:
    """Takes no tools."""
    return _json({"error": {"message": f"tools are not supported: {asked.text}"}}, 400)


def truncated(asked: Asked) -> Reply:
    """Hangs up in the middle of a line."""
    begun = call_pieces("Restated", '{"question": "龙港') if asked.frames else word_pieces("您好，具体")
    return Reply(pieces=(*begun, chunk({"content": "规定如下"})[:70]), whole=False)


def cut_cleanly(asked: Asked) -> Reply:
    """Ends in the middle of its words as though that were all: no reason, no end mark."""
    if asked.frames:
        return Reply(pieces=tuple(call_pieces("Restated", '{"question": "龙港主导制定国家')))
    return Reply(pieces=tuple(word_pieces("\n".join(fair_lines(asked))[:-4])))


def error_in_stream(asked: Asked) -> Reply:
    """Begins to answer, and then sends an error that tells the question."""
    told = json.dumps({"error": {"message": asked.text, "code": 500}}, ensure_ascii=False).encode()
    return Reply(pieces=(*word_pieces("您好"), b"data: " + told + b"\n\n"))


def filtered(asked: Asked) -> Reply:
    """Stopped by the provider's filter."""
    return Reply(pieces=(*word_pieces("您好"), *ending("content_filter")))


def garbage_json(asked: Asked) -> Reply:
    """Lines that are no JSON."""
    return Reply(pieces=(b"data: {'choices': [\n\n", b"data: \xff\xfe\x00\n\n", b"data: [DONE]\n\n"))


def strange_json(asked: Asked) -> Reply:
    """JSON of another form."""
    told = (b"[]", b'"a"', b"5", b'{"choices": 5}', b'{"choices": [{"delta": {"content": {"a": 1}}}]}')
    return Reply(pieces=(b"data: " + told[asked.turn % len(told)] + b"\n\n", b"data: [DONE]\n\n"))


def not_streaming(asked: Asked) -> Reply:
    """Plain JSON although a stream was asked for."""
    message = {"role": "assistant", "content": "\n".join(fair_lines(asked))}
    return _json({"id": "1", "object": "chat.completion", "choices": [{"index": 0, "message": message}]})


def empty(asked: Asked) -> Reply:
    """Nothing at all, politely."""
    return Reply()


def wrong_content_type(asked: Asked) -> Reply:
    """The page of some other program."""
    return Reply(pieces=(b"<html><body>Welcome to nginx! 1000</body></html>",), content_type="text/html")


def redirects(asked: Asked) -> Reply:
    """Sends the client elsewhere, with its question and key if it were to go."""
    status = (302, 307, 308)[asked.turn % 3]
    return Reply(status=status, headers={"Location": f"{asked.elsewhere}/chat/completions"})
