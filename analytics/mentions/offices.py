"""Which office words belong to a name, wherever they stand beside it, as the office is held. Whose it is: `bodies`."""

from analytics.mentions.appointed import given, made
from analytics.mentions.beside import apposed, before_list, behind, far_before, right_before
from analytics.mentions.field import Field
from analytics.mentions.held import held
from analytics.mentions.languages import OWNER_BEHIND
from analytics.mentions.spans import Found


def office_of(field: Field, first: int, last: int) -> Found | None:
    """The office words that belong to the name at words `first` to `last`, wherever they stand."""
    role = (
        right_before(field, first)
        or far_before(field, first)
        or made(field, first, last)
        or apposed(field, first, last)
        or before_list(field, first)
        or behind(field, last)
        or given(field, last)
    )
    return held(field, _outer(field, role))


def office_before(field: Field, at: int) -> Found | None:
    """The office words that end right before word `at`, a courtesy word aside, as they are held."""
    return held(field, right_before(field, at))


def _outer(field: Field, role: Found | None) -> Found | None:
    """The office of which another is only the owner: `пресс-секретарь акима X` is a spokesman."""
    while role is not None and field.text.language in OWNER_BEHIND:
        before = [r for r in field.offices if r.last == role.first - 1]
        if not before:
            break
        role = max(before, key=lambda r: r.words)
    return role
