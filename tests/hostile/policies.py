"""The policies that hostile questions are put to: those of the tests of answering, a hostile one, and one whose sums
have to be worked out. All are made up; the regions are real.
"""

from corpus.records import PolicyDocument
from tests.assistant.conftest import read_policy
from tests.assistant.policies import POLICIES
from tests.assistant.whole_service import policies

RECKONED = """江门市标准化专项资金办法
第一条 主导制定国家标准的，每项奖励100万元。主导单位有多家并列第一的，奖励金额由各家平均分配。
第二条 主导制定行业标准的，每项奖励40万元；主导制定团体标准的，每项奖励6万元。
第三条 参加国际标准化会议的，按实际费用的50%给予补助，最高不超过8万元。
第四条 同一单位年度奖励累计不超过150万元。
第五条 本办法自2024年1月1日起施行，有效期至2028年12月31日。
"""


def all_policies() -> dict[str, PolicyDocument]:
    """Every policy, by id."""
    sound = {name: read_policy(text, name) for name, text in (POLICIES | {"jiangmen-2024": RECKONED}).items()}
    return policies() | sound
