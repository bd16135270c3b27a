"""The page: what people see. Only `blocks.py` imports gradio; `static/` is what the browser runs."""
