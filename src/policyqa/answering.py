"""The ways to an answer: from the catalog, from a letter's head, from one list, by comparing, by reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa import (
    compare,
    earlier,
    intents,
    letterhead,
    metadata,
    operands,
    papers_asked,
    superlative,
)
from policyqa import compared as comparing
from policyqa.asked import Asked
from policyqa.compose import decline
from policyqa.compute import COMPUTED
from policyqa.decomposition import decomposed
from policyqa.directory import Directory
from policyqa.findings import NOTHING_SAID, Candidate, Said, said_in
from policyqa.letter_fields import fields_named
from policyqa.lookup import CANDIDATES
from policyqa.other_letter import speaker, speaks
from policyqa.parts import plan_asked
from policyqa.places import places_in
from policyqa.plans import Comparison, Known, Wish
from policyqa.question import content_terms, is_vague, understand
from policyqa.ranking import rank
from policyqa.reader import FIGURE_WANTS, stated
from policyqa.reader import options as options_of
from policyqa.schema import Answer, Turn
from policyqa.search import Scope, scope_of
from policyqa.single import AS_READ, Single, no_such_agency
from policyqa.text import fold


class Answerer(Single):
    """Answers single questions in every way there is. Safe to use from several threads."""

    def said(self, question: str, text: str, history: Sequence[Turn], directory: Directory) -> Said:
        """What the last answer said, for a question that leans on it and names no other place."""
        if not history or text.strip() == question.strip() or places_in(fold(question), directory.all_places):
            return NOTHING_SAID
        said = said_in(history[-1].answer)
        if fold(history[-1].question.strip()) == fold(question.strip()):
            said = replace(said, figures=frozenset())  # asked again, answered again
        return replace(said, words=frozenset(content_terms(fold(question))))

    def first_of_list(
        self, text: str, directory: Directory, issuer: str | None, year: int | None
    ) -> Answer | None:
        """The district with most or least, from one list of districts; None when that is not asked."""
        operation = superlative.asked_for(text)
        if operation is None:
            return None
        understood = self.understood(text, directory)
        scope = scope_of(understood, directory, issuer, year)
        asked, hits = self.searched(understood, scope, directory, CANDIDATES)
        candidates = rank(asked, hits, self.scorer)
        found = superlative.answer(text, operation, asked, candidates, self.passages_of)
        return found if found is not None and found.confidence >= self.threshold else None

    def plan(self, text: str, directory: Directory) -> Comparison | None:
        """How a question that compares is taken apart by rules; None for one that does not."""
        names = directory.names_in(fold(text))
        known = Known(directory.districts_around(names), self._years(directory))
        return compare.plan(text, self._today(), names, known)

    def compared(
        self, text: str, directory: Directory, issuer: str | None, year: int | None, edited: bool = True
    ) -> Answer | None:
        """The answer to a question that compares years, districts or sides; None when it does not.

        As the rules take it apart, else as the question editing model does, where that finds an answer.

        Args:
            edited: whether the model may take it apart.
        """
        plan = self.plan(text, directory)
        if plan is None and (summed := self._of_quarters(text, directory, issuer, year)):
            return summed
        found = self._by_plan(text, plan, directory, issuer, year) if plan is not None else None
        if self.editor is None or not edited or (found is not None and found.status == "answered"):
            return found
        read = decomposed(text, self.editor, self._today(), directory.names_in(fold(text)))
        if read is None or read == plan:
            return found
        other = self._by_plan(text, read, directory, issuer, year)
        return other if other is not None and comparing.worked_out(read, other) else found

    def _of_quarters(
        self, text: str, directory: Directory, issuer: str | None, year: int | None
    ) -> Answer | None:
        """The sum of the quarters of the half year asked for, where no document speaks of the half year."""
        quarters = compare.quarters(text, self.understood(text, directory).want)
        if quarters is None or compare.tells_half(text, self.single(text, directory, issuer, year)):
            return None
        summed = self._by_plan(text, quarters, directory, issuer, year, whole=False)
        return summed if summed is not None and COMPUTED in summed.text else None

    def _by_plan(
        self,
        text: str,
        plan: Comparison,
        directory: Directory,
        issuer: str | None,
        year: int | None,
        whole: bool = True,
    ) -> Answer | None:
        """The answer by the parts of a comparison, or to the whole where that says what is asked.

        Args:
            whole: whether the whole question may be asked; not where it was just asked in vain.
        """
        if is_vague(self.understood(plan.parts[0].question, directory)):
            return None
        understood = self.understood(text, directory)
        if (fields := letterhead.fields_asked(understood)) and letterhead.is_about_letter(understood, fields):
            return None  # 22年、24年的提案分别是几号: of the letters of a person, no figures
        alone = self.single(text, directory, issuer, year) if plan.stated else None
        # 由2022年的112座扩至151座 gives both sides at once.
        # 2024、2025年各多少，涨了多少: both values are asked for beside their difference.
        each = _EACH_ASKED.search(text) is not None and plan.operation in ("difference", "growth")
        outright = alone is not None and (not each or _tells(alone, len(plan.parts) + 1))
        if (
            alone
            and outright
            and (comparing.states(plan, alone) or (plan.by == "period" and comparing.computes(plan, alone)))
        ):
            return alone
        if alone and plan.by == "place" and plan.operation is None and alone.short.count("；") > 1:
            return alone  # 各区分别多少套: all that one sentence lists
        if alone and plan.by == "side" and plan.operation is None and _tells(alone, len(plan.parts)):
            return alone  # 授权多少家、多少款: as many figures as are asked for
        vectors = self._vectors([part.question for part in plan.parts])
        asked = [self.understood(part.question, directory) for part in plan.parts]
        if all(question.want in FIGURE_WANTS and not question.parts for question in asked):
            read = [
                self._ranked(part.question, directory, issuer, year, vector)
                for part, vector in zip(plan.parts, vectors, strict=True)
            ]
            answers = self._figures_together(plan, read)
        else:
            answers = [
                self.single(part.question, directory, issuer, year, vector)
                for part, vector in zip(plan.parts, vectors, strict=True)
            ]
        found = comparing.combined(text, plan, answers)
        if alone and plan.by == "side" and plan.operation is None and alone.status == "answered":
            told = sum(answer.status == "answered" for answer in answers)
            return found if found is not None and told == len(answers) else alone
        if whole and found is not None and found.status == "not_found":
            # 放款4830万元，惠及612户: one sentence may give both sides.
            alone = alone or self.single(text, directory, issuer, year)
            # 比上年少收了多少，因为什么: each part by itself
            several = alone.status == "answered" and len(understood.parts) > 1 and "；" in alone.short
            return alone if comparing.computes(plan, alone) or (several and plan.stated) else found
        return found

    def _figures_together(
        self, plan: Comparison, read: Sequence[tuple[Asked, list[Candidate], Scope]]
    ) -> list[Answer]:
        """The answers to the parts of a comparison whose figures are chosen together."""
        options = [
            () if scope.unknown else options_of(asked, ranked, self.scorer, operands.OPTIONS)
            for asked, ranked, scope in read
        ]
        wishes: list[Wish] = [p.wish or ("plan" if plan_asked(p.question) else None) for p in plan.parts]
        chosen = operands.chosen(options, wishes, alike=plan.operation != "each")
        findings, sures = operands.sure_ones(chosen, self.scorer, self.threshold, plan.operation)
        answers = []
        for (asked, ranked, _), finding, sure in zip(read, findings, sures, strict=True):
            if finding is not None:
                answers.append(stated(asked.question, [finding], sure))
            else:
                answers.append(earlier.answer(asked, ranked) or decline(asked, ranked, sure))
        return answers

    def as_read(
        self,
        question: str,
        text: str,
        history: Sequence[Turn],
        directory: Directory,
        issuer: str | None,
        year: int | None,
    ) -> tuple[Answer | None, tuple[str, ...]]:
        """The answer to what a question is read to ask of a document or of all, in words no pattern knows.

        Args:
            question: as it was put; ``text``: made whole from what was asked before it.
        """
        if self.pairs is None:
            return None, ()
        if history and history[-1].answer.citations and len(content_terms(fold(question))) < _FEW:
            # 编号呢: of the letter that the last answer came from
            alone = self._vectors([question])[0]
            names = intents.asked_for(question, alone, sure=intents.SURE_ALONE)
            if fields := fields_named(names):
                cited = history[-1].answer.citations[0].document
                understood = self.understood(text, directory)
                return letterhead.answer_from(understood, fields, [cited], AS_READ), ()
        names = intents.asked_for(text, self._vectors([text])[0])
        if any(name in intents.CATALOG for name in names):
            return self.from_catalog(text, directory, issuer, year, names)
        return self.head_as_read(text, names, directory, issuer, year), ()

    def from_catalog(
        self,
        text: str,
        directory: Directory,
        issuer: str | None,
        year: int | None,
        read: Sequence[str] = (),
    ) -> tuple[Answer | None, tuple[str, ...]]:
        """The answer to a question about the documents themselves, and the figures counted for it.

        Args:
            read: what it was read to ask for (``intents.CATALOG``); by patterns where nothing was.
        """
        understood = self.understood(text, directory)
        entries = self._entries_now()
        people = papers_asked.people_in(understood.folded, entries)
        if read:
            request = papers_asked.requested_as(understood, people, read, entries, intents.asking_words())
        else:
            request = papers_asked.requested(understood, people)
        if request is None:
            return None, ()
        scope = scope_of(understood, directory, issuer, year)
        if scope.elsewhere:
            return no_such_agency(understood, scope), ()
        issuers = scope.issuers
        if (office := speaker(understood)) and not issuers:
            of_place = [e for e in entries if not scope.places or scope.places[-1] in e.home]
            issuers = tuple({"、".join(e.issuers): None for e in of_place if speaks(office, e.issuers)})
            if not issuers:
                told = f"没有收录{scope.places[-1] if scope.places else ''}{office}印发的文件。"
                return Answer(understood.text, "not_found", told, confidence=0.2), ()
        if scope.documents is not None:
            allowed = set(scope.documents)
            entries = tuple(e for e in entries if e.id in allowed)
        found = metadata.answered(understood, request, entries, scope.places, issuers, self.document)
        plainly = request.types and not (request.people or request.outcomes or request.sort or scope.places)
        if not read and (request.count or plainly) and found[0].status == "not_found":
            # 2024年交办提案多少件, 发工资用哪些办法: what the catalog does not hold, a document may tell.
            by_text = self.single(text, directory, issuer, year)
            if by_text.status == "answered":
                return by_text, ()
        return found

    def _entries_now(self) -> tuple[papers_asked.Entry, ...]:
        """The heads of all documents; read again when an ingest has published another generation."""
        with self.store.index() as index:
            name = index.name
        with self._guard:
            if self._entries is None or self._entries[0] != name:
                read = tuple(papers_asked.Entry.of(d) for d in self.store.catalog.documents())
                self._entries = (name, read)
            return self._entries[1]

    def _years(self, directory: Directory) -> tuple[int, ...]:
        """The years that the documents speak of, newest first: those of their dates, and the ones before."""
        dated = {h["year"] for h in directory.heads if h["year"]} | directory.report_years
        return tuple(sorted(dated | {y - 1 for y in dated}, reverse=True))

    def about_last(self, question: str, history: Sequence[Turn]) -> Answer | None:
        """An answer to "这是哪个部门说的？": fields of the document that the last answer cites."""
        if not history or not history[-1].answer.citations:
            return None
        understood = understand(question, self._today())
        fields = letterhead.fields_asked(understood)
        if not fields or not letterhead.points_back(understood):
            return None
        cited = history[-1].answer.citations[0]
        if [f.name for f in fields] == ["发文机关"] and (own := letterhead.spoken_by(understood, cited)):
            return own
        return letterhead.answer_from(understood, fields, [cited.document])


_FEW = 3
"""How few words a question has that may lean on the last answer for the letter that it is about."""
# 2024、2025年各多少，涨了多少
_EACH_ASKED = re.compile(
    r"(?:分别|各)(?:自)?(?:是|有|为|收|交|补|给)?(?:多少|几)[^，。？]{0,4}[，,、].*(?:多少|几)"
)


def _tells(answer: Answer, count: int) -> bool:
    """Whether an answer tells at least so many things."""
    return answer.status == "answered" and answer.short.count("；") + 1 >= count
