"""Replies that are files."""

from fastapi.responses import Response


def attached(content: bytes, media_type: str, name: str) -> Response:
    """A file that the browser stores under `name` (ASCII) and does not show."""
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
