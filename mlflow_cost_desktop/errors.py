"""The one kind of error that is meant to be shown to the user."""

import errno


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


_NOT_WRITTEN = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose another disk."),
    errno.EFBIG: ("it is larger than this disk allows", "Choose another disk."),
    errno.EACCES: ("its folder can't be written to", "Choose another folder."),
    errno.EPERM: ("its folder can't be written to", "Choose another folder."),
    errno.EROFS: ("its disk can't be written to", "Choose another disk."),
    errno.ENOENT: ("its folder does not exist", "Create the folder, or choose another one."),
    errno.ENOTDIR: ("its folder is not a folder", "Choose another folder."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.ELOOP: ("its link leads in a circle", "Choose another name."),
}


def why_not_written(error: OSError) -> tuple[str, str]:
    """Why a file can't be written, and what to do about it."""
    otherwise = f"the system says “{error.strerror or error}”", "Try another place."
    return _NOT_WRITTEN.get(error.errno or 0, otherwise)
