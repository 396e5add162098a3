"""Files from outside: looked at before they are opened, so that none fills the memory or is waited for without end."""

from errno import EFBIG, EINVAL
from pathlib import Path
from stat import S_ISDIR, S_ISREG


def read_file(path: Path, most: int) -> bytes:
    """Its bytes; an OSError whose `strerror` is for people if there are more than `most`, or it is no plain file."""
    about = path.stat()
    if S_ISREG(about.st_mode) and about.st_size > most:
        raise OSError(EFBIG, f"it has {about.st_size:,} bytes; right is at most {most:,}")
    if not (S_ISREG(about.st_mode) or S_ISDIR(about.st_mode)):  # opening a folder has its own words
        raise OSError(EINVAL, "it is a pipe or a device; right is a plain file")
    with path.open("rb") as file:
        content = file.read(about.st_size + 1)  # room for `most` would take longer to clear than a clip to read
        if len(content) > about.st_size:
            content += file.read(most + 1 - len(content))
    if len(content) > most:
        raise OSError(EFBIG, f"it grows while it is read; right is at most {most:,} bytes")
    return content
