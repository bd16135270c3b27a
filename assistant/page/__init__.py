"""The page: what people see of an answer. Only `blocks.py` imports gradio; the rest is text to HTML."""
