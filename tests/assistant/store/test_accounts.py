"""Accounts: secrets are kept as hashes, and access ends when it should."""

import sqlite3

import pytest

from assistant.store import FILE_NAME
from assistant.store.accounts import AccountError, Accounts

PASSWORD = "correct-horse"


@pytest.fixture
def accounts(database, clock):
    return Accounts(database, clock)


def test_an_account_is_known_by_its_token_and_by_its_password(accounts):
    token = accounts.add("王五", "admin", PASSWORD)
    assert token.startswith("jb_")
    assert len(token) == 46
    for found in (accounts.by_token(token), accounts.by_password("王五", PASSWORD)):
        assert (found.name, found.role, found.disabled) == ("王五", "admin", False)


def test_neither_token_nor_password_nor_session_stands_in_the_file(accounts, tmp_path):
    token = accounts.add("wang", "staff", PASSWORD)
    session = accounts.open_session(accounts.by_token(token))
    with sqlite3.connect(tmp_path / FILE_NAME) as raw:
        content = "\n".join(raw.iterdump())
    assert "wang" in content
    assert [secret for secret in (token, token[3:], PASSWORD, session) if secret in content] == []


def test_wrong_secrets_are_nobodys(accounts):
    token = accounts.add("wang", "staff", PASSWORD)
    accounts.add("tokenonly", "staff")
    assert accounts.by_token(token[:-1]) is None
    assert accounts.by_token("") is None
    assert accounts.by_password("wang", PASSWORD + "x") is None
    assert accounts.by_password("nobody", PASSWORD) is None
    assert accounts.by_password("tokenonly", "") is None
    assert accounts.by_session("") is None


@pytest.mark.parametrize("name", ["nobody", "tokenonly", "gone"])
def test_a_name_that_cannot_sign_in_costs_a_hash_like_any_other(accounts, name, monkeypatch):
    accounts.add("tokenonly", "staff")
    accounts.add("gone", "staff", PASSWORD)
    accounts.disable("gone")
    accounts.by_password("nobody", PASSWORD)  # makes the hash that unknown names are compared with
    compared = []
    verify = accounts._hasher.verify
    monkeypatch.setattr(type(accounts._hasher), "verify", lambda self, *given: compared.append(given) or verify(*given))
    assert accounts.by_password(name, PASSWORD) is None
    assert [(hashed.split("$")[1], typed) for hashed, typed in compared] == [("argon2id", PASSWORD)]


def test_a_disabled_account_loses_token_password_and_session_at_once(accounts):
    token = accounts.add("wang", "staff", PASSWORD)
    session = accounts.open_session(accounts.by_token(token))
    accounts.disable("wang")
    found = (accounts.by_token(token), accounts.by_password("wang", PASSWORD), accounts.by_session(session))
    assert found == (None, None, None)
    assert [one.disabled for one in accounts.list()] == [True]


def test_a_session_lasts_eight_hours_and_not_a_second_more(accounts, clock):
    session = accounts.open_session(accounts.by_token(accounts.add("wang", "staff")))
    clock.go(hours=8, seconds=-1)
    assert accounts.by_session(session).name == "wang"
    clock.go(seconds=1)
    assert accounts.by_session(session) is None


def test_signing_out_ends_one_session_and_leaves_the_others(accounts):
    account = accounts.by_token(accounts.add("wang", "staff"))
    first, second = accounts.open_session(account), accounts.open_session(account)
    accounts.close_session(first)
    assert (accounts.by_session(first), accounts.by_session(second)) == (None, account)


def test_a_new_token_ends_the_old_one(accounts):
    old = accounts.add("wang", "staff")
    new = accounts.renew_token("wang")
    assert (accounts.by_token(old), accounts.by_token(new).name) == (None, "wang")


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "长" * 41, "a\u202eb", "\u3000"])
def test_a_name_that_cannot_be_read_aloud_is_refused(accounts, name):
    with pytest.raises(AccountError, match="账号名"):
        accounts.add(name, "staff")


@pytest.mark.parametrize(("length", "taken"), [(9, False), (10, True), (200, True), (201, False)])
def test_a_password_has_ten_to_two_hundred_characters(accounts, length, taken):
    if taken:
        accounts.add("wang", "staff", "x" * length)
        assert accounts.by_password("wang", "x" * length).name == "wang"
    else:
        with pytest.raises(AccountError, match="10 到 200"):
            accounts.add("wang", "staff", "x" * length)


def test_a_name_is_taken_once_whatever_its_width(accounts):
    accounts.add("wang", "staff")
    with pytest.raises(AccountError, match="已有"):
        accounts.add("ｗａｎｇ", "admin")


def test_unknown_names_are_told(accounts):
    for change in (accounts.disable, accounts.renew_token):
        with pytest.raises(AccountError, match="没有名为 nobody"):
            change("nobody")
