"""The ways to an answer: from the catalog, from a letter's head, from one list, by comparing, by reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa import (
    claims,
    commitments,
    compare,
    earlier,
    letterhead,
    levels,
    metadata,
    operands,
    restated,
    superlative,
    versions,
)
from policyqa import compared as comparing
from policyqa.asked import Asked
from policyqa.compose import decline, nearest_of
from policyqa.compute import COMPUTED
from policyqa.computing import computed_instead
from policyqa.decomposition import decomposed
from policyqa.directory import Directory
from policyqa.findings import NOTHING_SAID, Candidate, Said, said_in
from policyqa.followup import whole
from policyqa.lookup import CANDIDATES, Lookup
from policyqa.other_letter import is_other, speaker, speaks
from policyqa.parts import plan_asked
from policyqa.periods import relative_years
from policyqa.places import places_in
from policyqa.plans import Comparison, Known, Wish
from policyqa.question import Question, content_terms, is_vague, understand
from policyqa.ranking import rank
from policyqa.reader import FIGURE_WANTS, answer, stated
from policyqa.reader import options as options_of
from policyqa.schema import Answer, Hit, Turn
from policyqa.search import Scope, scope_of
from policyqa.suggest import choices
from policyqa.text import fold


class Answerer(Lookup):
    """Answers single questions in every way there is. Safe to use from several threads."""

    def single(
        self,
        text: str,
        directory: Directory,
        issuer: str | None,
        year: int | None,
        vector: Sequence[float] | None = None,
        said: Said = NOTHING_SAID,
    ) -> Answer:
        """The answer to one question that compares nothing.

        Args:
            vector: the text's, when it was encoded already.
            said: what the answer before it said.
        """
        asked, candidates, scope = self._ranked(text, directory, issuer, year, vector, said=said)
        understood = asked.question
        if scope.unknown:
            told = f"收录的文件中没有“{'、'.join(scope.unknown)}”，也没有文件提到它。下面是最接近的内容。"
            return Answer(text, "not_found", told, nearest=tuple(c.hit for c in nearest_of(candidates)[:3]))
        result = self._from_head(understood, scope, directory, candidates)
        if result is not None and len(letterhead.fields_asked(understood)) < len(understood.parts):
            # 0216号是谁提的，谈什么: one of the head, one of the text.
            result = self._part_by_part(understood, directory, issuer, year) or result
        if result is None:
            result = self._commitments(understood, scope, directory)
        if result is None and letterhead.asks_for_earlier(understood):
            # Of the letter before this one only its text can tell; its own head and tail say their own.
            candidates = [c for c in candidates if c.hit.passage.role not in ("head", "tail")] or candidates
        vague = is_vague(understood, asked.places) and not scope.issuers and not asked.strangers
        if result is None and vague:
            result = self._ask_back(understood, [c.hit for c in candidates])
        if result is None:
            ways = (way(asked, candidates) for way in (restated.answer, levels.answer, claims.answer))
            result = next((found for found in ways if found is not None), None)
        if result is None:
            result = answer(asked, candidates, self.scorer, self.threshold, said)
            result = computed_instead(asked, candidates, result, said)
            if result.status == "not_found":
                result = self._then_and_now(understood, directory, issuer, year) or result
            if result.status == "not_found":
                result = self._by_letter(asked, candidates, said) or result
            # The year's figure tells nothing of its second half.
            if (quarters := compare.quarters(text, understood.want)) and not compare.tells_half(text, result):
                summed = self._by_plan(text, quarters, directory, issuer, year, whole=False)
                result = summed if summed is not None and COMPUTED in summed.text else result
        if result.status == "not_found" and not result.nearest:
            result = replace(result, nearest=tuple(c.hit for c in nearest_of(candidates)[:3]))
        return result

    def _then_and_now(
        self, question: Question, directory: Directory, issuer: str | None, year: int | None
    ) -> Answer | None:
        """By how much an older document's value changed until a newer one; None when that is not asked."""
        plain = versions.asked_plainly(question)
        if plain is None:
            return None
        asked, ranked, _ = self._ranked(plain, directory, issuer, year)
        pair = versions.pair(options_of(asked, ranked, self.scorer, operands.OPTIONS))
        if pair is None:
            return None
        older, newer = pair
        sures = operands.sureties([newer, older], self.scorer, "difference")
        answers = [stated(asked.question, [f], sure) for f, sure in zip((newer, older), sures, strict=True)]
        comparison = versions.set_against(older, newer, plain)
        found = comparing.combined(question.text, comparison, answers) if comparison else None
        return found if found is not None and found.confidence >= self.threshold else None

    def _part_by_part(
        self, question: Question, directory: Directory, issuer: str | None, year: int | None
    ) -> Answer | None:
        """The parts of a question each answered by itself, in its own way; None when one is not."""
        asked: list[str] = []
        for part in question.parts:
            asked.append(whole(part, asked, directory.all_places, self._today()))
        if any(self.understood(one, directory).parts for one in asked):
            return None
        answers = [self.single(one, directory, issuer, year) for one in asked]
        if any(one.status != "answered" for one in answers):
            return None
        return Answer(
            question.text,
            "answered",
            "\n".join(dict.fromkeys(one.text for one in answers)),
            "；".join(dict.fromkeys(one.short for one in answers)),
            tuple({(c.document.id, c.start, c.end): c for one in answers for c in one.citations}.values()),
            confidence=min(one.confidence for one in answers),
        )

    def _by_letter(self, asked: Asked, candidates: Sequence[Candidate], said: Said) -> Answer | None:
        """The answer with 去年 and 今年 meant as the nearest letter means them, said so; None without one.

        Who has a letter of 2024 before him asks about 去年 as it stands there.
        """
        question = asked.question
        dated = candidates[0].hit.passage.document.dated if candidates else None
        if dated is None or not (words := relative_years(question.folded)):
            return None
        again = understand(question.text, dated, (*asked.places, *asked.strangers))
        if not question.years or again.years in ((), question.years):
            return None
        hits = [(c.hit, c.features["cos"]) for c in candidates]
        meant = replace(asked, question=again)
        ranked = rank(meant, hits, self.scorer, self.pairs)
        result = answer(meant, ranked, self.scorer, self.threshold, said)
        if result.status != "answered":
            return None
        meaning = f"说的是{_years_said(again)}，不是{_years_said(question)}"
        note = f"（“{words[0]}”按该文件写作的时间理解，{meaning}。）"
        # On the line of a single statement, so that it can still be given in another unit.
        line = "\n" if "\n" in result.text else ""
        return replace(result, text=f"{result.text}{line}{note}")

    def said(self, question: str, text: str, history: Sequence[Turn], directory: Directory) -> Said:
        """What the last answer said, for a question that leans on it and names no other place."""
        if not history or text.strip() == question.strip() or places_in(fold(question), directory.all_places):
            return NOTHING_SAID
        said = said_in(history[-1].answer)
        if fold(history[-1].question.strip()) == fold(question.strip()):
            said = replace(said, figures=frozenset())  # asked again, answered again
        return replace(said, words=frozenset(content_terms(fold(question))))

    def _ask_back(self, question: Question, hits: Sequence[Hit]) -> Answer | None:
        """A question back, with what the nearest passages could answer; None when they offer nothing."""
        offered = choices([hit.passage for hit in hits], question.unit)
        if len(offered) < 2:
            # Nothing may be offered for 任务完成没有; a figure may still be the only one there is.
            told = "问题还不够具体，请说明问的是什么事。"
            alone = len({hit.passage.document.id for hit in hits[:_NEAREST]}) < 2
            return (
                None if question.want in FIGURE_WANTS and alone else Answer(question.text, "not_found", told)
            )
        lines = [f"{number}. {asked}" for number, (asked, _) in enumerate(offered, 1)]
        near = {passage.id for _, passage in offered}
        return Answer(
            question.text,
            "not_found",
            "\n".join(["问题还不够具体，请说明问的是哪个地方的哪项内容。您是想问：", *lines]),
            nearest=tuple(hit for hit in hits if hit.passage.id in near),
        )

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
        found = self._by_plan(text, plan, directory, issuer, year) if plan is not None else None
        if self.editor is None or not edited or (found is not None and found.status == "answered"):
            return found
        read = decomposed(text, self.editor, self._today(), directory.names_in(fold(text)))
        if read is None or read == plan:
            return found
        other = self._by_plan(text, read, directory, issuer, year)
        return other if other is not None and comparing.worked_out(read, other) else found

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

    def from_catalog(
        self, text: str, directory: Directory, issuer: str | None, year: int | None
    ) -> tuple[Answer | None, tuple[str, ...]]:
        """The answer to a question about the documents themselves, and the figures counted for it."""
        understood = self.understood(text, directory)
        entries = self._entries_now()
        people = metadata.people_in(understood.folded, entries)
        request = metadata.requested(understood, people)
        if request is None:
            return None, ()
        scope = scope_of(understood, directory, issuer, year)
        if scope.elsewhere:
            return _no_such_agency(understood, scope), ()
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
        if (request.count or plainly) and found[0].status == "not_found":
            # 2024年交办提案多少件, 发工资用哪些办法: what the catalog does not hold, a document may tell.
            read = self.single(text, directory, issuer, year)
            if read.status == "answered":
                return read, ()
        return found

    def _entries_now(self) -> tuple[metadata.Entry, ...]:
        """The heads of all documents; read again when an ingest has published another generation."""
        with self.store.index() as index:
            name = index.name
        with self._guard:
            if self._entries is None or self._entries[0] != name:
                read = tuple(metadata.Entry.of(d) for d in self.store.catalog.documents())
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

    def _from_head(
        self, question: Question, scope: Scope, directory: Directory, candidates: Sequence[Candidate]
    ) -> Answer | None:
        """An answer about a letter itself, when the question asks for a field of its head or tail."""
        fields = letterhead.fields_asked(question)
        if not fields or not letterhead.is_about_letter(question, fields):
            return None
        if scope.elsewhere and not scope.named:
            return _no_such_agency(question, scope)
        if scope.absent:
            told = (
                f"没有收录{scope.places[-1]}第{'、'.join(scope.absent)}号提案（建议）的文件，别处有同号的。"
            )
            return Answer(question.text, "not_found", told, confidence=0.2)
        if unheld := [] if scope.named else _unheld(question, directory):
            told = f"没有收录第{'、'.join(unheld)}号提案（建议）的文件，也没有文件提到它。"
            return Answer(question.text, "not_found", told, confidence=0.2)
        named = list(scope.named) or directory.of_person(question.folded, scope.places)
        sure = letterhead.NAMED if named else letterhead.MEANT
        if not named:
            # No number and no name: the letter whose passages come first, of the issuer and year named.
            letters = [candidate.hit.passage.document for candidate in candidates]
            letters = letterhead.to_member(question, letters)
            named = letterhead.meant(question, scope.issuers, scope.places, letters)
            if not named and letterhead.names_reply_of_year(question, fields):
                told = f"没有收录{_years_said(question)}的这份答复。"
                return Answer(question.text, "not_found", told, confidence=0.2)
        documents = [d for i in named[:4] if (d := self.document(i)) is not None]
        if not documents:
            return None
        others = [is_other(question, document) for document in documents]
        own = [d for d, other in zip(documents, others, strict=True) if not other]
        if not own:
            return Answer(question.text, "not_found", others[0], confidence=0.2)
        return letterhead.answer_from(question, fields, own, sure)

    def _commitments(self, question: Question, scope: Scope, directory: Directory) -> Answer | None:
        """All that an agency or a letter says will be done, by letter, when that is asked for."""
        who = commitments.speaker(question)
        if not who:
            return None
        ids = scope.named or [
            h["id"]
            for h in directory.heads
            if h["issuer"] in scope.issuers and (not question.years or h["year"] in question.years)
        ]
        if not ids and not scope.issuers and _AGENCY.search(who):
            return Answer(question.text, "not_found", f"没有收录“{who}”的文件。", confidence=0.2)
        allowed = [i for i in ids if scope.documents is None or i in scope.documents]
        documents = [d for i in allowed if (d := self.document(i)) is not None]
        return commitments.listed(question, documents, self.passages_of)


_NEAREST = 5
"""Among how many of the nearest passages a vague question for a figure may mean the only document."""
_AGENCY = re.compile(r"(?:局|委|委员会|厅|办公室)$")


_EACH_ASKED = re.compile(
    r"(?:分别|各)(?:自)?(?:是|有|为|收|交|补|给)?(?:多少|几)[^，。？]{0,4}[，,、].*(?:多少|几)"
)


def _tells(answer: Answer, count: int) -> bool:
    """Whether an answer tells at least so many things."""
    return answer.status == "answered" and answer.short.count("；") + 1 >= count


def _no_such_agency(question: Question, scope: Scope) -> Answer:
    """What is said when the agency asked about is known from other places only."""
    told = f"没有收录{scope.places[-1]}这个部门的文件；同类部门有文件的是：{'、'.join(scope.elsewhere[:3])}。"
    return Answer(question.text, "not_found", told, confidence=0.2)


def _unheld(question: Question, directory: Directory) -> list[str]:
    """The numbers of proposals that a question names and no document answers or speaks of."""
    if not re.search("提案|建议|议案", question.folded):
        return []
    return [n for n in question.numbers if not n.startswith("(") and not directory.mentioning(f"{n}号")]


def _years_said(question: Question) -> str:
    return "、".join(f"{year}年" for year in question.years)
