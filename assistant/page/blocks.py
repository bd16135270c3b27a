"""The Gradio page: wiring only. The one module that imports gradio; `web.app.create_app` imports it late.

Gradio gives the tabs, the queue and the stream of an answer's pieces; what stands in a tab is drawn by the script of
the same name in `static/`, from JSON alone. Each other tab calls the REST endpoints that every program may call.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from assistant.page import wording
from assistant.page.conversation import Update, converse
from assistant.page.follow_ups import suggest
from assistant.records import Answer, Question
from assistant.web.access import Caller, caller_of
from assistant.web.recorded import asked_by
from assistant.web.service import Service

STATIC = Path(__file__).parent / "static"
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
STYLES = ("base", "talk", "tables", "forms", "library", "desk", "evaluations")
HEAD = '<script>document.documentElement.lang = "zh-CN";</script>' + "".join(
    f'<link rel="stylesheet" href="/page/{name}.css">' for name in STYLES
)
TABS = ("lookup", "estimate", "library", "desk", "evaluations")  # beside the talk; each is static/<name>.js
CONCURRENCY_LIMIT = 16
QUEUE_SIZE = 128
# How often those who wait are told their place. Gradio's own way tells each of them whenever one is answered: with 64
# at once that took longer than the answers.
TELL_PLACES_EVERY_S = 5.0


def mount_page(app: FastAPI, blocks: gr.Blocks) -> None:
    """Put the page at `/` of `app`: no footer, no run history, no files, no monitoring, no other process."""
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=page_theme(),
        head=HEAD,
        favicon_path=str(STATIC / "favicon.svg"),
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
    """The page; asking runs one `converse`, and the browser holds the conversations."""
    page = gr.Blocks(title=wording.PAGE_TITLE, analytics_enabled=False, fill_width=True)
    with page:
        drawn("shell", "jb-header", title=wording.TITLE)
        with gr.Tabs(elem_id="jb-tabs", overflow_behavior="wrap"):
            with gr.Tab(wording.TAB_NAMES["ask"], elem_id="jb-ask", id="ask"):
                talk = drawn("talk", "jb-talk", event="ask", regions=list(service.regions()), examples=list(examples))
            for name in TABS:
                with gr.Tab(wording.TAB_NAMES[name], elem_id=f"jb-{name}", id=name):
                    drawn(name, f"jb-{name}-view", regions=list(service.regions()))
        connect(talk, service)
    page.queue(
        status_update_rate=TELL_PLACES_EVERY_S,
        max_size=QUEUE_SIZE,
        api_open=False,
        default_concurrency_limit=CONCURRENCY_LIMIT,
    )
    return page


def drawn(name: str, elem_id: str, *, event: str = "none", **props: Any) -> gr.HTML:  # noqa: ANN401 - a script's props
    """A place on the page that `static/<name>.js` draws, given its element, `props`, a trigger and a watch.

    Gradio looks for the quoted name of an event in the script that it is given.
    """
    started = f'start(element.firstElementChild, props, (given) => trigger("{event}", given), watch)'
    return gr.HTML(
        None,
        html_template='<div class="jb-root"></div>',
        js_on_load=f'import("/page/{name}.js").then((module) => module.{started});',
        padding=False,
        elem_id=elem_id,
        apply_default_css=False,
        **props,
    )


def connect(talk: gr.HTML, service: Service) -> None:
    """Bind the talk's `ask` to one conversation step, in the queue."""

    def follow_ups(answer: Answer) -> tuple[str, ...]:
        return suggest(answer, service.ledger())

    def on_ask(event: gr.EventData, request: gr.Request) -> Iterator[Update]:
        caller = caller_of(request.request) if request.request else Caller()

        def answers(question: Question) -> Iterator[tuple[Answer, bool]]:
            steps = service.answer_in_steps(question)
            while True:  # the pieces are asked for one by one, each in a context of its own
                with asked_by(caller):
                    step = next(steps, None)
                if step is None:
                    return
                yield step

        yield from converse(event._data, answers=answers, documents=service.document, suggest=follow_ups)

    talk.ask(
        on_ask,
        outputs=[talk],
        show_progress="hidden",
        concurrency_limit=CONCURRENCY_LIMIT,
        concurrency_id="ask",
        api_visibility="private",
    )


def page_theme() -> gr.themes.Base:
    """Plain ground, system fonts, one blue; the style sheets do the rest."""
    blue, slate = gr.themes.colors.blue, gr.themes.colors.slate
    return gr.themes.Base(primary_hue=blue, neutral_hue=slate, font=FONTS, font_mono=("ui-monospace", "monospace"))
