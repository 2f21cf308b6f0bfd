"""The chat page: the conversation on the left, the source document on the right.

The conversation is drawn by ``render`` into a ``gr.HTML``, not a ``gr.Chatbot``: that one labels each
message for screen readers with its raw HTML, and the chips would be nested in its own buttons.
``gr.HTML`` changes only the nodes that differ, so streaming neither flickers nor loses the focus.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from policyqa.errors import PolicyQAError
from policyqa.schema import Turn
from ui import render, wording
from ui.conversation import Conversation, Exchange, Failure, Reference
from ui.protocol import AssistantLike
from ui.warmup import Warmup

logger = logging.getLogger(__name__)

SCRIPT = Path(__file__).parents[1] / "chat.js"
SUGGESTIONS = 6
STREAM_STEPS = 10
STREAM_PAUSE = 0.03
"""The answer is there at once; ten steps of 30 ms show it arriving without making anyone wait."""
ASKING_AT_ONCE = 4
"""More questions than this at the same moment wait their turn; the machine has few cores."""
ANY_ISSUER = "全部机关"
ANY_YEAR = "全部年份"

NOTHING_OPEN = "提问后，作为依据的文件会在这里打开，并标出原句。"
NOTHING_FOUND = "这个问题没有找到依据，因此没有打开文件。"
LOOK_AROUND = "点开“最接近的内容”，可以看一看那份文件。"


class ChatPage:
    """The events of the chat page. Holds nothing of any user: that is in each session's ``gr.State``."""

    def __init__(self, assistant: AssistantLike, warmup: Warmup, max_question: int) -> None:
        self._assistant = assistant
        self._warmup = warmup
        self._max_question = max_question

    def build(self, app: gr.Blocks) -> None:
        """Lay the page out in the application, which is open, and connect its events."""
        script = SCRIPT.read_text(encoding="utf-8")
        conversation = gr.State(Conversation())
        # The question that ``accept`` let through and ``answer`` is to take up; empty: none.
        accepted = gr.State("")
        with gr.Row(elem_id="pq-header"):
            header = gr.HTML(render.header_html(None), elem_id="pq-brand", apply_default_css=False)
            status = gr.HTML("", elem_id="pq-state", apply_default_css=False)
            new = gr.Button("新对话", elem_id="pq-new", size="sm")
        with gr.Row(elem_id="pq-main", equal_height=True):
            with gr.Column(elem_id="pq-chat", scale=11, min_width=0):
                log = gr.HTML(
                    render.welcome_html(()),
                    elem_id="pq-conversation",
                    js_on_load=script,
                    apply_default_css=False,
                )
                with gr.Column(elem_id="pq-composer"):
                    with gr.Accordion("筛选", open=False, elem_id="pq-filters") as filters, gr.Row():
                        issuer = gr.Dropdown([ANY_ISSUER], value=ANY_ISSUER, label="发文机关", min_width=120)
                        year = gr.Dropdown([ANY_YEAR], value=ANY_YEAR, label="年份", min_width=120)
                    with gr.Row(elem_id="pq-ask"):
                        question = gr.Textbox(
                            label="问题",
                            show_label=False,
                            container=False,
                            placeholder="请输入问题，按回车发送",
                            lines=1,
                            max_lines=5,
                            autofocus=True,
                            scale=1,
                            elem_id="pq-question",
                        )
                        send = gr.Button("发送", variant="primary", scale=0, min_width=84, elem_id="pq-send")
                    notice = gr.HTML(render.caution_html(), elem_id="pq-notice", apply_default_css=False)
            with gr.Column(elem_id="pq-panel", scale=9, min_width=0):
                panel = gr.HTML(
                    render.empty_document_html(NOTHING_OPEN),
                    elem_id="pq-document",
                    js_on_load=script,
                    apply_default_css=False,
                )
        poll = gr.Timer(1.0, active=False)

        # Private: nobody else's program needs these, and the page works the same.
        quick: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        greeted = [header, status, log, issuer, year, poll]
        app.load(self.greet, conversation, greeted, **quick)
        poll.tick(self.report, None, [status, poll], **quick)

        asked = [accepted, conversation, log, question, send, notice]
        accepts = [
            question.submit(self.accept, [question, conversation], asked, **quick),
            send.click(self.accept, [question, conversation], asked, **quick),
            log.submit(self.accept_suggestion, [conversation], asked, **quick),
        ]
        answers = [
            accepting.then(
                self.answer,
                [accepted, conversation, issuer, year],
                [conversation, log, panel, send],
                concurrency_limit=ASKING_AT_ONCE,
                concurrency_id="ask",
                show_progress="hidden",
                api_visibility="private",
            )
            for accepting in accepts
        ]
        restarted = [conversation, log, panel, question, send, notice]
        new.click(self.restart, None, restarted, cancels=answers, **quick)
        for pane in (log, panel):
            pane.select(self.open, conversation, panel, trigger_mode="always_last", **quick)
        for choice in (issuer, year):
            choice.change(self.name_filters, [issuer, year], filters, **quick)

    def greet(self, conversation: Conversation) -> tuple[Any, ...]:
        """What a page that has just been opened shows; read anew, since letters are added meanwhile."""
        state, polling = self.report()
        try:
            documents, _ = self._assistant.counts()
            unread = self._assistant.failures()
            issuers, years = self._assistant.issuers(), self._assistant.years()
        except Exception as error:
            # Whatever it is, an empty page would leave the user guessing.
            logger.exception("the store could not be read")
            return (
                render.header_html(None),
                state,
                render.welcome_html((), wording.for_error(error)),
                gr.skip(),
                gr.skip(),
                polling,
            )
        return (
            render.header_html(documents, unread),
            state,
            self._log(conversation),
            gr.Dropdown([ANY_ISSUER, *issuers], value=ANY_ISSUER),
            gr.Dropdown([ANY_YEAR, *map(str, sorted(years, reverse=True))], value=ANY_YEAR),
            polling,
        )

    def report(self) -> tuple[str, Any]:
        """The model's state, and whether to look again in a second."""
        if not self._warmup.finished:
            return render.status_html("正在载入模型…", "loading"), gr.Timer(active=True)
        if self._warmup.error is not None:
            return render.status_html("模型未能载入", "failed"), gr.Timer(active=False)
        return render.status_html("可以提问", "ready"), gr.Timer(active=False)

    def accept(self, question: str, conversation: Conversation) -> tuple[Any, ...]:
        """Show the question at once, however long its answer takes; refuse what cannot be asked."""
        question = question.strip()
        problem = ""
        if len(question) > self._max_question:
            problem = wording.too_long(len(question), self._max_question)
        elif conversation.pending:
            problem = wording.BUSY
        notice = render.caution_html(problem)
        if problem or not question:
            return "", gr.skip(), gr.skip(), gr.skip(), gr.skip(), notice
        asking = conversation.asking(question)
        status = wording.SEARCHING if self._warmup.finished else wording.LOADING
        log = render.conversation_html(asking, render.waiting_html(status))
        return question, asking, log, "", gr.Button(interactive=False), notice

    def accept_suggestion(self, conversation: Conversation, event: gr.EventData) -> tuple[Any, ...]:
        """A click on an example question."""
        accepted = self.accept(str(getattr(event, "question", "")), conversation)
        return (*accepted[:3], gr.skip(), *accepted[4:])  # what is half typed stays

    def answer(
        self, question: str, conversation: Conversation, issuer: str | None, year: str | None
    ) -> Iterator[tuple[Any, ...]]:
        """Stream the answer to the question that was accepted, then open its first source."""
        if not question:
            yield tuple(gr.skip() for _ in range(4))
            return
        conversation = conversation.asking(question)
        exchange: Exchange
        try:
            if not self._warmup.finished:
                self._warmup.wait()
                yield self._live(conversation, render.waiting_html(wording.SEARCHING))
            elif self._warmup.error is not None:
                raise self._warmup.error
            answer = self._assistant.ask(
                question,
                conversation.history,
                issuer=None if issuer in (None, ANY_ISSUER) else issuer,
                year=int(year) if year and year.isdecimal() else None,
            )
            for length in _steps(len(answer.text)):
                yield self._live(conversation, render.streaming_html(answer, length))
                time.sleep(STREAM_PAUSE)
            exchange = Turn(question, answer)
        except Exception as error:
            # Whatever happened, the user gets a sentence and can go on asking.
            unexpected = not isinstance(error, PolicyQAError)
            logger.error("a question was not answered: %s", error, exc_info=unexpected)
            exchange = Failure(question, wording.for_error(error))
        conversation = conversation.ended(exchange)
        shown = self._first_source(conversation, exchange)
        yield conversation, self._log(conversation), shown, gr.Button(interactive=True)

    def open(self, conversation: Conversation, event: gr.EventData) -> Any:
        """Show the document of the chip that was clicked, at its place."""
        reference = Reference.parse(getattr(event, "reference", ""))
        source = conversation.find(reference) if reference else None
        return render.document_html(source) if source else gr.skip()

    def restart(self) -> tuple[Any, ...]:
        """An empty conversation."""
        fresh = Conversation()
        return (
            fresh,
            self._log(fresh),
            render.empty_document_html(NOTHING_OPEN),
            "",
            gr.Button(interactive=True),
            render.caution_html(),
        )

    def name_filters(self, issuer: str | None, year: str | None) -> Any:
        """Say which filters are on, for they stay on while folded away."""
        chosen = [value for value in (issuer, year) if value and value not in (ANY_ISSUER, ANY_YEAR)]
        return gr.Accordion(label=f"筛选：{' · '.join(chosen)}" if chosen else "筛选")

    def _live(self, conversation: Conversation, reply: str) -> tuple[Any, ...]:
        return gr.skip(), render.conversation_html(conversation, reply), gr.skip(), gr.skip()

    def _log(self, conversation: Conversation) -> str:
        if conversation.exchanges or conversation.pending:
            return render.conversation_html(conversation)
        try:
            return render.welcome_html(self._assistant.suggestions(SUGGESTIONS))
        except Exception as error:
            logger.exception("no example questions")
            return render.welcome_html((), wording.for_error(error))

    def _first_source(self, conversation: Conversation, exchange: Exchange) -> Any:
        if isinstance(exchange, Failure):
            return gr.skip()
        first = Reference(len(conversation.exchanges) - 1, "citation", 0)
        source = conversation.find(first)
        if source:
            return render.document_html(source)
        # The source of the answer before must not pass for the source of this one.
        return render.empty_document_html(NOTHING_FOUND + (LOOK_AROUND if exchange.answer.nearest else ""))


def _steps(length: int) -> Iterator[int]:
    """How many characters have appeared after each step.

    >>> list(_steps(25))[:3], list(_steps(3)), list(_steps(0))
    ([3, 6, 9], [1, 2, 3], [])
    """
    stride = -(-length // STREAM_STEPS)
    for end in range(stride, length + stride, stride or 1):
        yield min(end, length)
