"""The page as a ``gr.Blocks``, and how Gradio is to dress it. Loads no model."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from policyqa.settings import Settings
from ui.pages.chat import ChatPage
from ui.protocol import AssistantLike
from ui.warmup import Warmup

TITLE = "政策问答 policyqa"
STYLE = Path(__file__).with_name("style.css")
FAVICON = Path(__file__).with_name("favicon.svg")
# Names of fonts that Chinese systems have; Gradio would fetch others.
FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif")


def build_app(
    assistant: AssistantLike, warmup: Warmup | None = None, settings: Settings | None = None
) -> gr.Blocks:
    """The application; nothing is asked of the assistant until a browser opens the page.

    Args:
        assistant: answers the questions.
        warmup: the load of its model; without one, the first question starts it.
        settings: for the longest question; by default those of the environment.
    """
    limit = (settings or Settings()).max_question
    app = gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True)
    with app:
        ChatPage(assistant, warmup or Warmup(assistant), limit).build(app)
    return app


def light_theme() -> gr.themes.Base:
    """Gradio's default theme in our colours, the same whether the system is light or dark."""
    theme = gr.themes.Default(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=FONTS,
        font_mono=("ui-monospace", "monospace"),
    ).set(
        body_background_fill="#f4f6f9",
        body_text_color="#1c2733",
        button_primary_background_fill="#1d4f91",
        button_primary_background_fill_hover="#163f76",
        button_primary_text_color="#ffffff",
        input_border_color="#b9c4d2",
        input_border_color_focus="#1d4f91",
        input_placeholder_color="#667383",
    )
    for name in list(vars(theme)):
        if name.endswith("_dark"):
            delattr(theme, name)  # Gradio then takes the light value
    return theme
