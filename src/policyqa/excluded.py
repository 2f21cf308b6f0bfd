"""Which figures cannot answer a question, whatever fits of them otherwise: all such rules in one place.

One that is excluded is passed over for the next; where it is all there is, the question is declined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyqa import match
from policyqa.asked import Asked
from policyqa.beside import (
    no_price,
    of_before,
    of_one_district,
    of_several,
    of_the_case,
    only_added,
    only_changed,
    only_reached,
    opposed,
    other_index,
    other_name,
    other_rate,
    other_side,
    other_tier,
    other_way,
    part_of_sum,
    per_head,
)
from policyqa.dates import DATE_UNIT
from policyqa.evidence import Evidence
from policyqa.limits import other_bound
from policyqa.other_day import given_up, other_day, signing_day
from policyqa.period_fit import other_part
from policyqa.premise import foretold, not_yet, planned_only
from policyqa.schema import Figure
from policyqa.speaker import agency_says, asker_says
from policyqa.undone import affirmed, denied, no_gap, of_all, of_each_only, of_so_many, whole_of

# 7140吨是多少万吨
_CONVERTED = re.compile(r"[是合]多少[万亿千百]|换算|折合|等于|相当于|是不是|对不对")


def contradicted(features: Mapping[str, float]) -> bool:
    """Whether a finding speaks of another year or another place than the question names.

    A figure beside another place's name is that place's; a sentence may name another in passing.
    """
    if "f_period" in features:
        return features["f_period"] <= -1.0 or features["f_place"] <= -0.6
    return features["period"] <= -1.0 or features["place"] <= -1.0


def excluded_by(asked: Asked, figure: Figure, features: Mapping[str, float], evidence: Evidence) -> bool:
    """Whether a figure cannot answer: of another year or place, no change where one is asked for, no rest;
    planned where it is asked what was done, or of a time after the document.

    Args:
        features: of the figure in its passage (``policyqa.match.figure_features``).
    """
    # Who asks by how much it changed is not told how much it is.
    no_change = asked.question.aspect == "change" and features["f_aspect"] <= -1.0
    # 同比下降11.7% is no share of anything.
    no_change = no_change or {asked.question.aspect, figure.aspect} == {"share", "growth"}
    ahead = foretold(asked.question, evidence.passage.document) and features["f_plan"] <= 0.0
    ahead = ahead or not_yet(asked.question, evidence.passage.document, figure)
    not_done = ahead or planned_only(asked.question, features["f_plan"])
    # …安排七百多万人就业，其中…多少人: what the question says itself answers nothing.
    echo = (
        features["f_echo"] >= 1.0
        and figure.unit != DATE_UNIT
        and not _CONVERTED.search(asked.question.folded)
    )
    other = echo or features["f_range"] <= -1.0 or other_side(asked.question, figure)
    other = other or other_rate(asked.question, figure)
    other = other or other_name(asked.question, figure, evidence.figures)
    other = other or asker_says(asked.question, figure, evidence.folded)
    other = other or agency_says(asked.question, figure, evidence.folded, evidence.passage.role)
    other = other or other_index(
        asked.question, evidence.bare + evidence.before + evidence.leading + evidence.context
    )
    other = other or no_price(asked.question, figure) or other_bound(asked.question.folded, figure)
    other = other or only_added(asked.question, figure) or only_changed(asked.question, figure)
    other = other or other_way(asked.question, figure) or only_reached(asked.question, figure)
    other = other or of_before(asked.question, figure) or per_head(asked.question, figure)
    other = other or given_up(asked.question, figure, evidence.folded)
    other = other or no_gap(asked.question, figure, evidence.folded)
    other = other or of_each_only(asked.question, figure, evidence.folded)
    other = other or of_all(asked.question, figure, evidence.folded)
    other = other or of_so_many(asked.question, figure, evidence.folded)
    other = other or whole_of(asked.question, figure, evidence.folded)
    other = other or denied(asked.question, figure) or affirmed(asked.question, figure)
    other = other or of_the_case(asked.question, figure, evidence.folded)
    other = other or part_of_sum(asked.question, figure, evidence.folded)
    other = other or signing_day(asked.question, figure, evidence.folded, evidence.passage.role)
    other = other or other_day(asked.question, figure, evidence.folded)
    other = other or other_tier(asked.question, figure, evidence.figures)
    other = (
        other or of_several((*asked.places, *asked.strangers), figure) or other_part(asked.question, figure)
    )
    other = other or (
        of_one_district(asked.question, figure) and not set(asked.places) & set(evidence.places[-1:])
    )
    other = other or opposed(asked.question, figure) or match.other_column(asked, figure, evidence)
    return contradicted(features) or no_change or not_done or other
