"""Dates as they are printed, and the validity that a document states for itself and for nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_dates, read_validity
from corpus.labels import write_number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年10月12日", date(2021, 10, 12)),
        ("2021 年 1 月 2 日", date(2021, 1, 2)),
        ("２０２１年１０月１２日", date(2021, 10, 12)),
        ("2019年5月10号", date(2019, 5, 10)),
        ("2021-03-04", date(2021, 3, 4)),
        ("2021.3.4", date(2021, 3, 4)),
        ("2022 - 8 - 29发布", date(2022, 8, 29)),
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("二零二三年一月一日", date(2023, 1, 1)),
        ("二○○九年二月十日", date(2009, 2, 10)),
        ("二OO九年二月十日", date(2009, 2, 10)),  # typed with the letter O
        ("2024年2月29日", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read(text: str, day: date) -> None:
    assert find_dates(text) == [day]


@pytest.mark.parametrize("text", ["2023年2月29日", "2023年13月1日", "2023年4月31日", "2023年0月1日"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize("text", ["2月15日", "2023年", "2023年5月", "GB/T 1.1—2020"])
def test_an_incomplete_date_is_none(text: str) -> None:
    assert find_dates(text) == []


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_in_chinese_numerals_reads_back(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    if year[0] in "一二":
        assert find_dates(f"{year}年{write_number(day.month)}月{write_number(day.day)}日") == [day]


PUBLISHED = date(2021, 7, 30)


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("本办法自2023年1月1日起施行。", date(2023, 1, 1), None),
        ("本办法于2023年1月1日起正式施行。", date(2023, 1, 1), None),
        ("本意见自2023年1月1日施行。", date(2023, 1, 1), None),
        ("本办法自印发之日起施行。", PUBLISHED, None),
        # 30日后 leaves out the day itself: the thirtieth day is 29 August.
        ("本办法自公布之日起30日后施行。", date(2021, 8, 30), None),
        ("本办法自公布之日起三十日后施行，有效期三年。", date(2021, 8, 30), date(2024, 8, 29)),
        ("本办法自2018年12月1日起实施，有效期5年。", date(2018, 12, 1), date(2023, 11, 30)),
        ("本办法自2018年12月1日起实施，有效期两年。", date(2018, 12, 1), date(2020, 11, 30)),
        ("本办法自2018年12月1日起试行，试行期暂定为２年。", date(2018, 12, 1), date(2020, 11, 30)),
        ("本办法自2020年2月29日起施行，有效期3年。", date(2020, 2, 29), date(2023, 2, 28)),
        ("本办法自2020年2月29日起施行，有效期4年。", date(2020, 2, 29), date(2024, 2, 28)),
        ("本办法自2020年1月1日起施行，有效期至2024年12月31日。", date(2020, 1, 1), date(2024, 12, 31)),
        ("本办法自2020年1月1日起施行，至2024年12月31日止。", date(2020, 1, 1), date(2024, 12, 31)),
        ("本办法自2020年1月1日起施行。有效期三年。", date(2020, 1, 1), date(2022, 12, 31)),
        ("本办法自2020年1月1日起施行。本办法有效期三年。", date(2020, 1, 1), date(2022, 12, 31)),
        ("2022 - 8 - 29实施", date(2022, 8, 29), None),
        ("第九条 获奖单位给予奖励。", None, None),
    ],
)
def test_validity_is_read(text: str, start: date | None, until: date | None) -> None:
    validity = read_validity(text, PUBLISHED)
    assert (validity.in_force_from, validity.in_force_until) == (start, until)


def test_from_publication_without_a_date_of_publication_stays_unknown() -> None:
    validity = read_validity("本办法自发布之日起施行，有效期三年。", None)
    assert (validity.in_force_from, validity.in_force_until) == (None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "企业标准领跑者称号有效期三年。",
        "获得的证书有效期为3年，自发布之日起计算。",
        "本证书有效期三年。",
        "在本办法有效期内符合条件的，可以申报。",
        "有效期届满前应当复审。",
        "本办法对2019年1月1日至2020年12月31日获得的奖项有效。",
    ],
)
def test_the_validity_of_something_else_is_not_the_documents(sentence: str) -> None:
    validity = read_validity(f"本办法自2020年1月1日起施行。{sentence}", PUBLISHED)
    assert (validity.in_force_from, validity.in_force_until) == (date(2020, 1, 1), None)


@pytest.mark.parametrize(
    "rest",
    [
        "，获得的称号有效期三年。",
        "，2020年1月1日至2020年12月31日获得的成果参照执行。",
    ],
)
def test_a_period_in_the_same_sentence_is_not_the_documents_either(rest: str) -> None:
    assert read_validity(f"本办法自2021年1月1日起施行{rest}", PUBLISHED).in_force_until is None


def test_the_start_of_another_document_is_not_this_ones() -> None:
    text = "根据自2015年3月1日起施行的《丁条例》和其他有关规定，结合全市工作的实际情况和发展需要，制定如下措施。"
    assert read_validity(text, PUBLISHED).in_force_from is None


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("《旧办法》同时废止。", ("旧办法",)),
        ("《旧办法》（云政〔2013〕1号）自本办法施行之日起废止。", ("旧办法",)),
        ("本办法施行之日，《旧办法》（云政〔2013〕1号）废止。", ("旧办法",)),
        ("《关于印发〈旧办法〉的通知》《旧细则》同时废止。", ("关于印发〈旧办法〉的通知", "旧细则")),
        ("标准废止的，应当公告。", ()),
        ("依据《丁条例》，市政府可以废止地方标准。", ()),
    ],
)
def test_repealed_documents_are_named(sentence: str, titles: tuple[str, ...]) -> None:
    assert read_validity(f"本办法自2020年1月1日起施行。{sentence}", None).repeals == titles
