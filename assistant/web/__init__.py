"""The HTTP service: doors to programs and to the page. Only this folder and the page know FastAPI."""
