"""The one kind of error that is meant to be shown to the user."""


class UserError(Exception):
    """Something the user has to know: what happened, and what to do about it.

    Raised wherever the trouble is found, shown once by the window or the command
    line. Any other exception is a fault of the program.

    `title` says what happened, without a full stop: "The file could not be read".
    `advice` says what is safe and what to do next, in whole sentences.
    """

    def __init__(self, title: str, advice: str) -> None:
        # Both go to Exception as well, so that the error survives pickling
        # (tests in parallel, work in another process).
        super().__init__(title, advice)
        self.title = title
        self.advice = advice

    def __str__(self) -> str:
        """Title and advice on one line, for a terminal or a log."""
        title = self.title.strip().rstrip(".")
        return " ".join(f"{title}. {self.advice}".split())
