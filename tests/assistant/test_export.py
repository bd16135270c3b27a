"""A talk as a file: asked again by the server, whole, and with nothing of the input as markup."""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient

from assistant.export.markdown import plain, plain_line
from assistant.llm.wording import AI_LABEL
from assistant.page.wording import DISCLAIMER
from tests.assistant.program_calls import app_of
from tests.assistant.test_page_fakes import EVIL, QUOTE, FakeService


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = app_of(FakeService())
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


def exported(client, form: str, *questions: str, **fields) -> bytes:
    """The file made of a talk, its headers looked at."""
    turns = [{"question": question, "as_of": "2026-11-21"} for question in questions]
    reply = client.post("/api/export", json={"format": form, "turns": turns} | fields)
    assert reply.status_code == 200, reply.text
    assert re.fullmatch(
        rf'attachment; filename="jiangbu-\d{{4}}-\d\d-\d\d\.{form}"', reply.headers["content-disposition"]
    )
    return reply.content


def markdown(client, *questions: str, **fields) -> str:
    return exported(client, "md", *questions, **fields).decode()


def word(client, *questions: str, **fields):
    return docx.Document(io.BytesIO(exported(client, "docx", *questions, **fields)))


def test_markdown_has_question_answer_figures_warnings_steps_and_sources(client):
    text = markdown(client, "三家怎么分摊？", title="分摊记录")
    assert text.startswith("# 分摊记录\n")
    for part in (
        "## 问题1\n\n三家怎么分摊？",
        "判断日期：2026-11-21",
        "三家共同牵头，平均分摊后每家 100,000 元 \\[1\\]",
        "| 每家单位 | 100,000 | 定额 |",
        "- 《海棠区质量扶持旧规》有效期至 2022-12-31，仅供查证。",
        "| 三家平均分摊 | 30万元÷3 | 100,000 | \\[1\\] |",
        "#### \\[1\\] 云岭市标准化激励细则",
        "- 条款：云南省云岭市 · 第七条",
        "- 文号：云岭市监发〔2025〕7号",
        "- 发布日期：2025-01-10",
        "- 效力（2026-11-21）：有效（至 2028-01-31）",
        f"> {QUOTE}",
        "- 效力（2026-11-21）：已失效",
    ):
        assert part in text, part
    assert text.rstrip().endswith(DISCLAIMER)


@pytest.mark.parametrize("form", ["md", "docx"])
def test_only_what_a_machine_wrote_carries_the_label(client, form):
    def text(question: str) -> str:
        if form == "md":
            return markdown(client, question)
        return "\n".join(paragraph.text for paragraph in word(client, question).paragraphs)

    assert AI_LABEL in text("三家怎么分摊？") and AI_LABEL not in text("牵头国家标准？")


def test_each_question_is_asked_anew_with_those_before_it(client):
    turns = [{"question": "甲问"}, {"question": "乙问"}, {"question": "历史", "region": "云岭市"}]
    text = client.post("/api/export", json={"format": "md", "turns": turns}).text
    assert "历史：甲问；乙问｜地区：云岭市" in text and "地区：云岭市；判断日期" in text


def test_statuses_and_choices_are_told(client):
    text = markdown(client, "在哪里", "没有的")
    assert "**还需要确认**" in text and "可选：云岭市、海棠区" in text
    assert "**未找到依据**" in text


def test_word_has_headings_tables_and_chinese_fonts(client):
    file = word(client, "三家怎么分摊？", title="分摊记录")
    by_style = {}
    for paragraph in file.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Title"] == ["分摊记录"]
    assert by_style["Heading 1"] == ["问题1"]
    assert by_style["Heading 2"] == ["答复", "金额", "提示", "计算步骤", "条款依据"]
    assert by_style["Quote"] == [QUOTE, "企业每项给两万元。"]
    assert by_style["Normal"][-1] == DISCLAIMER
    amounts, steps = file.tables
    assert [[cell.text for cell in row.cells] for row in amounts.rows][1] == ["每家单位", "100,000", "定额"]
    assert [cell.text for cell in steps.rows[1].cells] == ["三家平均分摊", "30万元÷3", "100,000", "[1]"]
    for name, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Title", "黑体")):
        fonts = file.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font and fonts.get(qn("w:eastAsiaTheme")) is None
    assert (file.core_properties.title, file.core_properties.author) == ("分摊记录", "奖补通")


def test_hostile_text_is_text_in_markdown(client):
    text = markdown(client, f"恶意 {EVIL} ![a](http://a.test/b.png)\n# 标题\n- 项", title="# <b> [x](http://a.test)")
    assert re.findall(r"<[^ ]", text) == []
    assert re.findall(r"(?<!\\)[\[\]]", text) == []
    assert re.findall(r"(?<!\\)\*(?!\*(?:还需要确认|未找到依据))", text.replace("**", "")) == []
    assert re.findall(r"https?://", text) == []
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert [line.lstrip("#").strip()[:3] for line in headings[:3]] == ["\\# ", "问题1", "答复"]
    assert all(line.count("|") - line.count("\\|") in (4, 5) for line in text.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("&lt;", "&amp;lt;"),
        ("![a](b)", "\\!\\[a\\](b)"),
        ("# 一", "\\# 一"),
        ("甲\n---", "甲\\\n\\---"),
        ("甲\n===", "甲\\\n\\==="),
        ("1. 甲\n12) 乙", "1\\. 甲\\\n12\\) 乙"),
        ("+ 甲", "\\+ 甲"),
        ("    代码", "代码"),
        ("`x` ~~y~~ _z_", "\\`x\\` \\~\\~y\\~\\~ \\_z\\_"),
        ("a|b", "a\\|b"),
        ("www.evil.test", "www\\.evil.test"),
        ("10.5元，每项5-8万元", "10.5元，每项5-8万元"),
    ],
)
def test_what_markdown_would_read_is_escaped(said, written):
    assert plain(said) == written


def test_a_cell_has_no_line_ends():
    assert plain_line("甲\n乙 | 丙") == "甲 乙 \\| 丙"


def test_hostile_text_is_text_in_word(client):
    content = exported(client, "docx", f"恶意 {EVIL}", title=EVIL)
    with ZipFile(io.BytesIO(content)) as file:
        body = ElementTree.fromstring(file.read("word/document.xml"))
        relations = file.read("word/_rels/document.xml.rels").decode()
    assert {element.tag.rpartition("}")[2] for element in body.iter()} & {
        "hyperlink",
        "drawing",
        "pict",
        "object",
    } == set()
    assert "External" not in relations
    assert EVIL in "".join(body.itertext())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"format": "pdf"}, "format"),
        ({"turns": []}, "turns"),
        ({"turns": [{"question": "甲"}] * 51}, "turns"),
        ({"turns": [{"question": ""}]}, "turns.0.question"),
        ({"turns": [{"question": "长" * 501}]}, "turns.0.question"),
        ({"turns": [{"question": "甲", "answer": "已批准"}]}, "turns.0.answer"),
        ({"turns": [{"question": "甲", "as_of": 5}]}, "turns.0.as_of"),
        ({"title": "长" * 101}, "title"),
        ({"author": "某"}, "author"),
    ],
)
def test_what_is_not_asked_for_is_refused(client, changed, field):
    reply = client.post("/api/export", json={"format": "md", "turns": [{"question": "甲"}]} | changed)
    error = reply.json()["error"]
    assert (reply.status_code, error["code"]) == (422, "bad_field")
    assert error["message"].endswith(field)


def test_fifty_turns_are_taken(client):
    assert markdown(client, *["牵头国家标准？"] * 50).count("\n## 问题") == 50
