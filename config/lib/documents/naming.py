"""How Party bodies are named in the head of a document and in running text."""

PREFIXES = ("Tỉnh ủy ", "Thành ủy ", "Huyện ủy ", "Thị trấn ", "Phường ", "Xã ")


def party_organisation(committee_name: str) -> str:
    """`Tỉnh ủy Ninh Bình` → `Đảng bộ tỉnh Ninh Bình`, as it stands over a lower committee's name."""
    level, _, rest = committee_name.partition(" ủy ")
    return f"Đảng bộ {level.lower()} {rest}" if rest else committee_name


def without_prefix(name: str) -> str:
    """`Tỉnh ủy Ninh Bình`, `Xã Quang Thiện` → `Ninh Bình`, `Quang Thiện`."""
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name
