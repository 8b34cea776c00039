"""The route that takes a file for /rows: POST /upload?token=...&name=..., the file as the body, as `fetch` sends it."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from explorer.rows.reading.uploads import TooLargeError, keep, of_token, safe, too_large


async def upload(request: Request) -> Response:
    """Write the body to the folder of the session with this token; say what the file is called, or why it is refused."""
    session = of_token(request.query_params.get("token", ""))
    if session is None:
        return _refused("This session has ended; load the page anew.", HTTPStatus.FORBIDDEN)
    name, room = safe(request.query_params.get("name", "")), session.room
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and int(length) > room:
        return _refused(str(too_large(name)), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        path = await keep(request.stream(), name, session.folder, room)
    except TooLargeError as error:
        return _refused(str(error), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.BAD_REQUEST)  # nobody reads it
    except OSError:
        return _refused(f"There is no room for {name} on the server.", HTTPStatus.INSUFFICIENT_STORAGE)
    return JSONResponse({"name": path.name, "bytes": path.stat().st_size})


def _refused(said: str, status: HTTPStatus) -> Response:
    return JSONResponse({"said": said}, status_code=status, headers={"Connection": "close"})


ROUTE = Route("/upload", upload, methods=["POST"])
