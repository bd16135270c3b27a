"""Regions: full and short names, nicknames, names that several places share, and words that are no places."""

import pytest

from corpus.records import Region
from corpus.regions import find_regions, narrow

LONGGANG = Region(province="浙江省", city="温州市", county="龙港市")


def names(text: str, known: tuple[Region, ...] = ()) -> list[str]:
    return [region.name for region in narrow(find_regions(text), known)]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("浙江省温州市龙港市", ["浙江省温州市龙港市"]),
        ("温州龙港的企业", ["浙江省温州市龙港市"]),  # the county narrows the city before it
        ("莆田城厢", ["福建省莆田市城厢区"]),
        ("海淀区", ["北京市海淀区"]),
        ("重庆万州", ["重庆市万州区"]),
        ("广西", ["广西壮族自治区"]),
        ("内蒙古", ["内蒙古自治区"]),
        ("新疆", ["新疆维吾尔自治区"]),
        ("延边", ["吉林省延边朝鲜族自治州"]),  # the people's name left nothing of it
        ("西双版纳", ["云南省西双版纳傣族自治州"]),
        ("仙桃", ["湖北省仙桃市"]),
        ("海南", ["海南省"]),  # the province before the prefecture of that name
        ("吉林", ["吉林省"]),
        ("吉林市", ["吉林省吉林市"]),
        ("台州和泰州", ["浙江省台州市", "江苏省泰州市"]),
        ("羊城", ["广东省广州市"]),
        ("黄埔", ["广东省广州市黄埔区"]),
        ("广州开发区", ["广东省广州市黄埔区"]),
        ("在津企业", ["天津市"]),
        ("滨海新区", ["天津市滨海新区"]),
        ("全国", []),
        ("火星", []),
    ],
)
def test_a_name_is_read(text: str, regions: list[str]) -> None:
    assert names(text) == regions


@pytest.mark.parametrize(
    "text",
    [
        "高新技术企业",
        "合作共赢",
        "标准化工作新建项目",
        "富裕起来的单位",
        "提供友好服务",
        "天津津贴"[2:],
        "朝阳产业",
        "互助的企业",
    ],
)
def test_a_word_is_no_region(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["鼓楼区", "市中区", "朝阳区"])
def test_a_name_that_several_regions_share_keeps_all_of_them(text: str) -> None:
    (mention,) = find_regions(text)
    assert len(mention.regions) > 1
    assert {region.parts[-1] for region in mention.regions} == {text}


def test_the_city_before_it_settles_a_shared_name() -> None:
    assert names("济南市市中区") == ["山东省济南市市中区"]


def test_a_region_that_has_documents_wins_over_its_namesake() -> None:
    """龙港 is a district in the north-east as well."""
    assert names("龙港", (LONGGANG,)) == [LONGGANG.name]
    assert len(find_regions("龙港")[0].regions) == 2


def test_mentions_know_their_place() -> None:
    mentions = find_regions("请问温州市的政策")
    assert [(mention.start, mention.end, mention.name, mention.is_full_name) for mention in mentions] == [
        (2, 5, "温州市", True)
    ]


@pytest.mark.parametrize(
    ("region", "other", "covers"),
    [
        (Region(), LONGGANG, True),
        (Region(province="浙江省"), LONGGANG, True),
        (LONGGANG, LONGGANG, True),
        (LONGGANG, Region(province="浙江省"), False),
        (Region(province="福建省"), LONGGANG, False),
        (Region(province="北京市"), Region(province="北京市", county="海淀区"), True),
    ],
)
def test_a_region_covers_what_lies_within_it(region: Region, other: Region, covers: bool) -> None:
    assert region.covers(other) is covers


def test_the_nation_has_a_name() -> None:
    assert Region().name == "全国"
