"""How personal data is printed unless somebody asks for it in full (domain.md §8.5)."""

EXAMPLE = "(예시) "


def mask_name(name):
    """Return `홍*동`, `홍*` or `남**수`; the mark of an example stays readable."""
    mark = EXAMPLE if name.startswith(EXAMPLE) else ""
    name = name.removeprefix(EXAMPLE)
    if len(name) < 3:
        return f"{mark}{name[:1]}*"
    return f"{mark}{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_phone(phone):
    """Return `010-****-1234`."""
    head, *_, tail = phone.split("-")
    return f"{head}-****-{tail}"
