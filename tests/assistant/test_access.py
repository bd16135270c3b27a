"""Who is asking: signing in and out, tokens, what each role may, wrong passwords, forwarded addresses."""

import logging
from ipaddress import ip_address
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, Request

from assistant.web.access import CALLER, Caller, caller_of, require
from assistant.web.peer import client_address, is_local, network_of
from tests.assistant.http_service import PASSWORD, PROXY, code_of, served

probe = APIRouter()


@probe.get("/api/who")
def who(request: Request) -> dict[str, str]:
    told = caller_of(request)
    assert CALLER.get() == told  # in a worker thread too
    return {"name": told.name, "role": told.role, "client": told.client}


@probe.get("/api/for-staff")
def for_staff(caller: Annotated[Caller, Depends(require("staff"))]) -> dict[str, str]:
    return {"name": caller.name}


@probe.get("/api/for-admin")
def for_admin(caller: Annotated[Caller, Depends(require("admin"))]) -> dict[str, str]:
    return {"name": caller.name}


@pytest.fixture
def service(tmp_path):
    with served(tmp_path, probe) as made:
        yield made


def sign_in(client, name="wang", password=PASSWORD, **headers):
    return client.post("/api/login", json={"name": name, "password": password}, headers=headers)


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_do_not_get(service):
    client = service.client()
    reply = sign_in(client)
    assert (reply.status_code, reply.json()) == (200, {"name": "wang", "role": "staff"})
    named, *attributes = reply.headers["set-cookie"].split("; ")
    assert named.startswith("jiangbu_session=")
    assert set(attributes) == {"HttpOnly", "Max-Age=28800", "Path=/", "SameSite=strict"}
    assert client.get("/api/me").json() == {"name": "wang", "role": "staff"}


@pytest.mark.parametrize(
    ("https", "peer", "headers", "secure"),
    [
        (True, "192.0.2.7", {}, True),
        (False, str(PROXY), {"X-Forwarded-Proto": "https"}, True),
        (False, "192.0.2.7", {"X-Forwarded-Proto": "https"}, False),
    ],
)
def test_the_cookie_is_secure_where_the_connection_is(service, https, peer, headers, secure):
    reply = sign_in(service.client(https=https, peer=peer), **headers)
    assert ("Secure" in reply.headers["set-cookie"]) is secure


def test_signing_out_ends_the_session_even_for_who_kept_the_cookie(service):
    client = service.client()
    sign_in(client)
    kept = client.cookies["jiangbu_session"]
    assert client.post("/api/logout").status_code == 204
    assert client.get("/api/me").json() == {"name": "", "role": "public"}
    assert service.client().get("/api/me", headers={"Cookie": f"jiangbu_session={kept}"}).json()["role"] == "public"


@pytest.mark.parametrize(
    ("who", "path", "expected"),
    [
        ("", "/api/for-staff", (401, "login_needed")),
        ("", "/api/for-admin", (401, "login_needed")),
        ("wang", "/api/for-staff", "wang"),
        ("wang", "/api/for-admin", (403, "not_allowed")),
        ("gao", "/api/for-staff", "gao"),
        ("gao", "/api/for-admin", "gao"),
    ],
)
def test_each_role_may_do_its_own_and_what_those_below_may(service, who, path, expected):
    reply = service.client(who).get(path)
    assert (reply.json()["name"] if reply.status_code == 200 else code_of(reply)) == expected


@pytest.mark.parametrize("path", ["/api/who", "/api/me", "/api/for-staff"])
def test_a_wrong_token_is_refused_everywhere(service, path):
    reply = service.client().get(path, headers={"Authorization": "Bearer jb_wrong"})
    assert code_of(reply) == (401, "wrong_token")


def test_what_other_programs_send_as_a_key_is_no_token_of_ours(service):
    reply = service.client().get("/api/who", headers={"Authorization": "Bearer sk-none"})
    assert reply.json()["role"] == "public"


@pytest.mark.parametrize("session", ["x", "x" * 4000, "'; DROP TABLE login; --"])
def test_a_forged_session_is_the_public(service, session):
    reply = service.client().get("/api/who", headers={"Cookie": f'jiangbu_session="{session}"'})
    assert reply.json()["role"] == "public"


def test_a_disabled_account_loses_access_at_once(service):
    client, by_token = service.client(), service.client("wang")
    sign_in(client)
    service.store.accounts.disable("wang")
    assert client.get("/api/who").json()["role"] == "public"
    assert code_of(by_token.get("/api/who")) == (401, "wrong_token")
    assert code_of(sign_in(service.client())) == (401, "wrong_login")


def test_five_wrong_passwords_and_the_name_is_locked_from_anywhere(service):
    for turn in range(5):
        assert code_of(sign_in(service.client(peer=f"192.0.2.{turn}"), password="wrong")) == (401, "wrong_login")
    for name in ("wang", "ｗａｎｇ"):
        reply = sign_in(service.client(peer="192.0.2.99"), name)
        assert code_of(reply) == (429, "too_many_logins")
        assert 890 < int(reply.headers["retry-after"]) <= 900
    assert sign_in(service.client(peer="192.0.2.99"), "zhao").status_code == 200


def test_five_wrong_passwords_and_the_client_is_locked_for_any_name(service):
    for turn in range(5):
        assert code_of(sign_in(service.client(), f"nobody{turn}")) == (401, "wrong_login")
    assert code_of(sign_in(service.client())) == (429, "too_many_logins")
    assert sign_in(service.client(peer="192.0.2.99")).status_code == 200


def test_the_right_password_forgives_what_was_mistyped(service):
    client = service.client()
    for _ in range(3):
        for _ in range(4):
            assert code_of(sign_in(client, password="mistyped")) == (401, "wrong_login")
        assert sign_in(client).status_code == 200


def test_a_known_name_and_an_unknown_one_are_refused_alike(service):
    known, unknown = sign_in(service.client(), password="wrong"), sign_in(service.client(), "nobody")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_a_refused_login_is_audited_and_logged_without_secrets(service, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(service.client(), password="wrong-secret")
    sign_in(service.client())
    service.client("gao").get("/api/me")
    assert service.store.audit.flush(5)
    [row] = service.store.audit.recent(5)
    assert (row.status, row.client) == ("wrong_login", service.store.audit.hash_client("192.0.2.7"))
    assert "wrong_login" in caplog.text
    secrets = ["wrong-secret", PASSWORD, *service.tokens.values(), "192.0.2.7"]
    assert [secret for secret in secrets if secret in caplog.text] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "wang"},
        {"name": "wang", "password": 5},
        {"name": ["wang"], "password": "x"},
        {"name": "wang", "password": PASSWORD, "role": "admin"},
        {"name": "w" * 41, "password": PASSWORD},
        {"name": "wang", "password": "x" * 201},
    ],
)
def test_a_login_of_another_shape_is_refused(service, body):
    assert code_of(service.client().post("/api/login", json=body)) == (422, "bad_field")


def test_another_site_cannot_sign_anybody_in_or_out(service):
    for path in ("/api/login", "/api/logout"):
        reply = service.client().post(path, json={}, headers={"Origin": "https://evil.test"})
        assert code_of(reply) == (403, "cross_origin")


def scope(peer, **headers):
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (peer, 1) if peer else None, "headers": given}


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.7", None, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (str(PROXY), "203.0.113.9", "203.0.113.9"),
        (str(PROXY), "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        (f"::ffff:{PROXY}", "203.0.113.9", "203.0.113.9"),
        (str(PROXY), "nonsense", str(PROXY)),
        (str(PROXY), None, str(PROXY)),
        (None, "203.0.113.9", ""),
    ],
)
def test_only_the_trusted_proxy_is_believed_about_the_client(peer, forwarded, client):
    headers = {} if forwarded is None else {"x_forwarded_for": forwarded}
    assert client_address(scope(peer, **headers), PROXY) == client


@pytest.mark.parametrize(
    ("peer", "headers", "proxy", "local"),
    [
        ("127.0.0.1", {}, None, True),
        ("::1", {}, None, True),
        ("192.0.2.7", {}, None, False),
        ("127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, None, False),
        ("127.0.0.1", {"forwarded": "for=203.0.113.9"}, None, False),
        ("127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, "127.0.0.1", False),
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}, "127.0.0.1", True),
        (None, {}, None, False),
    ],
)
def test_what_a_proxy_passes_on_is_not_from_this_machine(peer, headers, proxy, local):
    assert is_local(scope(peer, **headers), proxy and ip_address(proxy)) is local


def test_one_customers_addresses_of_ipv6_are_limited_together():
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::5")
    assert network_of("192.0.2.7") == "192.0.2.7"
