"""Questions in other words, numerals and languages are read in the words of documents."""

import re
from importlib.resources import files

import pytest

from assistant.rewording import reword

NUMERALS = {
    "俩国标": "两个国标",
    "仨行标": "三个行标",
    "陆项": "六项",
    "伍家": "五家",
    "贰项": "二项",
    "国标 两 项": "国标 两项",
    "5十万元": "50万元",
    "行标3 项": "行标3项",
    "第 2 位": "第2位",
    "5个A": "5A",
    "三个A": "3A",
    "萬元": "万元",
    "國家標準": "国家标准",
}
SHARED_ENDS = {
    "国际、国家标准各一项": "国际标准、国家标准各一项",
    "国家、行业、地方标准": "国家标准、行业标准、地方标准",
    "行业和团体标准": "行业标准和团体标准",
    "一、二等奖": "一等奖、二等奖",
    "省、市级试点": "省级、市级试点",
    "国家及省级试点": "国家级及省级试点",
}
NAMES = {
    "ISO标准": "国际标准",
    "标创奖": "标准创新贡献奖",
    "新国标": "新制定国标",
    "市里的试点": "市级试点",
    "国际的分委会": "国际级的分委会",
    "合并第一": "并列第一起草单位",
    "排地三": "排第三",
    "「领跑者」": "领跑者",
    "国家标准化专业技术委员会": "国家级标准化专业技术委员会",
    "承担国际标准化专业技术委员会": "承担国际级标准化专业技术委员会",
    "国家的标准化技术委员会": "国家级的标准化技术委员会",
    "省标准化专业技术委员会": "省级标准化专业技术委员会",
    "主待制订": "主持制订",
    "行业标淮": "行业标准",
    "在全国团体标准信息平台公开": "在信息平台公开",
}
ENGLISH = {
    "two national standards": "2 国家标准",
    "ranked 3rd": "排名第3位",
    "how much in total": "多少钱 合计",
    "already received": "已领",
    "revised a group standard": "修订  团体标准",
    "subcommittee secretariat": "分技术委员会 秘书处",
    "we and two others": "我们和另外2家",
    "National Standards": "国家标准",
    "national-level 标准化 pilot": "国家级 标准化 试点",
    "AA-level": "AA级",
    "standardisation good-practice certificate": "标准化良好行为证书",
    "How much does Nowhere (某市) pay?": "多少钱  某市 ?",
}
BLANKS = {"补贴( )万元": "补贴多少万元", "奖励=?万元": "奖励多少万元", "奖励不超过( )万元": "奖励多少万元"}


@pytest.mark.parametrize(("said", "meant"), (NUMERALS | SHARED_ENDS | NAMES | ENGLISH | BLANKS).items())
def test_it_is_read_in_the_words_of_documents(said: str, meant: str) -> None:
    assert reword(said) == meant


@pytest.mark.parametrize("meant", sorted({*NUMERALS.values(), *SHARED_ENDS.values(), *NAMES.values()}))
def test_what_is_said_in_those_words_stays(meant: str) -> None:
    assert reword(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        "主导制定国家标准奖励多少",
        "国家标准化管理委员会",
        "大陆的企业",  # 陆 is no six
        "队伍建设",  # nor 伍 a five
        "柯桥区、上虞区的企业",
        "一流企业",
        "全国标准化工作组",
        "行业协会和地方政府",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert reword(text) == text


def test_a_figure_is_never_changed() -> None:
    text = "听说国标31万元、行标18.5万元、占比60%，3月15日前"
    assert re.findall(r"[\d.]+", reword(text)) == re.findall(r"[\d.]+", text)


def test_every_line_of_the_list_is_a_pattern_with_a_meaning() -> None:
    lines = (files("assistant") / "rewordings.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert len(entries) > 80
    assert [line for line in entries if " = " not in line and not line.endswith(" =")] == []
    for line in entries:
        said, _, meant = line.partition(" = ") if " = " in line else (line[:-2], "", "")
        groups = re.compile(said).groups
        assert all(int(number) <= groups for number in re.findall(r"\\(\d)", meant)), line


@pytest.mark.parametrize(
    ("question", "same_as", "yuan"),
    [
        ("萧山 lead drafter of a national standard, how much", "萧山主导制定国家标准奖励多少", 310_000),
        ("苏州一等奖的标创奖给多少钱", "苏州标准创新贡献奖一等奖多少钱", 380_000),
        ("萧山区主導制定國家標準獎勵多少", "萧山主导制定国家标准奖励多少", 310_000),
        ("萧山良好行为四个A奖多少", "萧山4A良好行为奖多少", 80_000),
    ],
)
def test_a_reworded_question_is_answered_as_the_plain_one(ask, question: str, same_as: str, yuan: int) -> None:
    assert [int(amount.yuan) for amount in ask(question).amounts] == [yuan]
    assert ask(question).citations == ask(same_as).citations


def test_marks_of_a_list_are_no_counts_and_their_sum_is_a_total() -> None:
    assert reword("①+②多少") == "合计多少"
    assert reword("①国标").strip() == "国标"
