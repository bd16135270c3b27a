"""Describing a document: title, region, dates, status and kind from the text, and nothing that it does not say."""

from datetime import date

import pytest

from corpus.describe import Given, describe, printed_title, propose_id, read_kind, read_region
from corpus.records import Kind, PolicyDocument, Region, Status

WENZHOU = Region(province="浙江省", city="温州市")


def described(*lines: str, heading: str | None = None, given: Given | None = None) -> PolicyDocument:
    return describe(list(lines), heading=heading, source="raw.txt", file_stem="raw", given=given or Given())


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["温州市标准化奖励办法", "第一条 目的。"], "温州市标准化奖励办法"),
        (["# 温州市标准化奖励办法", "第一条 目的。"], "温州市标准化奖励办法"),
        (["温州市人民政府", "关于推进标准化的", "实施意见", "各区："], "温州市人民政府关于推进标准化的实施意见"),
        (["关于印发《温州市奖励办法》的", "通知", "各区："], "温州市奖励办法"),
        (["温州市奖励办法（试行）", "第一条 目的。"], "温州市奖励办法（试行）"),
        (
            ["关于推进标准强县建设", "的实施意见（征求意见稿）", "提出如下意见。"],
            "关于推进标准强县建设的实施意见（征求意见稿）",
        ),
        (["为规范奖励工作，制定本办法。", "1.范围。"], None),
    ],
)
def test_the_printed_title_is_read(lines: list[str], title: str | None) -> None:
    assert printed_title(lines) == title


def test_a_title_that_is_not_printed_is_put_together_and_says_so() -> None:
    document = described("为加强和规范标准化工作，结合实际，制定本办法。", "温州市企业；温州市协会；温州市学会。")
    assert document.title == "温州市标准化工作办法（原文未印标题）"


def test_the_file_name_is_the_last_resort_for_a_title() -> None:
    assert described("给予奖励。").title == "raw"


@pytest.mark.parametrize(
    ("title", "lines", "region"),
    [
        ("温州市标准化奖励办法", [], WENZHOU),
        ("温州市龙港市奖励办法", [], Region(province="浙江省", city="温州市", county="龙港市")),
        ("贯彻《浙江省标准化条例》温州市实施办法", [], WENZHOU),  # a cited title names another region
        ("市场监管总局关于标准化的意见", ["温州市"] * 9, Region()),
        ("标准化奖励办法", ["温州市人民政府"], WENZHOU),
        ("标准化奖励办法", ["温州市的企业", "在温州市注册", "温州市市监局"], WENZHOU),
        ("标准化奖励办法", ["温州市的企业", "在温州市注册"], Region()),  # twice is not often enough
        ("标准化奖励办法", ["朝阳区的企业"] * 9, Region()),  # several regions are called so
        (None, ["给予奖励。"], Region()),
    ],
)
def test_the_region_is_read(title: str | None, lines: list[str], region: Region) -> None:
    assert read_region(title, lines) == region


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["办法", "（发布时间：2021年1月2日）", "第一条 目的。"], date(2021, 1, 2)),
        (["办法", "(印发日期: 2021年1月2号)", "第一条 目的。"], date(2021, 1, 2)),
        (["办法", "第一条 目的。", "温州市人民政府", "2021年1月2日"], date(2021, 1, 2)),
        (["办法", "第一条 目的。", "二〇二一年一月二日"], date(2021, 1, 2)),
        (["办法", "（发布时间：2月15日）", "第一条 目的。"], None),  # no year is printed, and none is guessed
        (["办法", "（发布时间：2021年2月30日）"], None),
        (["办法", "第一条 2021年1月2日前获奖的除外。"], None),
    ],
)
def test_the_day_of_publication_is_read(lines: list[str], published: date | None) -> None:
    assert described(*lines).published == published


def test_the_start_counts_from_the_day_of_publication() -> None:
    document = described("办法", "（发布时间：2021年7月30日）", "第九条 本办法自公布之日起30日后施行，有效期三年。")
    assert (document.in_force_from, document.in_force_until) == (date(2021, 8, 30), date(2024, 8, 29))


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["温州市奖励办法（征求意见稿）", "本办法自2023年1月1日起施行。"], Status.DRAFT),
        (["温州市奖励办法", "（征求意见稿）", "第一条 目的。"], Status.DRAFT),
        (["温州市奖励办法", "本办法自2023年1月1日起施行。"], Status.ISSUED),
        (["温州市奖励办法", "2023年1月1日"], Status.ISSUED),
        (["温州市奖励办法", "第一条 目的。"], Status.UNKNOWN),
        (
            [
                "温州市奖励办法",
                "第一条 标准应当向社会公开征求意见。",
            ],
            Status.UNKNOWN,
        ),
    ],
)
def test_the_status_is_read(lines: list[str], status: Status) -> None:
    assert described(*lines).status is status


def test_a_heading_that_says_issued_means_issued_though_no_date_is_whole() -> None:
    document = described("国家标准委印发《工作要点》", "（发布时间：2月15日）", heading="国家标准委印发《工作要点》")
    assert (document.status, document.published) == (Status.ISSUED, None)


AWARDS = "甲奖给予奖励10万元。乙奖给予补助5万元。丙奖给予资助1万元。"


@pytest.mark.parametrize(
    ("title", "text", "region", "kind"),
    [
        ("温州市奖励办法", AWARDS, WENZHOU, Kind.AWARD_POLICY),
        ("温州市奖励办法", "甲奖给予奖励10万元。乙奖给予补助5万元。", WENZHOU, Kind.MEASURE),  # two are not enough
        ("温州市实施意见", "项目\t奖励（万元）\n甲\t10", WENZHOU, Kind.AWARD_POLICY),
        ("国家标准管理办法", AWARDS, Region(), Kind.NATIONAL_POLICY),
        ("关于发布重点领域名单的公告", "", Region(), Kind.LIST),
        ("关于征集重点领域的通知", "", Region(), Kind.NOTICE),
        ("市场监管总局发布《关于征集重点领域的通知》", "", Region(), Kind.NOTICE),
        ("发布《数据元》（JR/T 0254—2022）标准", "", Region(), Kind.STANDARD),
        ("温州市标准化管理办法", "应当公开。", WENZHOU, Kind.MEASURE),
    ],
)
def test_the_kind_is_read(title: str, text: str, region: Region, kind: Kind) -> None:
    assert read_kind(title, text, region) is kind


@pytest.mark.parametrize(
    ("lines", "issuer", "number"),
    [
        (["温州市人民政府文件", "温政发〔2021〕20号", "温州市奖励办法"], "温州市人民政府", "温政发〔2021〕20号"),
        (["温州市奖励办法", "温政发 [2021] 20 号"], None, "温政发[2021]20号"),
        (["温州市奖励办法", "依照国办发〔2013〕1号文件。", "温州市市场监督管理局"], "温州市市场监督管理局", None),
        (["温州市奖励办法", "第一条 目的。"], None, None),
    ],
)
def test_issuer_and_number_are_read(lines: list[str], issuer: str | None, number: str | None) -> None:
    document = described(*lines)
    assert (document.issuer, document.document_number) == (issuer, number)


def test_what_the_user_states_wins_over_the_text() -> None:
    stated = Given(
        id="mine",
        title="我的办法",
        region=Region(province="福建省"),
        issuer="某局",
        document_number="某〔2025〕1号",
        published=date(2025, 1, 1),
        in_force_from=date(2025, 2, 2),
        in_force_until=date(2026, 3, 3),
        status=Status.DRAFT,
        kind=Kind.NOTICE,
    )
    document = described(
        "温州市奖励办法", "温政发〔2021〕20号", "本办法自2023年1月1日起施行，有效期3年。", given=stated
    )
    assert {name: getattr(document, name) for name in vars(stated)} == vars(stated)


@pytest.mark.parametrize(
    ("region", "day", "proposed"),
    [
        (Region(province="浙江省", city="温州市", county="龙港市"), date(2023, 1, 1), "longgang-2023"),
        (Region(province="福建省", city="莆田市", county="城厢区"), None, "chengxiang-undated"),
        (Region(), date(2016, 8, 1), "guojia-2016"),
        (Region(province="湖南省", city="长沙市", county="长沙县"), date(2020, 1, 1), "changsha-2020"),
    ],
)
def test_an_id_is_proposed_from_region_and_year(region: Region, day: date | None, proposed: str) -> None:
    assert propose_id(region, day) == proposed
