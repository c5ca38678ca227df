"""Whether the word before a surname is a given name, so that it is not the surname of whom the text named before."""

import re

from analytics.mentions.field import Field
from analytics.mentions.names import COURTESY, GENITIVE, POLITE, is_name_word
from analytics.mentions.spans import Text

# Words that begin sentences and headlines, and are nobody's given name: `Lakin Tramp`, `Однако Трамп`.
_OPENERS = {
    "az": frozenset(
        "lakin amma ancaq isə və ya yaxud çünki əgər hərçənd halbuki həmçinin həm hətta yalnız təkcə bəlkə guya"
        " sonra əvvəl əvvəlcə əvvəllər daha artıq indi hələ hazırda dünən bugün sabah axşam ötən keçən bu"
        " həmin o onlar biz siz mən bəs niyə nə necə nəyə harada üçün kimi görə qədər beləliklə nəticədə əslində"
        " bununla üstəlik xatırladaq qeyd əlavə cümə şənbə bazar".split()
    ),
    "tr": frozenset(
        "ama ancak fakat lakin ve veya ya çünkü eğer oysa halbuki hatta ayrıca üstelik yalnızca sadece belki"
        " sonra önce önceleri şimdi henüz hâlâ dün bugün yarın geçen geçtiğimiz bu o şu onlar biz siz peki neden"
        " niçin nasıl için gibi göre kadar böylece sonuçta aslında bununla nitekim dolayısıyla pazartesi salı"
        " çarşamba perşembe cumartesi pazar".split()
    ),
    "ru": frozenset(
        "а и но однако хотя зато или если чтобы поскольку потому также тоже даже только именно затем потом позже"
        " ранее раньше сначала теперь сейчас тогда вчера сегодня завтра недавно накануне это он она они мы вы"
        " почему зачем как когда где что кто чем от из у к с со без до за перед после против между кроме помимо"
        " вместо вокруг по о об на при для про впрочем кстати итак поэтому вскоре пока".split()
    ),
    "en": frozenset(
        "a the and but or nor yet if though although because since while when whenever where why how what who"
        " whether however moreover meanwhile instead still also even only just then now later earlier afterwards"
        " yesterday today tomorrow tonight recently previously it he she they we you this that these those in on"
        " at by of for from to with without as after before against between despite during unlike like about over"
        " under than did does do has have had is was were says monday tuesday wednesday thursday friday saturday"
        " sunday".split()
    ),
    "kk": frozenset(
        "ал және немесе бірақ алайда дегенмен әйтсе егер өйткені себебі сондықтан сондай сонымен сонда сосын"
        " содан тіпті тек қана бәлкім кейін бұрын қазір енді әлі кеше бүгін ертең бұл ол олар біз сіз неге"
        " неліктен қалайша қалай үшін сияқты дейін туралы нәтижесінде мұнда осылайша".split()
    ),
}
# Courtesies that are surnames as well, and tell nobody beside a given name.
_POLITE = {"tr": frozenset({"bay", "bayan"})}
# The ending of whose, in plain letters, which no given name has before its surname: `Komitəsinin Trampa`.
_WHOSE = {"az": GENITIVE, "tr": GENITIVE, "kk": re.compile(r".{3,}[ндт][ыі]ң")}


def other_given_name(field: Field, at: int) -> bool:
    """Whether the word before is the given name of somebody else: `Raul Əliyev`."""
    text, before = field.text, at - 1
    if before < 0 or text.gap(before) != " " or not text.capital(before) or before in field.covered:
        return False
    if text.folded(before) in COURTESY or is_polite(text, before) or _is_ordinary(text, before):
        return False
    if any(r.last == before for r in field.roles):
        return False
    return not text.starts_sentence(before) or is_name_word(text, before)


def is_polite(text: Text, at: int) -> bool:
    """Whether a word is a courtesy, and no rank, before a surname."""
    return text.folded(at) in POLITE or text.folded(at) in _POLITE.get(text.language, ())


def _is_ordinary(text: Text, at: int) -> bool:
    """Whether a word with a capital is no name, or has an ending that no given name has before its surname."""
    whose = _WHOSE.get(text.language)
    if text.folded(at) in _OPENERS.get(text.language, ()):
        return True
    return whose is not None and bool(whose.fullmatch(text.plain(at)))
