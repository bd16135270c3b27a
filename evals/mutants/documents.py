"""Faults on the way in: documents that are missing, cut, misread or filed in the wrong place."""

from dataclasses import replace

from corpus.records import Region
from evals.mutants.editing import cut_before, document_changed, facts_changed, misread, without_document
from evals.mutants.mutant import Mutant, Stage

_OTHER_BUDGET = {"市级": "县级", "县级": "市级"}

MUTANTS = (
    Mutant(
        name="award_policy_lost",
        stage=Stage.DOCUMENTS,
        breaks="An award policy is missing.",
        edit=without_document("tianjin-2021-tjsyfbzhzzxm"),
    ),
    Mutant(
        name="measure_lost",
        stage=Stage.DOCUMENTS,
        breaks="A province's measures, which grant nothing, are missing.",
        edit=without_document("heilongjiang-2018"),
    ),
    Mutant(
        name="national_document_lost",
        stage=Stage.DOCUMENTS,
        breaks="A document of the State Council is missing.",
        edit=without_document("guojia-2017"),
    ),
    Mutant(
        name="last_article_lost",
        stage=Stage.DOCUMENTS,
        breaks="The last article of a policy, which says from when to when it holds, is cut off.",
        edit=cut_before("linyi-2019", "第十六条"),
    ),
    Mutant(
        name="closing_line_lost",
        stage=Stage.DOCUMENTS,
        breaks="The one sentence of a policy's closing chapter is cut off.",
        edit=cut_before("longgang-2023", "附则"),
    ),
    Mutant(
        name="digit_misread",
        stage=Stage.DOCUMENTS,
        breaks="One digit of one sum is read wrong: 15 as 18.",
        edit=misread("foshan-2018", "修订的，补助不超过15万元", "修订的，补助不超过18万元"),
    ),
    Mutant(
        name="region_misfiled",
        stage=Stage.DOCUMENTS,
        breaks="A city's policy is filed under its neighbour.",
        edit=document_changed("linyi-2019", lambda one: replace(one, region=Region(province="山东省", city="日照市"))),
    ),
    Mutant(
        name="columns_confused",
        stage=Stage.DOCUMENTS,
        breaks="The columns of a table, what the city pays and what the county pays, are taken for each other.",
        edit=facts_changed(
            lambda fact: replace(fact, budget=_OTHER_BUDGET.get(fact.budget, fact.budget)), "shengsi-undated"
        ),
    ),
)
