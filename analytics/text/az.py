"""Azerbaijani: what only this language knows."""

from analytics.text.suffixes import Suffixes, stem

__all__ = ["SOFTENED", "STOP_WORDS", "SUFFIXES", "stem"]

STOP_WORDS = frozenset(
    """
    ad adətən altı amma an ancaq artıb artıq at ay az barədə bax bağlı başlayıb başqa belə beş bildirib bilər
    bir biraz birgə biri birşey biz bizim bizlər bu buna bundan bunlar bunların bunu bunun buradan böyük bütün
    bəli bəlkə bəri bəzi cari cəmi da daha daxil dedi deyib deyil digər düz də dəqiqə edib ediblər edilib
    edilmiş edir edən edər elə etdi etmiş etmək etməlidir faiz görüb görə göstərib gün gündə hal halda hansı
    hansıdır hansılar haqqında hazırda hesab hesabına heç həm həmin həmişə həmçinin hər idi iki il ildə ilin ilk
    ilə imiş indi istifadə isə iyirmi keçirilib keçirilən keçən ki kim kimi kiçik lakin lap mi milyard milyon
    min minlərlə mu mü müxtəlif mı məhz məlumat mən mənim niyə nə nəhayət nəzərə o obirisi of olan olanda olar
    olaraq oldu olduğu olduğunu olmadı olması olmayıb olmaz olmuşdur olsun olub olunan olunub olunur olur on ona
    ondan onlar onlardan onların onu onun oradan qarşı qeyd qırx qədər respublika respublikası saat sadəcə
    saniyə sanki sayı siz sizin sizlər sonra sonuncu səhər səkkiz səksən sən tərəfindən təxminən təşkil təəssüf
    var vasitəsilə verib verilib vurğulayıb və xəbər yalnız yanında yaxşı yeddi yeni yenə yox yoxdur yüz yəni
    zaman çox çoxlu çünki ölkə ötən öz özü özünün üzrə üç üçün ədə əgər əlavə əlbəttə ən ərzində əsas əsasən
    əvvəl
    """.split()
)

# In plain letters: [ae] is a or ə, [iu] is ı, i, u or ü. After the Orthography Norms of Azerbaijani (2019).
# n is the buffer after a possessive (Respublikası-n-da), y and n those after a vowel (Almaniya-ya, Almaniya-nın).
_CASE = r"[ny]?[iu]n|[ny]?[ae]|[ny]?[iu]|n?d[ae]n|n?d[ae]|[yn]?l[ae]"
SUFFIXES = Suffixes(
    {
        "plural": r"l[ae]r",
        "possessive": r"[iu]?m[iu]z|s?[iu]",
        "case": _CASE,
        "relational": r"(?<=[dt][ae]|[iu]n)k[iu]",
        "relational_plural": r"(?<=k[iu])l[ae]r",
        "relational_case": rf"(?<=k[iu]|[ae]r)(?:{_CASE})",
        "copula": r"d[iu]r(?:l[ae]r)?|y?s[ae]|y?m[iu]s(?:d[iu]r)?|yd[iu]|s[iu]n[iu]z(?:s[ae])?",
        "question": r"m[iu]",
    },
    demonym=r"l[iu]",
)
SOFTENED = {"q": "ğ", "k": "y"}  # a stem's last letter before a vowel: Krallıq → Krallığ-ın, birlik → birliy-i
