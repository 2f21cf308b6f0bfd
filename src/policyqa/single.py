"""The ways to an answer of a question that compares nothing: by a letter's head, its promises, by reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policyqa import (
    claims,
    commitments,
    intents,
    letterhead,
    levels,
    operands,
    restated,
    versions,
)
from policyqa import compared as comparing
from policyqa.asked import Asked
from policyqa.compose import nearest_of
from policyqa.computing import computed_instead
from policyqa.directory import Directory
from policyqa.findings import NOTHING_SAID, Candidate, Said
from policyqa.followup import whole
from policyqa.letter_fields import Field, fields_named
from policyqa.lookup import Lookup
from policyqa.other_letter import is_other
from policyqa.periods import relative_years
from policyqa.question import Question, is_vague, understand
from policyqa.ranking import rank
from policyqa.reader import FIGURE_WANTS, answer, stated
from policyqa.reader import options as options_of
from policyqa.schema import Answer, Hit
from policyqa.search import Scope
from policyqa.suggest import choices


class Single(Lookup):
    """Answers a question that compares nothing. Safe to use from several threads."""

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

    def _from_head(
        self, question: Question, scope: Scope, directory: Directory, candidates: Sequence[Candidate]
    ) -> Answer | None:
        """An answer about a letter itself, when the question asks for a field of its head or tail."""
        fields = letterhead.fields_asked(question)
        if not fields or not letterhead.is_about_letter(question, fields):
            return None
        if self.pairs is not None and len(fields) == 1:
            # 是几类，网上给不给看: the other one in words that no pattern knows
            read = fields_named(intents.asked_for(question.text, self._vectors([question.text])[0]))
            fields = read if len(read) > 1 and fields[0] in read else fields
        return self._of_head(question, fields, scope, directory, candidates)

    def head_as_read(
        self, text: str, names: Sequence[str], directory: Directory, issuer: str | None, year: int | None
    ) -> Answer | None:
        """An answer of a letter's head or tail by the fields that a question was read to ask for."""
        fields = fields_named(names)
        if not fields:
            return None
        asked, candidates, scope = self._ranked(text, directory, issuer, year)
        vague = is_vague(asked.question, asked.places) and not (scope.issuers or asked.strangers)
        if scope.unknown or vague or not candidates:
            return None
        found = self._of_head(asked.question, fields, scope, directory, candidates)
        return replace(found, confidence=min(found.confidence, AS_READ)) if found else None

    def _of_head(
        self,
        question: Question,
        fields: Sequence[Field],
        scope: Scope,
        directory: Directory,
        candidates: Sequence[Candidate],
    ) -> Answer | None:
        """The fields of the letter that a question means."""
        if scope.elsewhere and not scope.named:
            return no_such_agency(question, scope)
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


AS_READ = 0.75
"""How sure an answer is, at most, to what a question was read to ask for in words that no pattern knows."""
_NEAREST = 5
"""Among how many of the nearest passages a vague question for a figure may mean the only document."""
_AGENCY = re.compile(r"(?:局|委|委员会|厅|办公室)$")


def no_such_agency(question: Question, scope: Scope) -> Answer:
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
