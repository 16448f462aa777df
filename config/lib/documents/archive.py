"""Office files are ZIP archives that remember when they were written; sealed files must not."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(content: bytes) -> bytes:
    """The same archive with every member dated 1/1/1980, in its order."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(packed, "w") as target:
        for member in source.infolist():
            info = ZipInfo(member.filename, date_time=EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(member), compresslevel=6)
    return packed.getvalue()
