"""Tables of questions: what each cell becomes, what is refused and where, and that nothing is guessed or lost."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claim_file import ClaimEntry
from evals import case_words, tabular_rows
from evals.cases import Case, ClaimCase, Gold, QuestionCase, TalkCase, Turn, WordingCase
from evals.checking import check_suite
from evals.loading import SUITES, CaseError, Header, Sources, load_file, load_suite, packaged_sources
from evals.tabular import Imported, read_table, write_suite, write_template
from evals.tabular_cells import CELL_MAX, Head
from tests.evals.made_up import policy

GUIHUA = (
    "第一条 主导制定桂花标准的，每项给予不超过20万元奖励；参与制定的，每项给予5万元奖励。\n"
    "第二条 申请材料（含附表）公示十日。\n"
    "第三条 本细则由花卉主管部门解释。\n"
)
MOLI = "第一条 主导制定茉莉标准的，每项给予8万元奖励。\n第二条 本细则由花卉主管部门解释。\n"
DOCUMENTS = (policy("guihua", "桂花市", GUIHUA), policy("moli", "茉莉市", MOLI))
SOURCES = Sources(DOCUMENTS)
Row = dict[str, Any]


def csv_of(folder: Path, *rows: Row, encoding: str = "utf-8-sig", heads: list[str] | None = None) -> Path:
    file = folder / "题.csv"
    heads = heads or list(dict.fromkeys(head for row in rows for head in row))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heads, *([row.get(head, "") for head in heads] for row in rows)])
    file.write_bytes(out.getvalue().encode(encoding))
    return file


def xlsx_of(folder: Path, *rows: list[Any], title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(folder / "题.xlsx")
    return folder / "题.xlsx"


def imported(folder: Path, *rows: Row) -> Imported:
    return read_table(csv_of(folder, *rows), SOURCES)


def one_case(folder: Path, **cells: Any) -> QuestionCase:
    """The case that a row with these cells becomes."""
    got = imported(folder, {"问题": "怎么奖？", **cells})
    assert got.faults == ()
    return got.cases[0]


def faults_of(folder: Path, **cells: Any) -> list[tuple[str, str]]:
    """Column and text of what is wrong with a row."""
    got = imported(folder, {"问题": "怎么奖？", **cells})
    assert got.cases == () or not got.faults
    return [(fault.column, fault.text) for fault in got.faults]


# The template.


@pytest.mark.parametrize("name", ["题目.xlsx", "题目.csv"])
def test_the_template_imports_without_a_fault(tmp_path: Path, name: str) -> None:
    sources = packaged_sources()
    write_template(tmp_path / name)
    got = read_table(tmp_path / name, sources)
    assert (got.faults, got.notes) == ((), ())
    assert [case.gold.status for case in got.cases] == ["answered", "not_found", "answered"]
    assert [case.gold.yuan for case in got.cases] == [(100000,), (), (250000,)]
    assert [case.gold.kind for case in got.cases] == ["exact", None, "cap"]
    write_suite(tmp_path / "examples.jsonl", Header(suite="examples", version=1), got.cases)
    suite = load_file(tmp_path / "examples.jsonl")
    assert [doubt for doubt in check_suite(suite, sources) if doubt.is_fault or doubt.code != "warn"] == []


def test_the_template_helps_to_fill_it_in(tmp_path: Path) -> None:
    write_template(tmp_path / "题目.xlsx")
    book = openpyxl.load_workbook(tmp_path / "题目.xlsx")
    sheet, about = book["题目"], book["说明"]
    assert [cell.value for cell in sheet[1]] == list(Head)
    assert sheet.freeze_panes == "A2"
    lists = {str(one.sqref)[0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert {sheet[f"{letter}1"].value for letter in lists} == {Head.STATUS, Head.KIND, Head.TYPE, Head.PERSONA}
    assert '"回答,反问,查无"' in lists.values() and '"固定,上限"' in lists.values()
    told = {row[0].value: row[1].value for row in about.iter_rows(min_row=2)}
    assert all(told[head] for head in Head)


def test_office_programs_know_the_encoding_of_the_csv_template(tmp_path: Path) -> None:
    write_template(tmp_path / "题目.csv")
    assert (tmp_path / "题目.csv").read_bytes().startswith(b"\xef\xbb\xbf")


# Files.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_encodings_of_office_programs(tmp_path: Path, encoding: str) -> None:
    file = csv_of(tmp_path, {"问题": "镕基路㐀，“怎么”奖？\n快说", "标准答案": "5万元"}, encoding=encoding)
    (case,) = read_table(file, SOURCES).cases
    assert case.question == "镕基路㐀，“怎么”奖？\n快说"
    assert case.gold.yuan == (50000,)


def test_a_workbook_is_read_from_the_sheet_of_that_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["封面"])
    sheet = book.create_sheet("题目")
    for row in ([], ["判断日期", "问题*", "编号", "标准答案"], [], [date(2025, 6, 30), "怎么奖？", 7.0, "5万元"]):
        sheet.append(row)
    book.save(tmp_path / "题.xlsx")
    (case,) = read_table(tmp_path / "题.xlsx", SOURCES).cases
    assert (case.id, case.as_of, case.gold.yuan) == ("7", date(2025, 6, 30), (50000,))


def test_a_formula_is_text(tmp_path: Path) -> None:
    file = xlsx_of(tmp_path, ["问题", "金额"], ['="怎"&"么奖？"', "5万元"], ["多少？", "=2*50000"])
    got = read_table(file, SOURCES)
    assert [case.question for case in got.cases] == ['="怎"&"么奖？"']
    assert [(note.row, note.column) for note in got.notes] == [(2, "问题")]
    assert [(fault.row, fault.column) for fault in got.faults] == [(3, "金额")]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(tmp_path: Path) -> None:
    file = tmp_path / "题.csv"
    file.write_text('\n问题,金额\n"一\n行？",5万元\n\n,5万元\n二？,五十\n', encoding="utf-8")
    got = read_table(file, SOURCES)
    assert [case.question for case in got.cases] == ["一\n行？"]
    assert [(fault.row, fault.column) for fault in got.faults] == [(5, "问题"), (6, "金额")]
    assert "题.csv 第 6 行“金额”" in str(got.faults[1])


@pytest.mark.parametrize(
    ("heads", "fault"),
    [
        (["问题", "答案要点"], "不认识的列名：答案要点"),
        (["标准答案"], "没有“问题”这一列"),
        (["问题", "金额", "金额"], "“金额”有两个"),
    ],
)
def test_wrong_heads_are_refused_with_those_that_are_known(tmp_path: Path, heads: list[str], fault: str) -> None:
    with pytest.raises(CaseError, match=fault):
        read_table(csv_of(tmp_path, {head: "甲" for head in heads}, heads=heads), SOURCES)
    if "两个" not in fault:
        with pytest.raises(CaseError, match="、".join(Head)):
            read_table(csv_of(tmp_path, {"甲": "乙"}, heads=heads), SOURCES)


def broken_files(folder: Path) -> dict[str, tuple[Path, bytes]]:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("a.txt", "甲")
    return {
        "不是完好的": (folder / "a.xlsx", b"PK no workbook"),
        "不是完好的 XLSX": (folder / "b.xlsx", book.getvalue()),
        "只认 .xlsx 和 .csv": (folder / "c.xls", b"x"),
        "既不是 UTF-8 也不是 GB18030": (folder / "d.csv", "问题".encode() + b"\n\xff\xff"),
        "引号不成对": (folder / "e.csv", '问题\n"怎么奖？'.encode()),
        "是空的": (folder / "f.csv", b"\n,,\n"),
    }


@pytest.mark.parametrize("fault", list(broken_files(Path())))
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, fault: str) -> None:
    file, content = broken_files(tmp_path)[fault]
    file.write_bytes(content)
    with pytest.raises(CaseError, match=f"{fault}.*下一步"):
        read_table(file, SOURCES)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="找不到"):
        read_table(tmp_path / "no.csv", SOURCES)


@pytest.mark.parametrize(
    ("limit", "fault"),
    [
        ("FILE_MEGABYTES", "超过 0 MB"),
        ("UNPACKED_MEGABYTES", "超过 0 MB"),
        ("ROWS_MAX", "超过 0 行"),
        ("SCANNED_MAX", "行"),
    ],
)
def test_a_table_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, fault: str
) -> None:
    file = xlsx_of(tmp_path, ["问题"], ["怎么奖？"])
    assert len(read_table(file, SOURCES).cases) == 1
    monkeypatch.setattr(tabular_rows, limit, 0)
    with pytest.raises(CaseError, match=fault):
        read_table(file, SOURCES)


# Rows.


def test_a_row_becomes_a_case(tmp_path: Path) -> None:
    case = one_case(
        tmp_path,
        编号="甲-1",
        标准答案="最高20万元",
        依据条款="主导制定桂花标准的，每项给予不超过20万元奖励",
        必含="不超过|最高；桂花",
        不得含="5万元；另行规定",
        类型="查金额",
        人群="热线",
        此前提问="您好\n问个事；急",
        判断日期="2025年6月30日",
        地区="桂花市",
        说明="第一条",
    )
    assert case == QuestionCase(
        id="甲-1",
        persona="hotline",
        type="award_lookup",
        question="怎么奖？",
        history=("您好", "问个事；急"),
        as_of=date(2025, 6, 30),
        region="桂花市",
        gold=Gold(
            status="answered",
            yuan=(Decimal(200000),),
            kind="cap",
            document="guihua",
            quote=("主导制定桂花标准的，每项给予不超过20万元奖励",),
            must=(("不超过", "最高"), "桂花"),
            must_not=("5万元", "另行规定"),
            why="最高20万元\n第一条",
        ),
    )


@pytest.mark.parametrize(
    ("answer", "yuan", "kind"),
    [
        ("5万元", [50000], None),
        ("五万元整。", [50000], None),
        ("可以奖5,000.50元", ["5000.5"], None),
        ("一等奖3万元、二等奖1.5万元", [30000, 15000], None),
        ("不超过20万元", [200000], "cap"),
        ("最高分别20万元、10万元", [200000, 100000], "cap"),
        ("最高20万元；另给1万元", [200000, 10000], None),
        ("公示十日，第3条，50%", [], None),
        ("", [], None),
    ],
)
def test_sums_of_the_expected_answer_are_exact(tmp_path: Path, answer: str, yuan: list[Any], kind: str | None) -> None:
    gold = one_case(tmp_path, 标准答案=answer, 必含="奖").gold
    assert (gold.yuan, gold.kind) == (tuple(map(Decimal, yuan)), kind)


@pytest.mark.parametrize(
    "answer",
    [
        "20万元+5万元=25万元",
        "20万元的一半，10万元",
        "20万元，已领12万元，再给8万元",
        "不是20万元，是5万元",
        "不低于5万元",
        "5万元至20万元",
        "5—20万元",
        "20余万元",
    ],
)
def test_a_sum_that_is_not_clear_is_asked_for(tmp_path: Path, answer: str) -> None:
    ((column, text),) = faults_of(tmp_path, 标准答案=answer)
    assert column == "标准答案" and "“金额”" in text
    assert one_case(tmp_path, 标准答案=answer, 金额="25万元").gold.yuan == (250000,)


def test_several_sums_of_the_expected_answer_are_told(tmp_path: Path) -> None:
    got = imported(tmp_path, {"问题": "怎么奖？", "标准答案": "一等3万元、二等1.5万元"})
    assert ["30000、15000" in note.text for note in got.notes] == [True]


@pytest.mark.parametrize(
    ("cell", "yuan", "kind"),
    [
        ("5万元", [50000], None),
        ("5万元；0.8 万元;三千元", [50000, 8000, 3000], None),
        ("最高20万元", [200000], "cap"),
        ("1亿2000万元", [120000000], None),
        ("166666.67元", ["166666.67"], None),
    ],
)
def test_the_column_of_sums_comes_first(tmp_path: Path, cell: str, yuan: list[Any], kind: str | None) -> None:
    gold = one_case(tmp_path, 金额=cell, 标准答案="7元").gold
    assert (gold.yuan, gold.kind) == (tuple(map(Decimal, yuan)), kind)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"金额": "50"}, "金额"),
        ({"金额": "50余万元"}, "金额"),
        ({"金额": "5万元左右"}, "金额"),
        ({"金额": "5万元，3万元"}, "金额"),
        ({"金额": "20%"}, "金额"),
        ({"金额": "；"}, "金额"),
        ({"金额": "最高5万元", "金额性质": "固定"}, "金额性质"),
        ({"金额性质": "上限"}, "金额性质"),
        ({"金额性质": "大概"}, "金额性质"),
        ({"应答": "查无", "金额": "5万元"}, "金额"),
        ({"应答": "反问", "依据条款": "每项给予5万元奖励"}, "依据条款"),
        ({"应答": "是"}, "应答"),
        ({"类型": "award_lookup"}, "类型"),
        ({"人群": "老板"}, "人群"),
        ({"编号": "a b"}, "编号"),
        ({"编号": "a/b"}, "编号"),
        ({"判断日期": "2025-02-30"}, "判断日期"),
        ({"判断日期": "明天"}, "判断日期"),
        ({"判断日期": "2025-01-01、2025-02-01"}, "判断日期"),
        ({"文件": "没有的办法"}, "文件"),
        ({"文件": "花卉标准奖励细则"}, "文件"),
        ({"说明": "长" * (CELL_MAX + 1)}, "说明"),
    ],
)
def test_a_cell_that_is_wrong_is_refused_by_its_column(tmp_path: Path, cells: Row, column: str) -> None:
    assert [fault[0] for fault in faults_of(tmp_path, **cells)] == [column]


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    columns = [
        column for column, _ in faults_of(tmp_path, 金额="50", 类型="甲", 人群="乙", 依据条款="第五条", 判断日期="丙")
    ]
    assert sorted(columns) == sorted(["金额", "类型", "人群", "依据条款", "判断日期"])


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"标准答案": "没有规定"}, "not_found"),
        ({"标准答案": "查无此奖励"}, "not_found"),
        ({"标准答案": "文件未作规定。"}, "not_found"),
        ({"标准答案": "没有规定", "应答": "回答"}, "answered"),
        ({"标准答案": "没有规定", "依据条款": "每项给予5万元奖励"}, "answered"),
        ({"标准答案": "没有规定上限"}, "answered"),
        ({"标准答案": "没有规定，给予5万元", "金额": "5万元"}, "answered"),
        ({"应答": "反问"}, "needs_clarification"),
        ({}, "answered"),
    ],
)
def test_the_status_is_the_one_that_is_written_else_the_answers(tmp_path: Path, cells: Row, status: str) -> None:
    assert one_case(tmp_path, **cells).gold.status == status


@pytest.mark.parametrize(
    ("cells", "type_"),
    [
        ({"应答": "查无"}, "not_found"),
        ({"应答": "反问"}, "clarify"),
        ({"金额": "5万元", "此前提问": "甲？；乙？"}, "follow_up"),
        ({"金额": "5万元"}, "award_lookup"),
        ({"必含": "公示"}, "procedure"),
        ({"金额": "5万元", "类型": "计算"}, "award_calc"),
    ],
)
def test_the_type_is_the_one_that_is_written_else_follows_from_the_gold(tmp_path: Path, cells: Row, type_: str) -> None:
    assert one_case(tmp_path, **cells).type == type_


def test_a_case_that_checks_nothing_is_told(tmp_path: Path) -> None:
    got = imported(
        tmp_path,
        {"问题": "甲？", "标准答案": "公示"},
        {"问题": "乙？", "标准答案": "查无"},
        {"问题": "丙？", "标准答案": "5元"},
    )
    assert len(got.cases) == 3
    assert [(note.row, note.text) for note in got.notes] == [(2, case_words.NOTE_WEAK)]


def test_ids_stay_when_rows_are_moved(tmp_path: Path) -> None:
    rows = [{"问题": "甲？"}, {"问题": "乙？"}, {"问题": "乙？", "此前提问": "丙？"}]
    ids = {case.question + str(case.history): case.id for case in imported(tmp_path, *rows).cases}
    assert len(set(ids.values())) == 3
    assert ids == {case.question + str(case.history): case.id for case in imported(tmp_path, *reversed(rows)).cases}


@pytest.mark.parametrize(("ids", "column"), [(("", ""), "问题"), (("a", "a"), "编号")])
def test_what_stands_there_twice_is_refused_with_both_rows(tmp_path: Path, ids: tuple[str, str], column: str) -> None:
    got = imported(tmp_path, *({"问题": "甲？", "编号": id_, "说明": "一"} for id_ in ids))
    assert len(got.cases) == 1
    assert [(fault.row, fault.column, "第 2 行" in fault.text) for fault in got.faults] == [(3, column, True)]


def test_a_cell_without_a_head_is_not_dropped(tmp_path: Path) -> None:
    got = read_table(csv_of(tmp_path, {"问题": "甲？", "": "要紧"}, heads=["问题", ""]), SOURCES)
    assert got.cases == ()
    assert [(fault.row, fault.column) for fault in got.faults] == [(2, "B")]


# Clauses.


@pytest.mark.parametrize(
    ("cell", "quotes"),
    [
        ("每项给予5万元奖励", ["每项给予5万元奖励"]),
        ("每项给予 5 万元\n奖励", ["每项给予5万元奖励"]),
        ("“每项给予5万元奖励”", ["每项给予5万元奖励"]),
        ("第一条：参与制定的,每项给予5万元奖励", ["参与制定的，每项给予5万元奖励"]),
        ("《细则》第二条 申请材料(含附表)公示十日", ["申请材料（含附表）公示十日"]),
        ("第一条 主导制定桂花标准的", ["第一条 主导制定桂花标准的"]),
        ("主导制定桂花标准的\n申请材料（含附表）", ["主导制定桂花标准的", "申请材料（含附表）"]),
        ("第一条\n主导制定桂花标准的", ["第一条 主导制定桂花标准的"]),
        ("主导制定桂花标准的……参与制定的，每项", ["主导制定桂花标准的", "参与制定的，每项"]),
        ("不超过20万元奖励；参与制定的", ["不超过20万元奖励；参与制定的"]),
    ],
)
def test_a_clause_is_found_as_people_copy_it(tmp_path: Path, cell: str, quotes: list[str]) -> None:
    gold = one_case(tmp_path, 依据条款=cell).gold
    assert gold.quote == tuple(quotes)
    assert gold.document == "guihua"
    assert all(quote in GUIHUA for quote in gold.quote)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("第五条", "只是条款的编号"),
        ("五、（二）", "只是条款的编号"),
        ("《细则》第七条第2款", "只是条款的编号"),
        ("奖励", "太短"),
        ("……", "太短"),
        ("参与制定的，每项给予6万元奖励", "“参与制定的，每项给予”在，之后不同"),
        ("主导制定牡丹花标准的", "不在任何文件中"),
        ("主导制定桂花标准的\n主导制定牡丹花标准的", "不在任何文件中"),
        ("本细则由花卉主管部门解释", "guihua、moli"),
    ],
)
def test_a_clause_that_cannot_be_told_is_refused(tmp_path: Path, cell: str, fault: str) -> None:
    ((column, text),) = faults_of(tmp_path, 依据条款=cell)
    assert column == "依据条款" and fault in text
    assert [one[0] for one in faults_of(tmp_path, 依据条款="第五条", 文件="guihua")] == ["依据条款"]


@pytest.mark.parametrize(
    ("cells", "documents"),
    [
        ({"文件": "moli", "依据条款": "本细则由花卉主管部门解释"}, ["moli"]),
        ({"文件": "《茉莉市花卉标准奖励细则》", "依据条款": "本细则由花卉主管部门解释"}, ["moli"]),
        ({"文件": "花卉标准", "依据条款": "主导制定茉莉标准的"}, ["moli"]),
        ({"依据条款": "主导制定茉莉标准的\n本细则由花卉主管部门解释"}, ["moli"]),
        ({"依据条款": "主导制定茉莉标准的\n主导制定桂花标准的"}, ["moli", "guihua"]),
        ({"文件": "moli；guihua", "依据条款": "主导制定桂花标准的"}, ["guihua", "moli"]),
        ({"文件": "moli；guihua"}, ["moli", "guihua"]),
        ({"文件": "茉莉市"}, ["moli"]),
    ],
)
def test_the_documents_are_those_that_are_named_or_quoted(tmp_path: Path, cells: Row, documents: list[str]) -> None:
    gold = one_case(tmp_path, **cells).gold
    assert list(gold.ids) == documents


# Suites that are written.

EMPTY = Sources([])
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12)
YUAN = st.decimals(0, 10**9, places=2)
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1))
IDS = st.from_regex(r"[^\s/]{1,8}", fullmatch=True).filter(lambda text: text.isprintable())


@st.composite
def golds(draw: st.DrawFn) -> Gold:
    yuan = draw(st.lists(YUAN, max_size=3))
    how = tuple(draw(TEXT) for _ in yuan) if draw(st.booleans()) else ()
    must = draw(st.lists(TEXT | st.lists(TEXT, min_size=2, max_size=3).map(tuple), max_size=2))
    return Gold(
        status="answered", yuan=tuple(yuan), how=how, must=tuple(must), kind=draw(st.sampled_from([None, "cap"]))
    )


CASES = st.one_of(
    st.builds(
        QuestionCase,
        id=IDS,
        type=st.sampled_from(["procedure", "award_calc"]),
        question=TEXT,
        history=st.lists(TEXT, max_size=2).map(tuple),
        as_of=DAYS,
        region=st.none() | TEXT,
        gold=golds(),
    ),
    st.builds(
        TalkCase,
        id=IDS,
        turns=st.lists(st.builds(Turn, question=TEXT, gold=golds()), min_size=2, max_size=3).map(tuple),
        as_of=DAYS,
    ),
    st.builds(
        WordingCase,
        id=IDS,
        type=st.just("procedure"),
        wordings=st.lists(TEXT, min_size=2, max_size=4, unique=True).map(tuple),
        gold=golds(),
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CASES, min_size=1, max_size=5, unique_by=lambda case: case.id), DAYS, YUAN)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cases: list[Case], day: Any, least: Decimal
) -> None:
    header = Header(suite="写出", version=1, about="甲\u2028乙", as_of=day or date(2026, 1, 1), least=least / 10**7)
    file = tmp_path_factory.getbasetemp() / "written.jsonl"
    write_suite(file, header, cases)
    read = load_file(file)
    assert read.header == header
    assert read.cases == tuple(cases)


@pytest.mark.parametrize("name", [name for name in SUITES if name != "extraction"])
def test_the_projects_suites_survive_being_written(tmp_path: Path, name: str) -> None:
    suite = load_suite(name)
    write_suite(tmp_path / "again.jsonl", suite.header, suite.cases)
    again = load_file(tmp_path / "again.jsonl")
    assert (again.header, again.cases) == (suite.header, suite.cases)


def test_claims_survive_being_written(tmp_path: Path) -> None:
    entry = {"what": "主导制定", "count": "3", "share": "12.5%", "base": "1234567.89", "received": "5万元"}
    claim = ClaimEntry.model_validate({"region": "桂花市", "as_of": "2025-01-01", "achievements": [entry]})
    gold = {"status": "answered", "yuan": ["0.01"]}
    case = ClaimCase.model_validate({"id": "k", "claim": claim, "gold": gold})
    write_suite(tmp_path / "k.jsonl", Header(suite="k", version=1), [case])
    assert load_file(tmp_path / "k.jsonl").cases == (case,)


def test_hand_read_figures_are_not_written_as_lines(tmp_path: Path) -> None:
    suite = load_suite("extraction")
    with pytest.raises(ValueError, match="YAML"):
        write_suite(tmp_path / "x.jsonl", replace(suite).header, suite.cases)
    assert not (tmp_path / "x.jsonl").exists()
