"""Numbers in claims, which programs send and people type into files: the number meant, or a refusal that says why."""

import json
import re
from decimal import Decimal

import pytest
from click.testing import CliRunner

from assistant.claim_file import ClaimFileError, read_claim
from assistant.cli import main
from tests.hostile.doors import MCP

WHAT = "参加国际标准化会议"  # 江门 pays half of the cost, at most 8万
SUMS = {
    "100万|一百万|1000000元|0.01亿|100万元整|壹佰万元|1百万|１００万|1,000,000|1，000，000": 1_000_000,
    "1亿2000万|1.2亿|12000万|一亿二千万": 120_000_000,
    "3.5万|35千|35千元|3万5千元|三万五千元": 35_000,
    "1,000|1，000|1 000|1千|一千|100元": None,  # sums, each its own
    "一百零三万": 1_030_000,
    "两千五百元": 2_500,
    "伍拾萬元": 500_000,
    "1千万": 10_000_000,
    "1百亿|100亿": 10_000_000_000,
}
REFUSED_SUMS = (
    "1亿2千|3万5|三万五|100万美元|HK$1万|$1万|1万欧元|不超过100万|100万以上|100万左右|50-100万|五十至一百万|1_000|1.000|"
    "1.000,00|-1|−1|－1|负一百万|1½万|²万|٣万|1²万|½万|⑩万|㈩万|①万|十几万|几万|1e6|1e6元|NaN|Infinity|-Infinity|0x10|一百二万|"
    "三五万|十十万|百百|一二三万|半万|5万半|一百多万|100多万|100余万|5 0万|010|1.|.5|1.5.5万|1,00|1,0000|1万1万|Ⅻ万|万|"
    "元|100%|1.005元|true| |1万元/年"
).split("|")
NUMBERS = {3: 3, "3": 3, " 3 ": 3}
REFUSED_NUMBERS = [
    *("1_0", "+3", "3.0", "1e2", "三", "３", "²", "٣", "½", "-1", "", "3 家", "0x3"),
    *(True, False, None, 1.0, 1.5, -1, [3], {"$gt": 0}, 10**30),
]
SHARES = {"60%": "0.6", "0.6": "0.6", "六成": "0.6", "1/2": "0.5", "百分之六十": "0.6", "一半": "0.5", 0.6: "0.6"}
REFUSED_SHARES = [
    "²%",
    "٣%",
    "½",
    "2/0",
    "60",
    "1.5",
    "-0.5",
    "1:1",
    "6:4",
    "1/3/5",
    "NaN",
    "0.1.1",
    "..",
    True,
    [0.5],
    0,
    2,
]
BROKEN_JSON = {  # N01, N02: as no program writes it, but JSON readers take it
    b'{"count": 1e308}': 422,
    b'{"count": NaN}': 422,
    b'{"count": Infinity}': 422,
    b'{"count": -Infinity}': 422,
    b'{"base": 1e400}': 422,
    b'{"base": 1e308}': 422,
    b'{"count": ' + b"9" * 4301 + b"}": 400,
    b'{"base": -1}': 422,
    b'{"base": 0.001}': 422,
}


def claim(**fields: object) -> dict:
    """One conference."""
    return {"region": "江门市", "achievements": [{"what": WHAT, **fields}]}


@pytest.mark.parametrize(("form", "yuan"), [(form, yuan) for forms, yuan in SUMS.items() for form in forms.split("|")])
def test_a_sum_is_the_one_that_is_meant(form, yuan):
    read = read_claim(claim(base=form)).achievements[0].base
    assert read == (yuan or {"100元": 100}.get(form, 1000))


@pytest.mark.parametrize("form", REFUSED_SUMS)
def test_what_is_no_certain_sum_is_refused_and_named(form):
    with pytest.raises(ClaimFileError, match="base"):
        read_claim(claim(base=form))


@pytest.mark.parametrize("field", ["count", "co_leads", "rank"])
@pytest.mark.parametrize("value", REFUSED_NUMBERS, ids=repr)
def test_what_is_no_whole_number_is_refused_and_named(field, value):
    with pytest.raises(ClaimFileError, match=field):
        read_claim(claim(**{field: value}))


@pytest.mark.parametrize("value", NUMBERS, ids=repr)
def test_a_whole_number_is_read(value):
    assert read_claim(claim(count=value)).achievements[0].count == NUMBERS[value]


@pytest.mark.parametrize("value", REFUSED_SHARES, ids=repr)
def test_what_is_no_share_is_refused_and_named(value):
    with pytest.raises(ClaimFileError, match="share"):
        read_claim(claim(share=value))


@pytest.mark.parametrize("value", SHARES, ids=repr)
def test_a_share_is_read(value):
    assert read_claim(claim(share=value)).achievements[0].share == Decimal(SHARES[value])


def by_rest(stand, body: bytes):
    """Status of `POST /api/estimate`, and what it says."""
    reply = stand.http.post("/api/estimate", content=body, headers={"content-type": "application/json"})
    assert stand.whole.leaks(reply.text) == []
    return reply.status_code, reply.json()


def by_agent(stand, arguments: dict):
    """The result of the MCP tool."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    params = {"name": "estimate_claim", "arguments": arguments}
    reply = stand.http.post("/gradio_api/mcp", json=call | {"params": params}, headers=MCP)
    assert reply.status_code == 200 and stand.whole.leaks(reply.text) == []
    return reply.json()["result"]


@pytest.mark.parametrize("form", REFUSED_SUMS[::7])
def test_programs_are_refused_the_same_sums(stand, form):
    body = claim(base=form)
    status, said = by_rest(stand, json.dumps(body).encode())
    assert (status, said["error"]["code"]) == (422, "bad_claim")
    assert by_agent(stand, body)["isError"]
    result = CliRunner().invoke(main, ["estimate", "-"], input=json.dumps(body).encode())
    assert result.exit_code != 0 and "Traceback" not in result.output


@pytest.mark.parametrize("value", REFUSED_NUMBERS[::3], ids=repr)
def test_programs_are_refused_the_same_numbers(stand, value):
    status, said = by_rest(stand, json.dumps(claim(co_leads=value)).encode())
    assert (status, said["error"]["code"]) == (422, "bad_claim")
    assert by_agent(stand, claim(co_leads=value))["isError"]


@pytest.mark.parametrize("fields", BROKEN_JSON, ids=lambda raw: raw[:24].decode())
def test_numbers_that_only_loose_json_has_are_refused(stand, fields):
    body = json.dumps(claim()).encode().replace(b'{"what"', fields[:-1] + b', "what"')
    assert by_rest(stand, body)[0] == BROKEN_JSON[fields]


def test_too_many_things_are_refused_at_once(stand):
    many = {"region": "江门市", "achievements": [{"what": WHAT}] * 10_000}
    assert by_rest(stand, json.dumps(many).encode())[0] in (413, 422)
    some = {"region": "江门市", "achievements": [{"what": WHAT}] * 101}
    status, said = by_rest(stand, json.dumps(some).encode())
    assert (status, said["error"]["code"]) == (422, "bad_claim")


@pytest.mark.parametrize(
    ("base", "total"),
    [("159999.98", "79999.99"), ("160000", "80000"), ("160000.02", "80000"), ("0.01", "0.01"), ("33.33", "16.67")],
)
def test_a_ceiling_bites_at_the_fen_and_half_a_fen_goes_up(stand, base, total):
    status, report = by_rest(stand, json.dumps(claim(base=base)).encode())
    assert (status, report["total"]["yuan"]) == (200, total), report["text"]
    assert by_agent(stand, claim(base=base))["structuredContent"]["total"]["yuan"] == total


@pytest.mark.parametrize(("leaders", "each"), [(3, "333333.33"), (7, "142857.14"), (2, "500000")])
def test_shares_that_do_not_divide_are_shown_to_the_fen_and_never_more_than_there_is(stand, leaders, each):
    body = {"region": "江门市", "achievements": [{"what": "主导制定国家标准", "co_leads": leaders}]}
    status, report = by_rest(stand, json.dumps(body).encode())
    assert (status, report["total"]["yuan"]) == (200, each), report["text"]
    assert Decimal(each) * leaders <= 1_000_000
    shares = [step["expression"] for step in report["calculation"] if re.search(r"[/÷]", step["expression"])]
    assert len(shares) == 1 and str(leaders) in re.split(r"[/÷]", shares[0])[1]
