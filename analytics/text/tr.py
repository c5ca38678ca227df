"""Turkish: what only this language knows."""

from analytics.text.suffixes import Suffixes, stem

__all__ = ["STOP_WORDS", "SUFFIXES", "stem"]

STOP_WORDS = frozenset(
    """
    acaba ait ama ancak arada artık asla aslında ayrıca az bana bazen bazı belirtti belki ben beri beş bile bin
    bir biraz biri birkaç birçok biz bu bulunan buna bunda bundan bunlar bunun burada böyle bütün büyük da daha
    dahil de dedi değil diye diğer dolayı dört edecek eden ederek edildi edilen ediyor en etmek etti ettiği eğer
    fakat gelen geçen gibi göre gün ha halde hem henüz hep hepsi her herhangi herkes hiç hiçbir ifade iki ile
    ilgili ilk ise için işte kadar karşı kaydetti kendi kendisi kez ki kim kimse mi milyar milyon mu mü mı nasıl
    ne neden nedenle o olan olarak oldu olduğu olduğunu olmak olması olsa olup olur on ona ondan onlar onun
    orada oysa pek rağmen saat sadece sanki sen siz son sonra söyledi tarafından tüm var ve veya ya yani yapan
    yaptığı yapılan yeni yer yine yok yüzde yıl yılında zaman çok çünkü önce üzere üç şekilde şey şimdi şu
    """.split()
)

_CASE = r"[ny]?[iu]n|[ny]?[ae]|[ny]?[iu]|n?[dt][ae]n|n?[dt][ae]|y?l[ae]"
SUFFIXES = Suffixes(
    {
        "plural": r"l[ae]r",
        "possessive": r"[iu]?m[iu]z|s?[iu]",
        "case": _CASE,
        "relational": r"(?<=[dt][ae]|[iu]n)k[iu]",
        "relational_plural": r"(?<=k[iu])l[ae]r",
        "relational_case": rf"(?<=k[iu]|[ae]r)(?:{_CASE})",
        "copula": r"[dt][iu]r(?:l[ae]r)?|y?s[ae]|y?m[iu]s|yd[iu]|yken",
    },
    demonym=r"l[iu]",
)
