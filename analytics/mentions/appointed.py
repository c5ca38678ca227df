"""The office that somebody is made: a verb beside the name or behind the office says so."""

import re
from typing import NamedTuple

from analytics.mentions.beside import far_before, right_before
from analytics.mentions.field import Field
from analytics.mentions.spans import Found

# What follows an office that somebody is being given: `X … səfiri təyin edilib`; an election is nobody's yet.
_APPOINTED = re.compile(r"teyin|secil|atan|sec(?!ki|im)|назнач|избра|сайлан|тагайын|appoint|elect|named")


class _Making(NamedTuple):
    """The verbs of being made something, the form of what one is made, and the words before what one is made to."""

    verb: re.Pattern[str]
    form: re.Pattern[str]
    to: re.Pattern[str]


# Beside whose name the verb stands: `акимом района назначен X`, `X назначен на должность акима`.
_MADE = {
    "ru": _Making(
        re.compile(r"(?:назнач|избра|утвержд)е?н[аы]?|стала?|является|был[аи]?"),
        re.compile(r".{2,}(?:ом|ем|ой|ей|ым)"),
        re.compile(r"должность|пост|заместителем|помощником|советником"),
    )
}
BEHIND_VERB = 5  # words between such a verb and the office, `на должность` among them


def made(field: Field, first: int, last: int) -> Found | None:
    """The office that whoever is named at these words is said to have been given or to hold."""
    if field.text.language not in _MADE:
        return None
    behind = _making(field, last + 1, 1)
    if behind > last + 1:
        roles = (
            r for r in field.offices if last < r.first <= behind + BEHIND_VERB and field.same_sentence(last, r.first)
        )
        role = min(roles, key=lambda r: (r.first, -r.words), default=None)
    else:
        before = _making(field, first - 1, -1) + 1
        role = right_before(field, before) or far_before(field, before) if before < first else None
    return role if role is not None and _made_of(field, role) else None


def is_made(field: Field, first: int, last: int, role: Found) -> bool:
    """Whether a verb beside the name says that its bearer is made what the office says, in another case."""
    beside = _making(field, last + 1, 1) > last + 1 or _making(field, first - 1, -1) < first - 1
    return beside and _made_of(field, role)


def _made_of(field: Field, role: Found) -> bool:
    """Whether the office stands as something that one is made or appointed to: `акимом`, `на должность акима`."""
    making, before = _MADE[field.text.language], field.text.folded(role.first - 1) if role.first else ""
    return bool(making.form.fullmatch(field.text.folded(role.first)) or making.to.fullmatch(before))


def _making(field: Field, at: int, step: int) -> int:
    """The first word from `at` on, forwards or backwards, that is no verb of being or being made."""
    text, making = field.text, _MADE.get(field.text.language)
    while making and 0 <= at < len(text.words) and making.verb.fullmatch(text.folded(at)):
        if text.gap(min(at, at - step)) != " ":
            break
        at += step
    return at


def given(field: Field, at: int) -> Found | None:
    """The office that somebody named before it is given: `X ölkəmizin Hindistandakı səfiri təyin olunub`."""
    for role in field.offices:
        if (
            at < role.first <= at + 6
            and field.same_sentence(at, role.first)
            and role.last + 1 < len(field.text.words)
            and _APPOINTED.match(field.text.plain(role.last + 1))
        ):
            return role
    return None
