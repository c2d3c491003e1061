"""ZIP archives whose bytes depend on nothing but what is in them."""

import io
import zipfile
from collections.abc import Mapping

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that ZIP can write


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Packs files.

    Args:
        files: Contents by path, in the order they shall stand in.

    Returns:
        The archive; equal files give equal bytes, whenever they are packed.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it tells the system that packed it
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def repacked(archive: bytes) -> bytes:
    """The same archive with fixed moments, for formats that are ZIPs inside."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return zipped({name: source.read(name) for name in source.namelist()})
