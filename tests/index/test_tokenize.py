"""Tokens: domain terms and codes stay whole, and readers cut exactly as the build did."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokenize import Tokenizer, load_full, load_small

TEXTS = [
    "承担全国专业标准化技术委员会秘书处的单位，由市里给予激励",
    "评为“领跑者”的产品，按GB/T 12345.6-2019执行；Q/JTYLY 0024S-2021除外",
    "创建AAAA级单位的，另行给予8万元",
]


@pytest.fixture(scope="module")
def full() -> Tokenizer:
    return load_full()


@pytest.fixture(scope="module")
def small(full, tmp_path_factory) -> Tokenizer:
    path = Path(tmp_path_factory.mktemp("dictionary") / "dictionary.json")
    full.narrowed_to(TEXTS).save(path)
    return load_small(path)


def test_domain_terms_stay_whole_and_inner_words_are_given_too(full):
    tokens = full.cut("标准化技术委员会换届")
    assert "标准化技术委员会" in tokens
    assert "委员会" in tokens


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("执行GB/T 12345.6-2019的", "gb/t12345.6-2019"),
        ("执行ＧＢ／Ｔ 12345.6—2019的", "gb/t12345.6-2019"),
        ("GB/T12345.6", "gb/t12345.6"),
        ("Q/JTYLY 0024S-2021", "q/jtyly0024s-2021"),
        ("DB33/T 2077-2017", "db33/t2077-2017"),
        ("ISO 9001:2015认证", "iso9001-2015"),
        ("通过AAAA级评价", "4a"),
        ("通过4A评价", "4a"),
        ("TC/SC/WG秘书处", "tc/sc/wg"),
    ],
)
def test_codes_and_grades_stay_whole(full, text, token):
    assert token in full.cut(text)


def test_a_number_without_its_year_meets_the_one_with_it(full):
    assert "gb/t1.1" in set(full.cut("GB/T 1.1")) & set(full.cut("GB/T 1.1-2020"))


def test_words_of_asking_are_left_out(full):
    assert not {"多少", "怎么", "的"} & set(full.cut("怎么申请？能拿多少的钱"))


def test_the_small_dictionary_cuts_its_texts_like_the_big_one(full, small):
    assert [small.cut(text) for text in TEXTS] == [full.cut(text) for text in TEXTS]


def test_the_small_dictionary_needs_no_loading_of_the_big_one(small):
    import jieba

    small.cut("秘书处")
    assert jieba.dt.initialized is False


@given(st.text())
def test_any_text_can_be_cut(text):
    tokenizer = Tokenizer({"标准": 10}, 100)
    assert all(isinstance(token, str) and token for token in tokenizer.cut(text))
