"""Made-up sentences on which an exported model is compared with the full one (no policy's wording)."""

_SUBJECTS = (
    "海棠市的一家泵阀企业",
    "青禾县茶叶协会",
    "某软件公司的标准化部门",
    "北岭大学的检测中心",
    "承担秘书处工作的研究院",
    "今年新成立的物流公司",
)
_MATTERS = (
    "想知道牵头写一份国标能领多少钱",
    "去年参与了两项团体标准，排名第三",
    "的试点项目通过了验收，但材料交晚了一个月",
    "询问标委会换届以后补助还发不发",
    "申请材料里缺了财务报表，需要补交哪些文件",
    "的产品采用国外先进标准，还获得了4A级证书，想在同一年度内申报两类奖励，并且了解是否会重复计算、"
    "由谁审核、公示多少天、资金何时到账",
)
PROBES = tuple(subject + matter for subject in _SUBJECTS for matter in _MATTERS)
