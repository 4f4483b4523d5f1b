"""Writing files: each appears whole or not at all, whatever happens on the way."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes | str, *, mode: int | None = None) -> None:
    """Puts ``data`` in the place of ``path``: at every moment there is the old file or the new one, never half of it.

    Text is written as UTF-8 with its line ends as they are.  ``mode`` are the permissions of the file; without it only
    its owner may read it.  The folder must exist.  When this returns, the data are on the disk.  Raises OSError.
    """
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with open(descriptor, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(draft, mode)
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
