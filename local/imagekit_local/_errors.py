"""
The one error of the local ImageKit's domain, and the JSON body that it becomes.
"""

from __future__ import annotations

from starlette.responses import JSONResponse

HELP = "For support kindly contact us at support@imagekit.io."


class ApiError(Exception):
    """
    A request that is refused with a documented status and message.

    Args:
        status: HTTP status of the response.
        message: Text for the caller.
        extras: More keys of the body, such as `reason`, `errors` or `missingFileIds`.
    """

    def __init__(self, status: int, message: str, **extras: object) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.extras = extras

    def response(self) -> JSONResponse:
        """
        Return the response to send.
        """
        support = {} if self.status == 429 else {"help": HELP}
        return JSONResponse({"message": self.message, **support, **self.extras}, status_code=self.status)


def missing_value(name: str) -> ApiError:
    """
    The error for a parameter that was not sent.
    """
    return ApiError(400, f"Your request is missing {name} parameter.")


def invalid_value(name: str) -> ApiError:
    """
    The error for a parameter whose value cannot be used.
    """
    return ApiError(400, f"Your request contains invalid value for {name} parameter.")


def invalid_file(reason: str = "") -> ApiError:
    """
    The error for an upload without usable bytes.
    """
    return ApiError(400, f"Your request contains invalid file parameter. {reason}".rstrip())


def file_too_large() -> ApiError:
    """
    The error for a file above the limit of its type.
    """
    return invalid_file("The file size exceeds limits.")
