"""The Gradio page: wiring only. The one module that imports gradio; `server.create_app` imports it late."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from assistant.page import wording
from assistant.page.conversation import Update, converse
from assistant.page.turn import choice_html
from assistant.web.service import Service

HERE = Path(__file__).parent
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
HEAD = '<script>document.documentElement.lang = "zh-CN";</script>'
CONCURRENCY_LIMIT = 16
QUEUE_SIZE = 128


def mount_page(app: FastAPI, blocks: gr.Blocks) -> None:
    """Put the page at `/` of `app`: no footer, no run history, no files, no monitoring, no other process."""
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=page_theme(),
        css_paths=[HERE / "style.css"],
        head=HEAD,
        favicon_path=str(HERE / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        max_file_size=1,
    )


def build_page(*, service: Service, examples: Sequence[str]) -> gr.Blocks:
    """The page; each event runs one `converse`, and the browser holds the earlier questions."""
    page = gr.Blocks(title=wording.PAGE_TITLE, analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(header_html(), padding=False, elem_id="jb-header", apply_default_css=False)
        talk = gr.HTML(
            "",
            html_template=talk_template(examples),
            js_on_load=(HERE / "page.js").read_text(encoding="utf-8"),
            padding=False,
            elem_id="jb-talk",
            apply_default_css=False,
        )
        history = gr.JSON(value=[], visible=False)
        with gr.Row(elem_id="jb-composer"):
            region = region_field(service.regions())
            box = gr.Textbox(
                label=wording.ASK_LABEL,
                placeholder=wording.ASK_PLACEHOLDER,
                lines=1,
                max_lines=4,
                autofocus=True,
                elem_id="jb-box",
            )
            send = gr.Button(wording.ASK_BUTTON, variant="primary", elem_id="jb-send")
        gr.HTML(footer_html(), padding=False, elem_id="jb-page-foot", apply_default_css=False)
        reply = partial(converse, answer=service.answer, documents=service.document)
        connect(reply, talk=talk, history=history, box=box, region=region, send=send)
    page.queue(max_size=QUEUE_SIZE, api_open=False, default_concurrency_limit=CONCURRENCY_LIMIT)
    return page


def connect(
    reply: Callable[[object, object, object], Iterator[Update]],
    *,
    talk: gr.HTML,
    history: gr.JSON,
    box: gr.Textbox,
    region: gr.Dropdown | gr.Textbox,
    send: gr.Button,
) -> None:
    """Bind Enter, the button, and the buttons inside the talk to `reply`."""

    def on_submit(question: object, place: object, past: object) -> Iterator[tuple[Any, ...]]:
        yield from map(outputs, reply(question, place, past))

    def on_choice(place: object, past: object, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        chosen = event._data.get("question") if isinstance(event._data, dict) else None
        yield from map(outputs, reply(chosen, place, past))

    settings: dict[str, Any] = {
        "outputs": [talk, history, box],
        "show_progress": "hidden",
        "concurrency_limit": CONCURRENCY_LIMIT,
        "concurrency_id": "ask",
        "api_visibility": "private",
    }
    gr.on([box.submit, send.click], on_submit, inputs=[box, region, history], **settings)
    talk.ask(on_choice, inputs=[region, history], **settings)


def outputs(update: Update) -> tuple[Any, Any, Any]:
    """An update as values for the talk, the history and the box."""
    return (
        update.html,
        gr.skip() if update.history is None else update.history,
        gr.skip() if update.box is None else update.box,
    )


def region_field(regions: Sequence[str]) -> gr.Dropdown | gr.Textbox:
    """A list to choose from that also takes other names, or a plain field where there is no list."""
    if not regions:
        return gr.Textbox(label=wording.REGION_LABEL, placeholder=wording.REGION_HINT, max_lines=1, elem_id="jb-region")
    return gr.Dropdown(
        label=wording.REGION_LABEL,
        choices=[(wording.REGION_HINT, ""), *((name, name) for name in regions)],
        value="",
        allow_custom_value=True,
        filterable=True,
        elem_id="jb-region",
    )


def header_html() -> str:
    """The head of the page."""
    return (
        f'<header class="jb-head"><div><h1>{wording.TITLE}</h1><p>{wording.TAGLINE}</p></div>'
        f'<nav><a href="/">{wording.NEW_TALK}</a></nav></header>'
    )


def footer_html() -> str:
    """The line under the field."""
    return f'<p class="jb-page-foot">{wording.DISCLAIMER}<a href="/docs">{wording.API_DOCS}</a></p>'


def talk_template(examples: Sequence[str]) -> str:
    """The empty talk. It is a template literal to Gradio, so its three special characters are spelt out."""
    buttons = "".join(choice_html(example) for example in examples)
    html = (
        f'<section class="jb-examples"><h2>{wording.EXAMPLES_HEADING}</h2>'
        f'<div class="jb-choices">{buttons}</div></section>'
        '<div class="jb-log" role="log" aria-live="polite"'
        f' aria-label="{escape(wording.CONVERSATION_LABEL)}"></div>'
    )
    return html.replace("\\", "&#92;").replace("`", "&#96;").replace("$", "&#36;").replace("{", "&#123;")


def page_theme() -> gr.themes.Base:
    """Plain ground, system fonts, one blue; style.css does the rest."""
    blue, slate = gr.themes.colors.blue, gr.themes.colors.slate
    return gr.themes.Base(primary_hue=blue, neutral_hue=slate, font=FONTS, font_mono=("ui-monospace", "monospace"))
