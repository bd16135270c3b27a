"""Suite files: what is read, in which forms, and that anything wrong is refused with file and line."""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evals import words
from evals.cases import ClaimCase, FigureCase, QuestionCase, RetrievalCase, TalkCase, WordingCase, golds_of
from evals.loading import LINES_MAX, CaseError, load_file, load_suite, misplaced, packaged_sources
from evals.places import Place, squeeze
from tests.evals.made_up import HAITANG, SOURCES, case, paid, write

FIRST = case("a", "标准有多少")
QUOTED = case("b", "主导制定海棠标准奖多少", gold=paid(30, document="haitang", quote=["奖励三十贝"]))
TALK = {"id": "b", "turns": [{"question": q, "gold": {"status": "not_found"}} for q in ("甲", "乙")]}
WORDED = {"id": "b", "type": "procedure", "wordings": ["甲", "乙"], "gold": {"status": "not_found"}}
CLAIM = {
    "id": "b",
    "claim": {"region": "海棠市", "achievements": [{"what": "主导制定海棠标准"}]},
    "gold": {"status": "answered", "yuan": [30]},
}
SEARCH = {"id": "b", "question": "谁可以申报", "document": "yulan", "anchor": "花农自愿"}
LONG = "999999999999999.99"
Change = Callable[[dict[str, Any]], dict[str, Any]]


def gold(**fields: Any) -> Change:
    return lambda one: one | {"gold": one["gold"] | fields}


def without(key: str) -> Change:
    return lambda one: {name: value for name, value in one.items() if name != key}


def refused(file: Path, line: int | None, fault: str) -> None:
    where = re.escape(str(file)) + ("" if line is None else f":{line}：")
    with pytest.raises(CaseError, match=f"(?s)^{where}.*{re.escape(fault)}.*下一步：|读不了.*{re.escape(fault)}"):
        load_file(file)


@pytest.mark.parametrize(
    ("record", "form"),
    [
        (QUOTED, QuestionCase),
        (TALK, TalkCase),
        (WORDED, WordingCase),
        (CLAIM, ClaimCase),
        (SEARCH, RetrievalCase),
    ],
)
def test_the_keys_of_a_line_tell_its_form(tmp_path: Path, record: dict[str, Any], form: type) -> None:
    suite = load_file(write(tmp_path / "s.jsonl", [FIRST, record]))
    assert [type(one) for one in suite.cases] == [QuestionCase, form]
    assert [one.id for one in suite.cases] == ["a", "b"]


@pytest.mark.parametrize(
    ("record", "change", "fault"),
    [
        (QUOTED, lambda one: one | {"titel": "x"}, "titel"),
        (QUOTED, gold(yaun=[30]), "gold.yaun"),
        (QUOTED, without("type"), "type"),
        (QUOTED, without("gold"), "gold"),
        (QUOTED, lambda one: one | {"persona": "nobody"}, "persona"),
        (QUOTED, lambda one: one | {"type": "gossip"}, "type"),
        (QUOTED, lambda one: one | {"question": ""}, "question"),
        (QUOTED, lambda one: one | {"id": "b/2"}, "id"),
        (QUOTED, lambda one: one | {"id": "b c"}, "id"),
        (QUOTED, lambda one: one | {"as_of": "2026-02-30"}, "as_of"),
        (QUOTED, lambda one: one | {"id": "a"}, "编号 a 前面已有"),
        (QUOTED, gold(status="maybe"), "gold.status"),
        (QUOTED, gold(kind="about"), "gold.kind"),
        (QUOTED, gold(status="not_found"), "only an answered case"),
        (QUOTED, gold(status="not_found", quote=[]), "only an answered case"),
        (QUOTED, gold(status="needs_clarification", yuan=[]), "only an answered case"),
        (QUOTED, gold(yuan=[30, 5], how=["30"]), "`how` has one expression for each sum"),
        (QUOTED, gold(yuan=["NaN"]), "gold.yuan.0"),
        (QUOTED, gold(yuan=[-1]), "gold.yuan.0"),
        (QUOTED, gold(yuan=["1e400"]), "gold.yuan.0"),
        (QUOTED, gold(quote=[""]), "gold.quote"),
        (QUOTED, gold(documents=["haitang"]), "`documents` are two or more"),
        (QUOTED, gold(documents=["yulan", "yulan2"]), "`document` among them"),
        (TALK, lambda one: one | {"turns": one["turns"][:1]}, "turns"),
        (TALK, lambda one: one | {"turns": one["turns"] * 11}, "turns"),
        (TALK, lambda one: one | {"turns": [*one["turns"], {"question": "丙"}]}, "turns.2.gold"),
        (WORDED, lambda one: one | {"wordings": ["甲"]}, "wordings"),
        (WORDED, lambda one: one | {"wordings": ["甲", ""]}, "wordings.1"),
        (WORDED, lambda one: one | {"wordings": ["甲", "乙", "甲"]}, "a wording stands there twice"),
        (CLAIM, gold(status="undetermined"), "an undetermined one has none"),
        (CLAIM, gold(yuan=[30, 5]), "a claim that is answered has one total"),
        (CLAIM, gold(yuan=[]), "a claim that is answered has one total"),
        (CLAIM, lambda one: one | {"claim": one["claim"] | {"recieved": 3}}, "claim.recieved"),
        (SEARCH, without("document"), "document"),
        (SEARCH, lambda one: one | {"anchor": ""}, "anchor"),
    ],
)
def test_a_wrong_case_is_refused_with_its_line(
    tmp_path: Path, record: dict[str, Any], change: Change, fault: str
) -> None:
    load_file(write(tmp_path / "right.jsonl", [FIRST, record]))
    refused(write(tmp_path / "wrong.jsonl", [FIRST, change(record)]), 2, fault)


@pytest.mark.parametrize(
    ("record", "change", "fault"),
    [
        (QUOTED, gold(quote=["奖励四十贝"]), "引文“奖励四十贝”不在文件 haitang 中"),
        (QUOTED, gold(quote=["奖励八贝"]), "引文“奖励八贝”不在文件 haitang 中"),
        (QUOTED, gold(quote=[" "]), "引文“ ”不在文件 haitang 中"),
        (QUOTED, gold(document="nowhere-1999"), "没有编号为 nowhere-1999 的文件"),
        (QUOTED, gold(documents=["haitang", "nowhere-1999"]), "没有编号为 nowhere-1999 的文件"),
        (SEARCH, lambda one: one | {"document": "nowhere-1999"}, "没有编号为 nowhere-1999 的文件"),
        (SEARCH, lambda one: one | {"anchor": "梅农"}, "片段“梅农”在 yulan 中出现 0 次"),
        (SEARCH, lambda one: one | {"anchor": "条"}, "片段“条”在 yulan 中出现 2 次"),
    ],
)
def test_a_case_that_does_not_meet_the_documents_is_read_and_told(
    tmp_path: Path, record: dict[str, Any], change: Change, fault: str
) -> None:
    """Documents are taken out and replaced; that is no reason to refuse a suite."""
    _, right, wrong = load_file(write(tmp_path / "s.jsonl", [FIRST, record, change(record) | {"id": "c"}])).cases
    assert list(misplaced(right, SOURCES)) == []
    assert any(fault in one for one in misplaced(wrong, SOURCES))


def test_a_figure_of_a_document_that_was_taken_out_is_told() -> None:
    figure = load_suite("extraction").cases[0]
    assert isinstance(figure, FigureCase)
    assert list(misplaced(figure, SOURCES)) == [words.NO_DOCUMENT.format(document=figure.document)]
    assert list(misplaced(figure, packaged_sources())) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{'id': 1}", "不是 JSON"),
        ("{", "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ('["a"]', words.NOT_AN_OBJECT),
        ('{"id": "b", "id": "c"}', "键 id 出现两次"),
        ('{"gold": {"must": ["甲"], "must": ["乙"]}}', "键 must 出现两次"),
    ],
)
def test_a_line_that_is_no_object_is_refused_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    file = write(tmp_path / "wrong.jsonl", [FIRST])
    file.write_text(file.read_text("utf-8") + line, encoding="utf-8")
    refused(file, 2, fault)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_bytes(json.dumps(FIRST, ensure_ascii=False).encode("gb18030"))
    refused(file, None, "不是 UTF-8")


@pytest.mark.parametrize("content", ["", "\n \n", '{"suite": "s", "version": 1}\n'])
def test_a_file_without_a_case_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CaseError, match=re.escape(words.NO_CASES.format(file=file))):
        load_file(file)


def test_more_lines_than_can_be_asked_are_refused_before_any_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    file.write_text("no JSON\n" * (LINES_MAX + 1), encoding="utf-8")
    refused(file, None, f"超过 {LINES_MAX} 行")
    file.write_text(json.dumps(FIRST) + "\n" * LINES_MAX, encoding="utf-8")
    assert len(load_file(file).cases) == 1


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ({"suite": "s", "version": 2}, "题集格式版本 2 比本程序认识的 1 新"),
        ({"suite": "s", "version": 0}, "version"),
        ({"suite": "s"}, "version"),
        ({"suite": "", "version": 1}, "suite"),
        ({"suite": "s", "version": 1, "author": "x"}, "author"),
        ({"suite": "s", "version": 1, "least": 101}, "least"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, header: dict[str, Any], fault: str) -> None:
    refused(write(tmp_path / "wrong.jsonl", [FIRST], **header), 1, fault)


def test_a_header_stands_on_the_first_line_or_nowhere(tmp_path: Path) -> None:
    refused(write(tmp_path / "wrong.jsonl", [FIRST, {"suite": "s", "version": 1}]), 2, "suite")


def test_the_header_names_the_suite_its_day_and_what_has_to_be_right(tmp_path: Path) -> None:
    suite = load_file(write(tmp_path / "f.jsonl", [FIRST], suite="花", version=1, as_of="2024-05-01", least=95))
    assert (suite.name, suite.header.as_of, suite.header.least) == ("花", date(2024, 5, 1), Decimal(95))
    assert suite.file == "f.jsonl"


def test_a_byte_order_mark_blank_lines_and_other_line_ends_are_let_pass(tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    lines = ['{"suite": "花", "version": 1}', "", json.dumps(FIRST), "  ", json.dumps(QUOTED), ""]
    file.write_bytes(("\ufeff" + "\r\n".join(lines)).encode("utf-8"))
    suite = load_file(file)
    assert suite.name == "花" and [one.id for one in suite.cases] == ["a", "b"]


def test_a_line_ends_at_a_newline_only(tmp_path: Path) -> None:
    """Other separators may stand in a question as they are; they once cut the line in two."""
    asked = "甲\u2028乙\u0085丙"
    file = tmp_path / "s.jsonl"
    file.write_text(json.dumps(case("a", asked), ensure_ascii=False) + "\n", encoding="utf-8")
    [only] = load_file(file).cases
    assert isinstance(only, QuestionCase) and only.question == asked


def test_questions_in_the_format_of_the_development_set_are_read(tmp_path: Path) -> None:
    """No header, one quote as text or several as a list, kind null, a document by a part of its title, a persona."""
    record = {
        "id": "a-007",
        "persona": "hotline",
        "type": "follow_up",
        "question": "参与的呢",
        "history": ["海棠主导制定奖多少"],
        "as_of": "2025-01-01",
        "gold": {
            **{
                "status": "answered",
                "yuan": [5],
                "kind": None,
                "must": [["五贝", "5贝"], "每项"],
                "must_not": ["八贝"],
            },
            **{"doc": "海棠市花卉", "quote": "每项 奖励五贝", "warn": ["expired"], "why": "第六条"},
        },
    }
    other = case(
        "a-008", gold={"status": "not_found", "yuan": None, "kind": None, "must": [], "quote": None, "why": ""}
    )
    listed = case("a-009", gold=paid(8, doc="玉兰", quote=["主导制定玉兰", "八贝"]))
    suite = load_file(write(tmp_path / "dev.jsonl", [record, other, listed]))
    first, second, third = (golds_of(one)[0] for one in suite.cases)
    assert suite.name == "dev" and suite.header.as_of == date(2026, 11, 21)
    assert (first.quote, first.kind, first.must) == (("每项 奖励五贝",), None, (("五贝", "5贝"), "每项"))
    assert SOURCES.candidates(first) == ("haitang",) and SOURCES.candidates(third) == ("yulan",)
    assert SOURCES.candidates(second) == ("haitang", "yulan")


def test_a_document_that_no_title_has_may_be_any(tmp_path: Path) -> None:
    [only] = load_file(write(tmp_path / "s.jsonl", [case("a", gold=paid(8, doc="牡丹", quote="八贝"))])).cases
    assert {place.document for place in SOURCES.places_of(golds_of(only)[0])} == {"yulan"}


def test_sums_are_read_as_they_are_written(tmp_path: Path) -> None:
    """As a float the last one would be ten to the fifteenth."""
    file = tmp_path / "fen.jsonl"
    file.write_text(json.dumps(case("a", gold=paid(0))).replace("[0]", f'[166666.67, "0.1", {LONG}]'), encoding="utf-8")
    assert golds_of(load_file(file).cases[0])[0].yuan == (Decimal("166666.67"), Decimal("0.1"), Decimal(LONG))


def test_places_are_those_of_the_snippets_across_line_breaks(tmp_path: Path) -> None:
    [only] = load_file(
        write(tmp_path / "s.jsonl", [case("a", gold=paid(30, document="yulan", quote="花农自愿"))])
    ).cases
    [place] = SOURCES.places_of(golds_of(only)[0])
    assert squeeze(SOURCES.documents["yulan"].text[place.start : place.end]) == "花农自愿"
    assert SOURCES.find(["haitang", "yulan"], "主导制定海棠") == [Place("haitang", 4, HAITANG.index("标准的"))]


def test_an_answer_from_several_documents_has_places_in_each(tmp_path: Path) -> None:
    gold_ = paid(30, 8, document="haitang", documents=["haitang", "yulan"], quote=["第五条", "八贝"])
    [only] = load_file(write(tmp_path / "s.jsonl", [case("a", gold=gold_)])).cases
    assert {place.document for place in SOURCES.places_of(golds_of(only)[0])} == {"haitang", "yulan"}


def test_what_is_neither_a_suite_nor_a_file_is_refused(tmp_path: Path) -> None:
    for given in ("retreival", str(tmp_path), ""):
        with pytest.raises(CaseError, match="找不到题集.*retrieval、extraction"):
            load_suite(given)


def test_another_content_has_another_digest(tmp_path: Path) -> None:
    one, other = (load_file(write(tmp_path / f"{id_}.jsonl", [case(id_)])) for id_ in "ab")
    assert one.sha256 != other.sha256
    assert one.sha256 == load_file(write(tmp_path / "c.jsonl", [case("a")])).sha256
